package io.plumbline.fleet.core.view;

import io.plumbline.contract.fleet.Assignment;
import io.plumbline.contract.message.Alert;
import io.plumbline.fleet.core.alert.Surroundings;
import io.plumbline.fleet.core.alert.Surroundings.GatewayNow;
import io.plumbline.fleet.core.alert.Surroundings.Losses;
import io.plumbline.fleet.core.control.ControlState;
import io.plumbline.fleet.core.spec.alert.AlertSpec;
import io.plumbline.rollout.state.RolloutState;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** What was decided and what was heard, as far as alerts depend on it. Pure. */
public final class FleetSurroundings {

    private FleetSurroundings() {}

    /** @param since when the control plane began to listen: nobody was silent before */
    public static Surroundings of(ControlState state, FleetObservations heard, Instant since, Instant now) {
        var assignments = state.inForce();
        return new Surroundings(
                assignments.stream()
                        .flatMap(assignment -> places(assignment).stream())
                        .distinct()
                        .toList(),
                assignments.stream().map(one -> gateway(one, heard, since)).toList(),
                state.rollouts().values().stream().map(RolloutState::event).toList(),
                state.version().map(version -> version.spec().alerts()).orElse(AlertSpec.USUAL),
                now);
    }

    private static List<Alert.Subject> places(Assignment assignment) {
        return assignment.streams().stream()
                .map(stream -> new Alert.Subject(
                        Optional.of(stream.model()),
                        Optional.of(stream.build()),
                        Optional.of(assignment.site()),
                        Optional.of(assignment.gateway())))
                .toList();
    }

    private static GatewayNow gateway(Assignment assignment, FleetObservations heard, Instant since) {
        var seen = heard.gateway(assignment.gateway());
        var counted = !seen.countedAt().equals(Instant.EPOCH);
        return new GatewayNow(
                assignment.gateway(),
                assignment.site(),
                seen.heard().isBefore(since) ? since : seen.heard(),
                counted
                        ? Optional.of(new Losses(seen.counters().lost().orElse(0L), seen.countedAt()))
                        : Optional.empty());
    }
}
