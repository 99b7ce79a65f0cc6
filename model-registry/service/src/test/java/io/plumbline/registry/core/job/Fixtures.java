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
import io.plumbline.contract.message.LabelledAccuracy;
import io.plumbline.contract.message.LatencyHistogram;
import io.plumbline.contract.message.PairedDeltas;
import io.plumbline.contract.message.PromisedAccuracy;
import io.plumbline.contract.message.RecalibrationEvent.Requested;
import io.plumbline.contract.message.TensorClipping;
import io.plumbline.contract.message.TensorHistogram;
import io.plumbline.contract.wire.Counts;
import io.plumbline.inference.model.RangeHistogram;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

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
        var histogram = new RangeHistogram("t", 2048);
        for (int window = 0; window < 100; window++) {
            histogram.add(value);
        }
        return List.of(histogram.snapshot());
    }

    public static CalibrationMessage.Observed observed(String id, ModelName model, GatewayId gateway) {
        var value = gateway.equals(G1) ? 1.0 / 3 : 3.0;
        return new CalibrationMessage.Observed(id, model, gateway, BOTH.get(gateway), 100, histograms(value));
    }

    public static CalibrationMessage.Scored scored(String id, ModelName model, GatewayId gateway) {
        return new CalibrationMessage.Scored(id, model, gateway, BOTH.get(gateway), scores(), Optional.empty());
    }

    public static List<CandidateScore> scores() {
        return List.of(score(STALE, 2.0, 50), score(CANDIDATE, 0.2, 0));
    }

    /** Of a candidate that is no better than the running build. */
    public static List<CandidateScore> equalScores() {
        return List.of(score(STALE, 2.0, 50), score(CANDIDATE, 2.0, 50));
    }

    /** The same distance on every window. */
    private static CandidateScore score(Digest build, double delta, long clipped) {
        var bins = new long[LatencyHistogram.BINS];
        bins[30] = 100;
        var paired = PairedDeltas.NONE;
        for (int window = 0; window < 100; window++) {
            paired = paired.with(delta / 100, 0.02);
        }
        return new CandidateScore(
                build,
                "r",
                100,
                new Fidelity(
                        List.of(new ClassAgreement("normal", 100, 100)),
                        delta,
                        List.of(new TensorClipping("t", 100, clipped, 100, clipped))),
                new LatencyHistogram(new Counts(bins)),
                Optional.of(paired),
                Optional.of(new PromisedAccuracy(100, 90, 90, 90, 0)),
                Optional.of(50_000L),
                Optional.of(LabelledAccuracy.NONE));
    }
}
