package io.plumbline.judging;

import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Optional;

/** Moments of event time: which can be taken at all, and how they are ordered in keys. */
public final class EventTime {

    private static final Instant FIRST = Instant.EPOCH;
    private static final Instant LAST = Instant.parse("9999-12-31T23:59:59Z");

    private EventTime() {}

    /** Whether the moment lies between 1970 and 9999: outside, a device's clock or a message is broken. */
    public static boolean isPlausible(Instant moment) {
        return !moment.isBefore(FIRST) && !moment.isAfter(LAST);
    }

    /** 16 hexadecimal digits of the milliseconds since 1970; earlier moments sort as 1970. */
    public static String ordered(Instant moment) {
        return HexFormat.of().toHexDigits(Math.max(0, moment.toEpochMilli()));
    }

    /** The moment that {@link #ordered} wrote. */
    public static Instant ofOrdered(String digits) {
        return Instant.ofEpochMilli(HexFormat.fromHexDigitsToLong(digits));
    }

    /**
     * Why a moment is not believed: it lies more than the skew ahead of the clock and of all that came before.
     *
     * @param what has this moment
     * @param newest of all that came before from there, which may be a replay of the future
     * @param now wall clock
     */
    public static Optional<String> tooEarly(
            String what, Instant moment, Optional<Instant> newest, Instant now, Duration skew) {
        return moment.isAfter(later(now, newest.orElse(now)).plus(skew))
                ? Optional.of(what + " " + moment + " is more than " + skew + " ahead of " + now
                        + " and of all that came before; set the clocks of the devices")
                : Optional.empty();
    }

    /** The earlier of two moments. */
    public static Instant earlier(Instant one, Instant two) {
        return one.isBefore(two) ? one : two;
    }

    /** The later of two moments. */
    public static Instant later(Instant one, Instant two) {
        return one.isAfter(two) ? one : two;
    }
}
