package io.plumbline.judging.replay;

import static org.assertj.core.api.Assertions.assertThat;

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
import io.plumbline.contract.message.ConfidenceSketch;
import io.plumbline.contract.message.FeatureSketch;
import io.plumbline.contract.message.Fidelity;
import io.plumbline.contract.message.InferenceResult;
import io.plumbline.contract.message.Label;
import io.plumbline.contract.message.LatencyHistogram;
import io.plumbline.contract.message.ModelHealth;
import io.plumbline.contract.message.Prediction;
import io.plumbline.contract.message.RecalibrationEvent;
import io.plumbline.contract.message.SensorFaults;
import io.plumbline.contract.message.StatsDelta;
import io.plumbline.contract.message.StatsKey;
import io.plumbline.contract.message.TensorClipping;
import io.plumbline.contract.message.VerdictEvent;
import io.plumbline.contract.wire.Counts;
import io.plumbline.drift.Reference;
import io.plumbline.judging.MemoryState;
import io.plumbline.judging.Uncounted;
import io.plumbline.judging.cohort.CohortDesk;
import io.plumbline.judging.cohort.CohortShelf;
import io.plumbline.judging.label.LabelDesk;
import io.plumbline.judging.label.Pairing;
import io.plumbline.judging.policy.JudgingPolicy;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** One build on one site in windows of five minutes, and what the processor's own desks say of them. */
final class Windows {

    static final Duration LENGTH = Duration.ofMinutes(5);
    static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
    static final Digest BUILD = Digest.of("build".getBytes(StandardCharsets.UTF_8));
    static final Cohort COHORT = new Cohort(new ModelName("climate-event"), BUILD, BUILD, new SiteId("north"));
    static final Reference REFERENCE = new Reference(
            List.of("normal", "event"),
            new ReferenceProfile(
                    List.of(new ReferenceProfile.Feature("humidity", List.of(40.0), new Counts(500, 500)))));
    static final DeviceId DEVICE = new DeviceId("north-1");

    private static final GatewayId GATEWAY = new GatewayId("gw-north");
    private static final StreamId STREAM = new StreamId("climate");

    private Windows() {}

    /** @param clipped of 120 inputs */
    static StatsDelta delta(int index, long clipped) {
        return delta(key(index, LENGTH, index), clipped, List.of());
    }

    /** More of the same window, from the same gateway. */
    static StatsDelta more(int index, long clipped, long sequence) {
        return delta(key(index, LENGTH, 1_000 + sequence), clipped, List.of());
    }

    /** A quiet window of this length that tells how sure its 240 answers were. */
    static StatsDelta sure(int index, Duration length) {
        var bins = new long[ConfidenceSketch.BINS];
        bins[ConfidenceSketch.binOf(0.9)] = 240;
        var confidence = new ConfidenceSketch("normal", new Counts(bins), 216, 1);
        return delta(key(index, length, index), 0, List.of(confidence));
    }

    static Instant end(int index) {
        return START.plus(LENGTH.multipliedBy(index + 1));
    }

    private static StatsKey key(int index, Duration length, long sequence) {
        var start = START.plus(length.multipliedBy(index));
        return new StatsKey(
                GATEWAY, COHORT.site(), STREAM, COHORT.model(), COHORT.version(), BUILD, start, length, sequence);
    }

    private static StatsDelta delta(StatsKey key, long clipped, List<ConfidenceSketch> confidence) {
        var classes = List.of(new ClassAgreement("normal", 90, 90), new ClassAgreement("event", 30, 30));
        var fidelity = new Fidelity(classes, 1, List.of(new TensorClipping("window", 120, clipped, 3840, clipped)));
        var humidity = new FeatureSketch("humidity", new Counts(120, 120), 0, 1, 1);
        return new StatsDelta(
                key,
                240,
                List.of(),
                fidelity,
                List.of(humidity),
                LatencyHistogram.EMPTY,
                SensorFaults.NONE,
                confidence);
    }

    static InferenceResult result(int second, String predicted) {
        return new InferenceResult(
                EventId.ofSequence(DEVICE, STREAM, START.plusSeconds(second), second),
                DEVICE,
                COHORT.site(),
                GATEWAY,
                STREAM,
                COHORT.model(),
                COHORT.version(),
                BUILD,
                START.plusSeconds(second),
                Optional.of(new Prediction(predicted, 0.9)),
                1_000,
                Optional.empty());
    }

    static Label label(int second, String truth) {
        return new Label(result(second, truth).event(), DEVICE, START.plusSeconds(second), truth);
    }

    /** The processor without Kafka, and what it said. */
    static final class Processor {

        final List<VerdictEvent> verdicts = new ArrayList<>();
        final List<RecalibrationEvent.Requested> requests = new ArrayList<>();
        private final CohortDesk desk;
        private final LabelDesk labels;

        Processor() {
            var shelf = new CohortShelf(
                    new MemoryState<>(),
                    new MemoryState<>(),
                    new MemoryState<>(),
                    new MemoryState<>(),
                    new MemoryState<>());
            desk = new CohortDesk(
                    shelf, JudgingPolicy.DEFAULT, (model, build) -> Optional.of(REFERENCE), new Uncounted());
            labels = new LabelDesk(new MemoryState<>(), new MemoryState<>(), JudgingPolicy.DEFAULT, new Uncounted());
        }

        ModelHealth health() {
            return desk.health(COHORT).orElseThrow();
        }

        void hear(StatsDelta delta) {
            desk.on(delta, START).verdict().ifPresent(verdicts::add);
        }

        void hear(InferenceResult result) {
            count(labels.on(result, START));
        }

        void hear(Label label) {
            count(labels.on(label, START));
        }

        private void count(Pairing pairing) {
            pairing.answer()
                    .ifPresent(answer -> assertThat(desk.on(answer, START)).isEmpty());
        }
    }
}
