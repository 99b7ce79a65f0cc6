package io.plumbline.drift.chance;

import io.plumbline.contract.wire.Require;

/** What a share may be, in [0, 1], ends included. */
public record Interval(double lower, double upper) {

    /** Nothing is known. */
    public static final Interval UNKNOWN = new Interval(0, 1);

    public Interval {
        Require.ratio("lower", lower);
        Require.ratio("upper", upper);
        Require.that(lower <= upper, "interval must be ordered, not " + lower + " to " + upper);
    }
}
