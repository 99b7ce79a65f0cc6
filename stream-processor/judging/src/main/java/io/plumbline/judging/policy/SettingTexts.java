package io.plumbline.judging.policy;

import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Map;

/**
 * Settings as they were typed, read one by one.
 *
 * @param texts one for every name that is asked for
 */
record SettingTexts(Map<String, String> texts) {

    static final int MOST = 1_000_000;

    /** @throws BrokenSettingException unless it is a duration of at least this */
    Duration duration(String name, Duration least) {
        var rule = "must be an ISO-8601 duration of at least " + least + ", such as PT30M";
        try {
            var value = Duration.parse(text(name));
            if (value.compareTo(least) >= 0) {
                return value;
            }
        } catch (DateTimeParseException e) {
            throw broken(name, rule);
        }
        throw broken(name, rule);
    }

    /** @throws BrokenSettingException unless it is a whole number from 1 */
    int number(String name) {
        var rule = "must be a whole number from 1 to " + MOST;
        try {
            var value = Integer.parseInt(text(name));
            if (value >= 1 && value <= MOST) {
                return value;
            }
        } catch (NumberFormatException e) {
            throw broken(name, rule);
        }
        throw broken(name, rule);
    }

    /** @throws BrokenSettingException unless it is a share */
    double share(String name) {
        return real(name, 1);
    }

    /** @throws BrokenSettingException unless it is a number from 0 */
    double effect(String name) {
        return real(name, MOST);
    }

    private double real(String name, int most) {
        var rule = "must be a number from 0 to " + most;
        try {
            var value = Double.parseDouble(text(name));
            if (value >= 0 && value <= most) {
                return value;
            }
        } catch (NumberFormatException e) {
            throw broken(name, rule);
        }
        throw broken(name, rule);
    }

    private String text(String name) {
        return texts.getOrDefault(name, "").strip();
    }

    private BrokenSettingException broken(String name, String rule) {
        return new BrokenSettingException(name, texts.getOrDefault(name, ""), rule);
    }
}
