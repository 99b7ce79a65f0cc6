package io.plumbline.inference.window;

import java.util.Arrays;

/**
 * What time it is on a site, by the clocks of its devices, none of which can be trusted alone: the newest of the times
 * last seen that is not out of all proportion to their median. A device whose clock is years ahead does not make every
 * other reading old, and one that died long ago has no say. Confined to one thread.
 */
final class SiteClock {

    private static final int REMEMBERED = 63;

    private final long proportion;
    private final long[] recent = new long[REMEMBERED];
    private int seen;

    /** @param proportion milliseconds that a clock may be ahead of the median */
    SiteClock(long proportion) {
        this.proportion = proportion;
    }

    /** @param time epoch milliseconds of a reading that just came */
    void saw(long time) {
        recent[seen % REMEMBERED] = time;
        // Wraps to a multiple of the size, so that it never overflows and stays "full".
        seen = seen + 1 == 2 * REMEMBERED ? REMEMBERED : seen + 1;
    }

    /** Epoch milliseconds; the smallest long before the first reading. */
    long now() {
        var size = Math.min(seen, REMEMBERED);
        if (size == 0) {
            return Long.MIN_VALUE;
        }
        var times = Arrays.copyOf(recent, size);
        Arrays.sort(times);
        var latest = times[size / 2] + proportion;
        return Arrays.stream(times).filter(time -> time <= latest).max().orElse(times[size / 2]);
    }
}
