package io.plumbline.cli.tool;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** Numbers for people and for machines. */
final class Say {

    private static final double MEBI = 1 << 20;

    private Say() {}

    /** For example {@code 0.99412}; a dash where nothing is known. */
    static String ratio(double value) {
        return Double.isNaN(value) ? "-" : String.format(Locale.ROOT, "%.5f", value);
    }

    /** For example {@code 0.48x}. */
    static String times(double ratio) {
        return String.format(Locale.ROOT, "%.2fx", ratio);
    }

    static String whole(double value) {
        return String.format(Locale.ROOT, "%.0f", value);
    }

    static String decibels(double value) {
        if (Double.isNaN(value)) {
            return "-";
        }
        return Double.isInfinite(value) ? "equal" : String.format(Locale.ROOT, "%.1f dB", value);
    }

    static String millis(double value) {
        return String.format(Locale.ROOT, value < 10 ? "%.3f ms" : "%.1f ms", value);
    }

    static String bytes(long bytes) {
        return bytes < 100_000 ? bytes + " B" : String.format(Locale.ROOT, "%.2f MB", bytes / 1e6);
    }

    static String mebibytes(long bytes) {
        return String.format(Locale.ROOT, "%.0f MiB", bytes / MEBI);
    }

    /** A JSON object from names and values; numbers that are not finite are left out. */
    static Map<String, Object> object(Object... namesAndValues) {
        Map<String, Object> object = new LinkedHashMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            var value = namesAndValues[i + 1];
            if (!(value instanceof Double number) || Double.isFinite(number)) {
                object.put((String) namesAndValues[i], value);
            }
        }
        return object;
    }
}
