package io.plumbline.registry.core.job;

import io.plumbline.contract.id.Digest;
import io.plumbline.contract.id.GatewayId;
import io.plumbline.contract.id.ModelName;
import io.plumbline.contract.id.SiteId;
import io.plumbline.contract.id.StreamId;
import io.plumbline.contract.message.CalibrationMessage;
import io.plumbline.contract.message.CandidateScore;
import io.plumbline.contract.message.ClassAgreement;
import io.plumbline.contract.message.Fidelity;
import io.plumbline.contract.message.GatewayCounters;
import io.plumbline.contract.message.GatewayEvent;
import io.plumbline.contract.message.LatencyHistogram;
import io.plumbline.contract.message.RecalibrationEvent.Requested;
import io.plumbline.contract.message.TensorClipping;
import io.plumbline.contract.message.TensorHistogram;
import io.plumbline.contract.wire.Counts;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** Two gateways on two sites, and what they say. */
public final class Fixtures {

    public static final Instant T0 = Instant.parse("2026-01-01T00:00:00Z");
    public static final SiteId NORTH = new SiteId("north");
    public static final SiteId SOUTH = new SiteId("south");
    public static final GatewayId G1 = new GatewayId("g1");
    public static final GatewayId G2 = new GatewayId("g2");
    public static final Map<GatewayId, SiteId> BOTH = Map.of(G1, NORTH, G2, SOUTH);
    public static final Digest STALE = Digest.of(new byte[] {0});
    public static final Digest CANDIDATE = Digest.of(new byte[] {1});

    private Fixtures() {}

    public static Requested request(String id, ModelName model) {
        return new Requested(
                id, model, Digest.of(new byte[] {9}), STALE, List.of(NORTH, SOUTH), "stale \u0000 so they say", T0);
    }

    public static GatewayEvent heartbeat(GatewayId gateway, ModelName model) {
        var stream = new GatewayEvent.RunningStream(new StreamId("s"), model, STALE);
        var counters = new GatewayCounters(0, 0, 0, 0, 0);
        return new GatewayEvent.Heartbeat(gateway, BOTH.get(gateway), T0, 1, List.of(stream), counters);
    }

    public static List<TensorHistogram> histograms(double value) {
        var bins = new long[2048];
        bins[2047] = 1;
        return List.of(new TensorHistogram("t", value, value, 4, new Counts(bins)));
    }

    public static CalibrationMessage.Observed observed(String id, ModelName model, GatewayId gateway) {
        var value = gateway.equals(G1) ? 1.0 / 3 : 3.0;
        return new CalibrationMessage.Observed(id, model, gateway, BOTH.get(gateway), 100, histograms(value));
    }

    public static CalibrationMessage.Scored scored(String id, ModelName model, GatewayId gateway) {
        return new CalibrationMessage.Scored(id, model, gateway, BOTH.get(gateway), scores());
    }

    public static List<CandidateScore> scores() {
        return List.of(score(STALE, 2.0, 50), score(CANDIDATE, 0.2, 0));
    }

    private static CandidateScore score(Digest build, double delta, long clipped) {
        return new CandidateScore(
                build,
                "r",
                100,
                new Fidelity(
                        List.of(new ClassAgreement("normal", 100, 100)),
                        delta,
                        List.of(new TensorClipping("t", 100, clipped, 100, clipped))),
                LatencyHistogram.EMPTY);
    }
}
