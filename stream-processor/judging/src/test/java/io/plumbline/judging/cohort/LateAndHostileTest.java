package io.plumbline.judging.cohort;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.contract.artifact.ReferenceProfile;
import io.plumbline.contract.id.DeviceId;
import io.plumbline.contract.id.Digest;
import io.plumbline.contract.id.GatewayId;
import io.plumbline.contract.id.ModelName;
import io.plumbline.contract.id.SiteId;
import io.plumbline.contract.id.StreamId;
import io.plumbline.contract.message.ClassAgreement;
import io.plumbline.contract.message.Cohort;
import io.plumbline.contract.message.ConfidenceSketch;
import io.plumbline.contract.message.FeatureSketch;
import io.plumbline.contract.message.Fidelity;
import io.plumbline.contract.message.LabelCount;
import io.plumbline.contract.message.LatencyHistogram;
import io.plumbline.contract.message.ModelHealth;
import io.plumbline.contract.message.SensorFault;
import io.plumbline.contract.message.SensorFaults;
import io.plumbline.contract.message.StatsDelta;
import io.plumbline.contract.message.StatsKey;
import io.plumbline.contract.message.TensorClipping;
import io.plumbline.contract.message.Verdict;
import io.plumbline.contract.wire.Counts;
import io.plumbline.contract.wire.Json;
import io.plumbline.drift.Reference;
import io.plumbline.judging.MemoryState;
import io.plumbline.judging.OrderedState;
import io.plumbline.judging.Uncounted;
import io.plumbline.judging.label.LabelledAnswer;
import io.plumbline.judging.policy.JudgingPolicy;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Deltas and labels that come in any order, twice, five days late, or from a gateway whose clock is wrong. */
class LateAndHostileTest {

    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
    private static final Duration LENGTH = Duration.ofMinutes(15);
    /** Five days. */
    private static final int WINDOWS = 480;
    /** So many of the last come in their order: a verdict is voted on by windows as they are completed. */
    private static final int TAIL = 12;

    private static final Instant NOW = START.plus(LENGTH.multipliedBy(WINDOWS));
    private static final Digest BUILD = Digest.of("build".getBytes(StandardCharsets.UTF_8));
    private static final Cohort COHORT = new Cohort(new ModelName("climate-event"), BUILD, BUILD, new SiteId("north"));
    private static final Reference REFERENCE = new Reference(
            List.of("normal", "event"),
            new ReferenceProfile(
                    List.of(new ReferenceProfile.Feature("humidity", List.of(40.0), new Counts(500, 500)))));

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void inTheEndEveryStateIsWhatItIsInOrderToTheLastBit(long seed) {
        // Given
        var random = new Random(seed);
        var inOrder = new Processor();
        var late = new Processor();
        List<Runnable> early = new ArrayList<>();
        for (int window = 0; window < WINDOWS - TAIL; window++) {
            for (var delta : deltas(window, random)) {
                inOrder.hear(delta);
                early.add(() -> late.hear(delta));
                if (random.nextInt(3) == 0) {
                    early.add(() -> late.hear(delta));
                }
                early.add(() -> late.hear(fromAWrongClock(delta, Duration.ofDays(random.nextBoolean() ? 30 : -30))));
            }
            var answer = answer(window, random);
            inOrder.hear(answer);
            early.add(() -> late.hear(answer));
            early.add(() -> late.hear(fromAWrongClock(answer, Duration.ofDays(random.nextBoolean() ? 30 : -30))));
        }

        // When: the first of all is from the future, the second tells what the others are late by
        late.hear(fromAWrongClock(answer(0, random), Duration.ofDays(30)));
        early.remove(0).run();
        Collections.shuffle(early, random);
        early.forEach(Runnable::run);
        for (int window = WINDOWS - TAIL; window < WINDOWS; window++) {
            for (var delta : deltas(window, random)) {
                inOrder.hear(delta);
                late.hear(delta);
            }
        }

        // Then
        assertThat(late.refused).as("wrong clocks").isEqualTo(4L * (WINDOWS - TAIL) + 1);
        assertThat(late.states()).isEqualTo(inOrder.states());
        assertThat(late.desk.health(COHORT)).isPresent().isEqualTo(inOrder.desk.health(COHORT));
        assertThat(late.desk.health(COHORT).orElseThrow().verdict()).isNotIn(Verdict.INSUFFICIENT, Verdict.STABLE);
        assertThat(late.desk
                        .health(COHORT)
                        .flatMap(ModelHealth::total)
                        .orElseThrow()
                        .compared())
                .as("each delta once, of all windows and not only of the horizon")
                .isEqualTo(3L * 120 * WINDOWS);
    }

