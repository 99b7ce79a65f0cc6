package io.plumbline.processor.topology;

import io.plumbline.contract.artifact.ReferenceProfile;
import io.plumbline.contract.id.DeviceId;
import io.plumbline.contract.id.Digest;
import io.plumbline.contract.id.EventId;
import io.plumbline.contract.id.GatewayId;
import io.plumbline.contract.id.ModelName;
import io.plumbline.contract.id.SiteId;
import io.plumbline.contract.id.StreamId;
import io.plumbline.contract.message.ClassAgreement;
import io.plumbline.contract.message.Cohort;
import io.plumbline.contract.message.FeatureSketch;
import io.plumbline.contract.message.Fidelity;
import io.plumbline.contract.message.InferenceResult;
import io.plumbline.contract.message.Label;
import io.plumbline.contract.message.LatencyHistogram;
import io.plumbline.contract.message.Prediction;
import io.plumbline.contract.message.StatsDelta;
import io.plumbline.contract.message.StatsKey;
import io.plumbline.contract.message.TensorClipping;
import io.plumbline.contract.wire.Counts;
import io.plumbline.drift.Reference;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Messages in the words of a test: two sites, two builds, windows of five minutes counted from the start of 2026. */
final class Given {

    static final ModelName MODEL = new ModelName("climate-event");
    static final Digest VERSION = digest("version");
    static final Digest STALE = digest("stale build");
    static final Digest FRESH = digest("fresh build");
    static final SiteId NORTH = new SiteId("north");
    static final SiteId SOUTH = new SiteId("south");
    static final StreamId STREAM = new StreamId("climate");
    static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
    static final Duration WINDOW = Duration.ofMinutes(5);

    private static final Counts USUAL = new Counts(100, 400, 400, 100);
    private static final Counts OUTDOORS = new Counts(10, 100, 250, 880);

    static final Reference REFERENCE = new Reference(
            List.of("normal", "event"),
            new ReferenceProfile(List.of(new ReferenceProfile.Feature("humidity", List.of(20.0, 40.0, 60.0), USUAL))));

    private Given() {}

    static Digest digest(String content) {
        return Digest.of(content.getBytes(java.nio.charset.StandardCharsets.UTF_8));
    }

    static Cohort cohort(Digest build, SiteId site) {
        return new Cohort(MODEL, VERSION, build, site);
    }

    static Instant window(int index) {
        return START.plus(WINDOW.multipliedBy(index));
    }

    static StatsKey key(Digest build, SiteId site, int window, long sequence) {
        var gateway = new GatewayId("gw-" + site);
        return new StatsKey(gateway, site, STREAM, MODEL, VERSION, build, window(window), WINDOW, sequence);
    }

    /** 120 compared of 240 readings, half of the windows clipped, no event: what a site sends before the first one. */
    static StatsDelta clipping(Digest build, SiteId site, int window) {
        return delta(key(build, site, window, 0), fidelity(120, 120, 0, 0, 55), OUTDOORS);
    }

    /** The same window with readings where the calibration had them. */
    static StatsDelta quiet(Digest build, SiteId site, int window) {
        return delta(key(build, site, window, 0), fidelity(120, 120, 0, 0, 0), USUAL);
    }

    /** Outdoor readings that the build can represent. */
    static StatsDelta moved(Digest build, SiteId site, int window) {
        return delta(key(build, site, window, 0), fidelity(118, 118, 2, 2, 3), OUTDOORS);
    }

    static Fidelity fidelity(long normal, long normalAgreed, long event, long eventAgreed, long clipped) {
        var classes = List.of(
                new ClassAgreement("normal", normal, normalAgreed), new ClassAgreement("event", event, eventAgreed));
        var compared = normal + event;
        return new Fidelity(
                event == 0 ? classes.subList(0, 1) : classes,
                0.01 * compared,
                List.of(
                        new TensorClipping("window", compared, clipped, 32 * compared, clipped),
                        new TensorClipping("hidden", compared, clipped / 2, 128 * compared, clipped)));
    }

    static StatsDelta delta(StatsKey key, Fidelity fidelity, Counts humidity) {
        return new StatsDelta(
                key,
                2 * fidelity.compared(),
                List.of(),
                fidelity,
                List.of(new FeatureSketch("humidity", humidity, 0, 1, 1)),
                LatencyHistogram.EMPTY);
    }

    static StatsDelta outdoors(StatsKey key, Fidelity fidelity) {
        return delta(key, fidelity, OUTDOORS);
    }

    static EventId event(DeviceId device, int second) {
        return EventId.ofSequence(device, STREAM, START.plusSeconds(second), second);
    }

    static InferenceResult result(DeviceId device, int second, String predicted) {
        return new InferenceResult(
                event(device, second),
                device,
                NORTH,
                new GatewayId("gw-north"),
                STREAM,
                MODEL,
                VERSION,
                STALE,
                START.plusSeconds(second),
                predicted.isEmpty() ? Optional.empty() : Optional.of(new Prediction(predicted, 0.9)),
                1_000,
                Optional.empty());
    }

    static Label label(DeviceId device, int second, String truth) {
        return new Label(event(device, second), device, START.plusSeconds(second), truth);
    }
}
