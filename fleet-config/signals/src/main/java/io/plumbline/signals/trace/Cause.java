package io.plumbline.signals.trace;

import java.util.List;
import java.util.Optional;

/**
 * Why something is done.
 *
 * @param parent {@code traceparent} of what it follows; empty if nobody says
 * @param beside those of what else it rests on, in other traces
 */
public record Cause(Optional<String> parent, List<String> beside) {

    /** As many links as a span has; what else something rests on is not told. */
    public static final int MOST_BESIDE = 8;

    public static final Cause UNKNOWN = new Cause(Optional.empty(), List.of());

    public Cause {
        beside = beside.stream().limit(MOST_BESIDE).toList();
    }

    public static Cause of(Optional<String> parent) {
        return new Cause(parent, List.of());
    }
}
