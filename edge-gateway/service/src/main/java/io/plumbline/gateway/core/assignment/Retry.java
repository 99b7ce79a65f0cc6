package io.plumbline.gateway.core.assignment;

import java.time.Duration;
import java.time.Instant;

/** Waits longer after every failure: 1, 2, 4, ... seconds, at most half a minute. Not thread-safe. */
final class Retry {

    private static final Duration FIRST = Duration.ofSeconds(1);
    private static final Duration LONGEST = Duration.ofSeconds(30);

    private Duration delay = FIRST;
    private Instant notBefore = Instant.MIN;

    boolean isDue(Instant now) {
        return !now.isBefore(notBefore);
    }

    void failed(Instant now) {
        notBefore = now.plus(delay);
        var doubled = delay.multipliedBy(2);
        delay = doubled.compareTo(LONGEST) < 0 ? doubled : LONGEST;
    }

    void reset() {
        delay = FIRST;
        notBefore = Instant.MIN;
    }
}
