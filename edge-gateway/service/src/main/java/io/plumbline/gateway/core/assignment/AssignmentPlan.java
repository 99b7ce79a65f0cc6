package io.plumbline.gateway.core.assignment;

import io.plumbline.contract.fleet.Assignment;
import io.plumbline.contract.fleet.StreamAssignment;
import io.plumbline.contract.id.StreamId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What has to be done for an assignment to be in force.
 *
 * @param load streams that need another build than they run, or read other payloads
 * @param adjust streams that run the right build with other settings
 * @param remove streams that are not assigned any more
 */
record AssignmentPlan(List<StreamAssignment> load, List<StreamAssignment> adjust, List<StreamId> remove) {

    static AssignmentPlan of(Map<StreamId, StreamAssignment> running, Assignment desired) {
        var load = new ArrayList<StreamAssignment>();
        var adjust = new ArrayList<StreamAssignment>();
        for (var stream : desired.streams()) {
            var now = running.get(stream.stream());
            if (now == null || !isSameButForSettings(now, stream)) {
                load.add(stream);
            } else if (!now.equals(stream)) {
                adjust.add(stream);
            }
        }
        var wanted = desired.streams().stream().map(StreamAssignment::stream).toList();
        var remove = running.keySet().stream()
                .filter(stream -> !wanted.contains(stream))
                .toList();
        return new AssignmentPlan(List.copyOf(load), List.copyOf(adjust), remove);
    }

    /** Payloads, sources and shared subscriptions are checked against the card, which comes with the build. */
    private static boolean isSameButForSettings(StreamAssignment a, StreamAssignment b) {
        return a.build().equals(b.build())
                && a.model().equals(b.model())
                && a.payload().equals(b.payload())
                && a.sources().isPresent() == b.sources().isPresent()
                && a.scattered() == b.scattered();
    }
}
