package io.plumbline.fleet.adapter.kafka;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * When a gateway spoke, by this clock. A record that is read again after a start is as old as it is: who died before must not seem alive.
 * Kafka's clock may be a little off: what arrives soonest after it was written is taken to have arrived at once, up to {@link #MOST_OFF}.
 * Confined to one thread at a time.
 */
final class Hearing {

    static final Duration MOST_OFF = Duration.ofMinutes(1);

    private final Clock clock;
    private Duration soonest = MOST_OFF;

    /** @param clock wall clock */
    Hearing(Clock clock) {
        this.clock = clock;
    }

    /** @param written by Kafka's clock; empty if nobody knows, then it was now */
    Instant of(Optional<Instant> written) {
        var now = clock.instant();
        if (written.isEmpty()) {
            return now;
        }
        var delay = Duration.between(written.get(), now);
        if (delay.compareTo(soonest) < 0) {
            soonest = delay;
        }
        return written.get().plus(soonest);
    }
}
