package io.plumbline.cli.show;

import io.plumbline.contract.fleet.FleetOverview;
import io.plumbline.contract.id.Digest;
import io.plumbline.contract.id.GatewayId;
import io.plumbline.contract.id.ModelName;
import io.plumbline.contract.id.SiteId;
import io.plumbline.contract.message.ClassAgreement;
import io.plumbline.contract.message.Cohort;
import io.plumbline.contract.message.Fidelity;
import io.plumbline.contract.message.GatewayCounters;
import io.plumbline.contract.message.LabelScore;
import io.plumbline.contract.message.LatencyHistogram;
import io.plumbline.contract.message.ModelHealth;
import io.plumbline.contract.message.RolloutEvent;
import io.plumbline.contract.message.RolloutStage;
import io.plumbline.contract.message.TensorClipping;
import io.plumbline.contract.message.Verdict;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Small fleets for the views. */
final class FleetInWords {

    static final FleetOverview EMPTY = new FleetOverview(List.of(), List.of(), List.of(), List.of(), List.of());

    private static final ModelName MODEL = new ModelName("climate-event");
    private static final Digest STALE = Digest.of(new byte[] {1});
    private static final Digest FRESH = Digest.of(new byte[] {2});
    private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");

    private FleetInWords() {}

    /** South is stale and under a rollout; north has not seen enough. */
    static FleetOverview staleSouth() {
        var stale = new Fidelity(
                List.of(new ClassAgreement("normal", 900, 900), new ClassAgreement("event", 100, 40)),
                30,
                List.of(new TensorClipping("window", 1000, 400, 32_000, 800)));
        return new FleetOverview(
                List.of(
                        health("south", stale, List.of(new LabelScore("event", 8, 6, 6)), Verdict.CALIBRATION_STALE),
                        health("north", Fidelity.NONE, List.of(), Verdict.INSUFFICIENT)),
                List.of(gateway("gw-north", "north", 640.4), gateway("gw-south", "south", 12)),
                List.of(new RolloutEvent(
                        "r1", 2, MODEL, STALE, FRESH, RolloutStage.CANARY, List.of(), "why", List.of(), NOON)),
                List.of(),
                List.of());
    }

    private static ModelHealth health(String site, Fidelity fidelity, List<LabelScore> labels, Verdict verdict) {
        var cohort = new Cohort(MODEL, STALE, STALE, new SiteId(site));
        return new ModelHealth(
                cohort,
                NOON.minusSeconds(1800),
                NOON,
                fidelity.compared(),
                fidelity,
                labels,
                LatencyHistogram.EMPTY,
                verdict,
                List.of(),
                Optional.empty());
    }

    private static FleetOverview.GatewayView gateway(String name, String site, double rate) {
        return new FleetOverview.GatewayView(
                new GatewayId(name),
                new SiteId(site),
                NOON,
                1,
                1,
                List.of(),
                List.of(),
                new GatewayCounters(0, 0, 0, 0, 0),
                rate);
    }
}
