package io.plumbline.fleet.adapter.http;

import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Locale;

/** How long a request may wait. */
final class Patience {

    private static final Duration MAX = Duration.ofMinutes(1);

    private Patience() {}

    /** {@code 10s}, {@code 1m} or ISO-8601; longer than a minute is a minute. */
    static Duration parse(String text) {
        try {
            var upper = text.toUpperCase(Locale.ROOT);
            var duration = Duration.parse(upper.startsWith("P") ? upper : "PT" + upper);
            if (!duration.isNegative()) {
                return duration.compareTo(MAX) > 0 ? MAX : duration;
            }
        } catch (DateTimeParseException e) {
            throw new BadRequest("wait '" + text + "' must be a duration like 10s", e);
        }
        throw new BadRequest("wait '" + text + "' must not be negative");
    }
}
