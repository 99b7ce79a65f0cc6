package io.plumbline.fleet.core.console.models;

import java.util.Locale;

/** Bytes, as people say them. */
final class Sizes {

    private static final double STEP = 1000;

    private Sizes() {}

    /** A dash for nothing. */
    static String inWords(long bytes) {
        if (bytes <= 0) {
            return "–";
        }
        if (bytes < STEP * STEP) {
            return String.format(Locale.ROOT, "%.1f kB", bytes / STEP);
        }
        return String.format(Locale.ROOT, "%.1f MB", bytes / STEP / STEP);
    }
}
