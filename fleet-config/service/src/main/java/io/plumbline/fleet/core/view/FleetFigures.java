package io.plumbline.fleet.core.view;

import io.plumbline.contract.message.RolloutStage;
import io.plumbline.fleet.core.control.ControlState;
import java.time.Instant;
import java.util.Optional;

/**
 * The fleet in a few numbers, for those who watch many fleets at once.
 *
 * @param gateways that have an assignment
 * @param silent of those, that say nothing
 * @param behind of those that speak, that have another generation in force than the newest
 * @param outboxPending records that wait in gateways for Kafka, as they said last
 * @param lost records that gateways lost since their starts, as they said last
 * @param paused rollouts that wait for a person: paused ones, and those that ask for an approval
 */
public record FleetFigures(long gateways, long silent, long behind, long outboxPending, long lost, long paused) {

    /** @param heard what was heard of the gateways until {@code now}, wall clock */
    public static FleetFigures of(ControlState state, FleetObservations heard, Instant now) {
        long silent = 0;
        long behind = 0;
        long pending = 0;
        long lost = 0;
        var assignments = state.inForce();
        for (var assignment : assignments) {
            var seen = heard.gateway(assignment.gateway());
            var speaks = !heard.isSilent(assignment.gateway(), now);
            silent += speaks ? 0 : 1;
            behind += speaks && seen.generation() != assignment.generation() ? 1 : 0;
            pending += seen.counters().outboxPending();
            lost += zero(seen.counters().lost());
        }
        var paused = state.active().stream()
                .filter(rollout -> rollout.stage() == RolloutStage.PAUSED)
                .count();
        return new FleetFigures(assignments.size(), silent, behind, pending, lost, paused);
    }

    private static long zero(Optional<Long> count) {
        return count.orElse(0L);
    }
}
