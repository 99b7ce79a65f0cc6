package io.plumbline.contract.fleet;

import io.plumbline.contract.id.Digest;
import io.plumbline.contract.id.GatewayId;
import io.plumbline.contract.id.SiteId;
import io.plumbline.contract.message.GatewayCounters;
import io.plumbline.contract.message.GatewayEvent;
import io.plumbline.contract.message.ModelHealth;
import io.plumbline.contract.message.RecalibrationEvent;
import io.plumbline.contract.message.RolloutEvent;
import io.plumbline.contract.message.VerdictEvent;
import java.time.Instant;
import java.util.List;

/**
 * Everything the terminal view and the page show: {@code GET /api/v1/overview}.
 *
 * @param health the newest health of each cohort whose build is assigned somewhere on its site
 * @param gateways every configured gateway, silent ones too
 * @param rollouts newest event of each rollout, newest rollout first
 * @param recalibrations newest event of each recalibration, newest first
 * @param verdicts newest first, a limited number
 */
public record FleetOverview(
        List<ModelHealth> health,
        List<GatewayView> gateways,
        List<RolloutEvent> rollouts,
        List<RecalibrationEvent> recalibrations,
        List<VerdictEvent> verdicts) {

    public FleetOverview {
        health = List.copyOf(health);
        gateways = List.copyOf(gateways);
        rollouts = List.copyOf(rollouts);
        recalibrations = List.copyOf(recalibrations);
        verdicts = List.copyOf(verdicts);
    }

    /**
     * @param lastSeen wall-clock time of the newest event; the epoch if never
     * @param generation in force on the gateway
     * @param desiredGeneration what it should have
     * @param assigned the builds it should run
     * @param readingsPerSecond accepted readings per second between the last two heartbeats
     */
    public record GatewayView(
            GatewayId gateway,
            SiteId site,
            Instant lastSeen,
            long generation,
            long desiredGeneration,
            List<GatewayEvent.RunningStream> running,
            List<Digest> assigned,
            GatewayCounters counters,
            double readingsPerSecond) {

        public GatewayView {
            running = List.copyOf(running);
            assigned = List.copyOf(assigned);
        }
    }
}
