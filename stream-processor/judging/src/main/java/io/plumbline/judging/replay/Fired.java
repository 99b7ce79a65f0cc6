package io.plumbline.judging.replay;

import io.plumbline.contract.message.VerdictEvent;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A verdict that calls for somebody, under one policy or under both.
 *
 * @param now as it was recorded; empty if only the proposed policy gives it
 * @param proposed as the proposed policy gives it; empty if it does not
 */
public record Fired(Optional<VerdictEvent> now, Optional<VerdictEvent> proposed) {

    /** The one there is; the recorded one of two. */
    public VerdictEvent either() {
        return now.or(() -> proposed)
                .orElseThrow(() -> new IllegalStateException("a verdict under no policy is a bug"));
    }

    /** When it fired first. */
    public Instant at() {
        return Stream.of(now, proposed)
                .flatMap(Optional::stream)
                .map(VerdictEvent::at)
                .min(Instant::compareTo)
                .orElseThrow(() -> new IllegalStateException("a verdict under no policy is a bug"));
    }

    public boolean inBoth() {
        return now.isPresent() && proposed.isPresent();
    }
}
