package io.plumbline.fleet.adapter.yaml;

import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.regex.Pattern;

/** Numbers and durations as people write them; a complaint names the value and the rule. */
final class YamlScalars {

    /** What YAML calls a float; Java would take 1d and 0x1p-1, too. */
    private static final Pattern NUMBER = Pattern.compile("[-+]?(\\.[0-9]+|[0-9]+(\\.[0-9]*)?)([eE][-+]?[0-9]+)?");

    private YamlScalars() {}

    static double ratio(String text) {
        var value = NUMBER.matcher(text).matches() ? Double.parseDouble(text) : Double.NaN;
        if (value >= 0 && value <= 1) {
            return value;
        }
        throw new IllegalArgumentException("'" + text + "' must be a number between 0 and 1");
    }

    static double number(String text) {
        if (!NUMBER.matcher(text).matches()) {
            throw new IllegalArgumentException("'" + text + "' must be a number");
        }
        var value = Double.parseDouble(text);
        if (Double.isInfinite(value)) {
            throw new IllegalArgumentException(
                    "'" + text + "' is larger than any number; leave the key out for no limit");
        }
        return value;
    }

    static int whole(String text) {
        try {
            return Integer.parseInt(text);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("'" + text + "' must be a whole number", e);
        }
    }

    static long count(String text) {
        try {
            var value = Long.parseLong(text);
            if (value >= 1) {
                return value;
            }
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("'" + text + "' must be a whole number", e);
        }
        throw new IllegalArgumentException("'" + text + "' must be at least 1");
    }

    static Duration duration(String text) {
        try {
            var value = Duration.parse(text);
            if (value.toMillis() > 0) {
                return value;
            }
        } catch (DateTimeParseException | ArithmeticException e) {
            throw new IllegalArgumentException("'" + text + "' must be an ISO-8601 duration like PT5M or PT60S", e);
        }
        throw new IllegalArgumentException("'" + text + "' must be longer than nothing");
    }

    static boolean choice(String text) {
        return switch (text) {
            case "true" -> true;
            case "false" -> false;
            default -> throw new IllegalArgumentException("'" + text + "' must be true or false");
        };
    }
}
