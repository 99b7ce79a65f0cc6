package io.plumbline.fleet.core.post;

import java.time.Duration;
import java.util.random.RandomGenerator;

/** How long to wait after failed attempts: a second, twice as long each time, up to five minutes; of that, at random, half to all. */
final class Backoff {

    private static final long FIRST_MILLIS = 1_000;
    private static final long LONGEST_MILLIS = Duration.ofMinutes(5).toMillis();
    private static final int DOUBLINGS = 20;

    private Backoff() {}

    /** @param failures in a row, at least 1 */
    static Duration after(int failures, RandomGenerator random) {
        var longest = Math.min(FIRST_MILLIS << Math.min(failures - 1, DOUBLINGS), LONGEST_MILLIS);
        return Duration.ofMillis(longest / 2 + random.nextLong(longest / 2 + 1));
    }
}
