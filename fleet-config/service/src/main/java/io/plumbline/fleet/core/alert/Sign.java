package io.plumbline.fleet.core.alert;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What one event says about alerts.
 *
 * @param source whose events follow each other in time
 * @param at the time of that source, event time or wall clock
 * @param event tells events of the same source and time apart
 */
public record Sign(String source, Instant at, String event, List<Trouble> troubles, List<Ending> endings) {

    public Sign {
        troubles = List.copyOf(troubles);
        endings = List.copyOf(endings);
    }

    /** The trouble that lasts until the source says otherwise; empty for what merely happened. */
    Optional<Trouble> lasting() {
        return troubles.stream()
                .filter(trouble -> Signs.isOfVerdict(trouble.kind()))
                .findFirst();
    }
}
