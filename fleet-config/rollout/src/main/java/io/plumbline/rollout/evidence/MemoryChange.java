package io.plumbline.rollout.evidence;

import io.plumbline.contract.wire.Require;

/**
 * What a gateway's process holds in memory, in bytes, as it says itself.
 *
 * @param before when it last spoke under the baseline, more than 0
 * @param now when it last spoke under the candidate
 */
public record MemoryChange(long before, long now) {

    public MemoryChange {
        Require.that(before > 0, "before " + before + " must be more than 0");
        Require.notNegative("now", now);
    }

    /** How many times as much as before. */
    public double ratio() {
        return (double) now / before;
    }
}
