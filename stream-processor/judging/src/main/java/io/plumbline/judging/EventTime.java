package io.plumbline.judging;

import java.time.Instant;
import java.util.HexFormat;

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

    /** The later of two moments. */
    public static Instant later(Instant one, Instant two) {
        return one.isAfter(two) ? one : two;
    }
}