    /** Of three gateways, which name things in orders of their own. */
    private static List<StatsDelta> deltas(int window, Random random) {
        List<StatsDelta> deltas = new ArrayList<>();
        for (int gateway = 0; gateway < 3; gateway++) {
            var key = new StatsKey(
                    new GatewayId("gw-" + gateway),
                    COHORT.site(),
                    new StreamId("climate"),
                    COHORT.model(),
                    COHORT.version(),
                    BUILD,
                    START.plus(LENGTH.multipliedBy(window)),
                    LENGTH,
                    random.nextInt(1_000));
            deltas.add(delta(key, window >= WINDOWS - 3 * TAIL ? 100 : 0, random));
        }
        return deltas;
    }

    private static StatsDelta delta(StatsKey key, long clipped, Random random) {
        var classes =
                new ArrayList<>(List.of(new ClassAgreement("normal", 90, 90), new ClassAgreement("event", 30, 30)));
        var labels =
                new ArrayList<>(List.of(new LabelCount("normal", 200), new LabelCount("event", random.nextInt(40))));
        Collections.shuffle(classes, random);
        Collections.shuffle(labels, random);
        var bins = new long[ConfidenceSketch.BINS];
        bins[random.nextInt(bins.length)] = 1 + random.nextInt(100);
        var faults = new ArrayList<SensorFault>();
        for (int device = 0; device < random.nextInt(16); device++) {
            var name = new DeviceId("d-" + random.nextInt(40));
            faults.add(SensorFault.one(name, "humidity", SensorFault.Kind.NOT_FINITE));
        }
        return new StatsDelta(
                key,
                240,
                labels,
                new Fidelity(
                        classes,
                        random.nextDouble(),
                        List.of(new TensorClipping("window", 120, clipped, 3840, clipped))),
                List.of(new FeatureSketch(
                        "humidity",
                        new Counts(100 + random.nextInt(40), 120),
                        0,
                        1e9 * random.nextDouble(),
                        1e18 * random.nextDouble())),
                LatencyHistogram.EMPTY,
                SensorFaults.of(faults, 0),
                List.of(new ConfidenceSketch("normal", new Counts(bins), random.nextDouble(), random.nextDouble())));
    }

    private static StatsDelta fromAWrongClock(StatsDelta delta, Duration off) {
        var key = delta.key();
        var wrong = new StatsKey(
                key.gateway(),
                key.site(),
                key.stream(),
                key.model(),
                key.version(),
                key.build(),
                NOW.plus(off),
                key.windowLength(),
                key.sequence());
        return new StatsDelta(
                wrong,
                delta.readings(),
                delta.predictions(),
                delta.fidelity(),
                delta.features(),
                delta.latency(),
                delta.faults(),
                delta.confidence());
    }

    private static LabelledAnswer answer(int window, Random random) {
        var truth = random.nextInt(10) == 0 ? "event" : "normal";
        var predicted = random.nextInt(10) == 0 ? "event" : "normal";
        var at = START.plus(LENGTH.multipliedBy(window)).plusSeconds(random.nextInt(900));
        return new LabelledAnswer(COHORT, at, truth, predicted, Optional.of(random.nextDouble()));
    }

    private static LabelledAnswer fromAWrongClock(LabelledAnswer answer, Duration off) {
        return new LabelledAnswer(COHORT, NOW.plus(off), answer.truth(), answer.predicted(), answer.score());
    }

    /** The processor without Kafka. */
    private static final class Processor {

        private final MemoryState<CohortState> cohorts = new MemoryState<>();
        private final MemoryState<WindowState> windows = new MemoryState<>();
        private final MemoryState<LabelBucket> labels = new MemoryState<>();
        private final MemoryState<Counts> confidences = new MemoryState<>();
        private final MemoryState<Fidelity> totals = new MemoryState<>();
        private final CohortDesk desk = new CohortDesk(
                new CohortShelf(cohorts, windows, labels, confidences, totals),
                JudgingPolicy.DEFAULT,
                (model, build) -> Optional.of(REFERENCE),
                new Uncounted());
        private long refused;

        private void hear(StatsDelta delta) {
            if (desk.on(delta, NOW).refused().isPresent()) {
                refused++;
            }
        }

        private void hear(LabelledAnswer answer) {
            if (desk.on(answer, NOW).isPresent()) {
                refused++;
            }
        }

        private List<String> states() {
            List<String> all = new ArrayList<>();
            for (var state : List.<OrderedState<?>>of(cohorts, windows, labels, confidences, totals)) {
                state.range("", "~")
                        .forEach(entry -> all.add(
                                entry.key() + "=" + new String(Json.encode(entry.value()), StandardCharsets.UTF_8)));
            }
            return all;
        }
    }
}
