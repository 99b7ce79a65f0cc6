package io.plumbline.fleet.adapter.yaml;

import io.plumbline.contract.fleet.Frames;
import java.time.Duration;
import java.time.format.DateTimeParseException;

/** Numbers and durations as people write them; a complaint names the value and the rule. */
final class YamlScalars {

    private YamlScalars() {}

    static double ratio(String text) {
        try {
            var value = Double.parseDouble(text);
            if (value >= 0 && value <= 1) {
                return value;
            }
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("'" + text + "' must be a number between 0 and 1", e);
        }
        throw new IllegalArgumentException("'" + text + "' must be between 0 and 1");
    }

    static double number(String text) {
        try {
            return Double.parseDouble(text);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("'" + text + "' must be a number", e);
        }
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

    static Frames frames(String text) {
        return switch (text) {
            case "every" -> Frames.EVERY;
            case "latest" -> Frames.LATEST;
            default -> throw new IllegalArgumentException("'" + text + "' must be every or latest");
        };
    }
}
