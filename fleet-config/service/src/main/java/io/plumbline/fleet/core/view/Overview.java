package io.plumbline.fleet.core.view;

import io.plumbline.contract.fleet.Assignment;
import io.plumbline.contract.fleet.FleetOverview;
import io.plumbline.contract.fleet.StreamAssignment;
import io.plumbline.contract.message.Cohort;
import io.plumbline.contract.message.ModelHealth;
import io.plumbline.fleet.core.control.ControlState;
import io.plumbline.rollout.state.RolloutState;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;

/** Puts what was decided and what was heard into one picture. Pure. */
public final class Overview {

    private Overview() {}

    public static FleetOverview of(ControlState state, FleetObservations heard, Instant now) {
        var assignments = state.inForce();
        return new FleetOverview(
                heard.health().stream()
                        .filter(health -> isAssigned(health.cohort(), assignments))
                        .sorted(Comparator.comparing(
                                        (ModelHealth health) -> health.cohort().model())
                                .thenComparing(health -> health.cohort().site())
                                .thenComparing(ModelHealth::to, Comparator.reverseOrder()))
                        .toList(),
                assignments.stream().map(one -> gateway(one, heard, now)).toList(),
                state.newestRollouts().stream().map(RolloutState::event).toList(),
                heard.recalibrations().stream().map(Heard::event).toList(),
                heard.verdicts().stream().map(Heard::event).toList());
    }

    private static boolean isAssigned(Cohort cohort, List<Assignment> assignments) {
        return assignments.stream()
                .filter(assignment -> assignment.site().equals(cohort.site()))
                .flatMap(assignment -> assignment.streams().stream())
                .anyMatch(stream ->
                        stream.model().equals(cohort.model()) && stream.build().equals(cohort.build()));
    }

    private static FleetOverview.GatewayView gateway(Assignment assignment, FleetObservations heard, Instant now) {
        var seen = heard.gateway(assignment.gateway());
        return new FleetOverview.GatewayView(
                assignment.gateway(),
                assignment.site(),
                seen.lastSeen(),
                seen.generation(),
                assignment.generation(),
                seen.running(),
                assignment.streams().stream()
                        .map(StreamAssignment::build)
                        .distinct()
                        .toList(),
                seen.counters(),
                heard.isSilent(assignment.gateway(), now) ? 0 : seen.readingsPerSecond());
    }
}
