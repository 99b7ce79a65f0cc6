package io.plumbline.registry.core.recalibration;

import static io.plumbline.registry.core.job.Fixtures.CANDIDATE;
import static io.plumbline.registry.core.job.Fixtures.NORTH;
import static io.plumbline.registry.core.job.Fixtures.SOUTH;
import static io.plumbline.registry.core.job.Fixtures.STALE;
import static io.plumbline.registry.core.job.Fixtures.T0;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.plumbline.contract.id.GatewayId;
import io.plumbline.contract.id.ModelName;
import io.plumbline.contract.id.SiteId;
import io.plumbline.contract.message.CalibrationMessage;
import io.plumbline.contract.message.CandidateScore;
import io.plumbline.contract.message.RecalibrationEvent;
import io.plumbline.contract.message.TensorHistogram;
import io.plumbline.contract.wire.Json;
import io.plumbline.contract.wire.MalformedMessageException;
import io.plumbline.inference.model.RangeHistogram;
import io.plumbline.registry.core.choice.Choice;
import io.plumbline.registry.core.job.Fixtures;
import io.plumbline.support.Mutation;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * One gateway of four answers with anything: bytes that were changed, and JSON whose values were. What it says is malformed, or set
 * aside, or counted as what it could have been; the recalibration goes on, and what comes out stays within what it was asked for. Where it
 * speaks in the name of another, that one is not heard any more.
 */
class BrokenAnswersTest {

    private static final int ROUNDS = 2_000;
    private static final int MOST_WINDOWS = 512;
    private static final int BINS = 2048;
    private static final ModelName MODEL = new ModelName("m");
    private static final GatewayId BROKEN = new GatewayId("g4");
    private static final Map<GatewayId, SiteId> ASKED =
            Map.of(new GatewayId("g1"), NORTH, new GatewayId("g2"), NORTH, new GatewayId("g3"), SOUTH, BROKEN, SOUTH);
    private static final List<String> STRANGE = List.of(
            "-1",
            "0",
            "1",
            "513",
            "2147483648",
            "9223372036854775807",
            "-9223372036854775808",
            "1e308",
            "-1e308",
            "4.9e-324",
            "0.5",
            "null",
            "true",
            "\"NaN\"",
            "\"Infinity\"",
            "\"\"",
            "\"south\"",
            "\"g1\"",
            "[]",
            "{}",
            "[1,2,3]");

    private final Coordinator coordinator =
            new Coordinator(new Gate(GatePolicy.DEFAULT), Choice.DEFAULT, Duration.ofSeconds(15));

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void histogramsOfAnybodyBuildOnNothingThatNobodySaw(long seed) {
        var broken = new Broken(seed, Json.encode(observed(BROKEN)));
        var named = 0;
        for (int round = 0; round < ROUNDS; round++) {
            // When
            var answer = broken.next();
            var step = answered(begun(), answer, ASKED.keySet().stream().map(BrokenAnswersTest::observed));

            // Then
            if (step.next().isPresent()) {
                var building = (Recalibration.Building) step.next().get();
                assertThat(gateways(building)).containsExactlyInAnyOrderElementsOf(heard(answer));
                assertThat(building.setAside().values()).doesNotContain("");
                named += building.setAside().size();
                var order = (Effect.Build) step.effects().get(0);
                assertThat(order.histograms())
                        .extracting(TensorHistogram::tensor)
                        .containsExactlyInAnyOrder("a", "b");
                assertThat(order.histograms()).allSatisfy(histogram -> {
                    assertThat(histogram.max() - histogram.min()).isBetween(0.0, 2 * 3 * RangeGrowth.MOST);
                    assertThat(histogram.bins().total()).isBetween(2L * 100, 3L * 100 + MOST_WINDOWS);
                });
                assertThat(order.contributions())
                        .allSatisfy(one -> assertThat(one.windows()).isBetween(1L, (long) MOST_WINDOWS));
            } else {
                assertThat(outcome(step))
                        .isInstanceOfSatisfying(
                                RecalibrationEvent.Refused.class,
                                refused -> assertThat(refused.because()).contains("; set aside: {"));
                named++;
            }
        }
        assertThat(named).isGreaterThan(ROUNDS / 20);
        assertThat(broken.malformed).isBetween(ROUNDS / 10, ROUNDS - ROUNDS / 10);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void scoresOfAnybodyWeighNoMoreThanWhatHeWasAskedFor(long seed) {
        var begun = answered(begun(), Optional.empty(), ASKED.keySet().stream().map(BrokenAnswersTest::observed));
        var scoring = coordinator.built(begun.next().orElseThrow(), List.of(CANDIDATE), T0);
        var broken = new Broken(seed, Json.encode(scored(BROKEN)));
        var named = 0;
        for (int round = 0; round < ROUNDS; round++) {
            // When
            var answer = broken.next();
            var step = answered(
                    scoring.next().orElseThrow(),
                    answer,
                    ASKED.keySet().stream().map(BrokenAnswersTest::scored));

            // Then
            var aside = answer.map(one -> coordinator.answer(scoring.next().orElseThrow(), one, T0))
                    .map(next -> ((Recalibration.Scoring) next.next().orElseThrow()).setAside())
                    .orElse(Map.of());
            aside.forEach((gateway, why) -> assertThat(because(outcome(step))).contains(gateway + "=" + why));
            named += aside.size();
            assertThat(scores(outcome(step))).allSatisfy(score -> {
                assertThat(score.build()).isIn(STALE, CANDIDATE);
                assertThat(score.windows()).isBetween(0L, 3L * 100 + MOST_WINDOWS);
            });
        }
        assertThat(named).isPositive();
        assertThat(broken.malformed).isBetween(ROUNDS / 10, ROUNDS - ROUNDS / 10);
    }

    /** Broken answers, as a function of a seed. */
    private static final class Broken {

        private final SplittableRandom random;
        private final Mutation bytes;
        private final byte[] sound;
        private int malformed;

        private Broken(long seed, byte[] sound) {
            this.random = new SplittableRandom(seed);
            this.bytes = new Mutation(random);
            this.sound = sound;
        }

        /** Empty where it cannot be read, which is told as such. */
        private Optional<CalibrationMessage> next() {
            try {
                return Optional.of(
                        Json.decode(random.nextBoolean() ? bytes.of(sound) : strange(), CalibrationMessage.class));
            } catch (MalformedMessageException e) {
                malformed++;
                return Optional.empty();
            }
        }

        private byte[] strange() {
            var tree = Json.decode(sound, JsonNode.class);
            for (int changes = 1 + random.nextInt(2); changes > 0; changes--) {
                change(tree);
            }
            return Json.encode(tree);
        }

        private void change(JsonNode node) {
            var child = random.nextInt(Math.max(1, node.size()));
            if (node instanceof ObjectNode object && !object.isEmpty()) {
                var names = new ArrayList<String>();
                object.fieldNames().forEachRemaining(names::add);
                var inner = object.get(names.get(child));
                if (inner.isContainerNode() && random.nextInt(8) > 0) {
                    change(inner);
                } else {
                    object.set(names.get(child), other(inner));
                }
            } else if (node instanceof ArrayNode array && !array.isEmpty()) {
                var inner = array.get(child);
                if (random.nextInt(4) == 0) {
                    array.add(inner.deepCopy());
                } else if (inner.isContainerNode() && random.nextInt(8) > 0) {
                    change(inner);
                } else {
                    array.set(child, other(inner));
                }
            }
        }

        private JsonNode other(JsonNode was) {
            if (was.isNumber() && random.nextBoolean()) {
                return Json.mapper().getNodeFactory().numberNode(was.asDouble() * (random.nextDouble() * 4 - 1));
            }
            var text = STRANGE.get(random.nextInt(STRANGE.size()));
            return Json.decode(text.getBytes(java.nio.charset.StandardCharsets.UTF_8), JsonNode.class);
        }
    }

    private Recalibration begun() {
        var request = new RecalibrationEvent.Requested("r", MODEL, STALE, STALE, List.of(NORTH, SOUTH), "stale", T0);
        return coordinator.begin(request, ASKED, List.of(), T0).next().orElseThrow();
    }

    /** The broken one first, then those that are not, and whoever has said nothing by then is not waited for. */
    private Step answered(
            Recalibration state, Optional<CalibrationMessage> broken, Stream<? extends CalibrationMessage> sound) {
        var step = broken.map(one -> coordinator.answer(state, one, T0)).orElse(Step.stay(state));
        for (var answer : sound.filter(one -> !gateway(one).equals(BROKEN)).toList()) {
            if (step.effects().isEmpty()) {
                step = coordinator.answer(step.next().orElseThrow(), answer, T0);
            }
        }
        return step.effects().isEmpty() ? coordinator.tick(step.next().orElseThrow(), T0.plusSeconds(60)) : step;
    }

    /** Those that are not broken, and the broken one if what it says reaches the recalibration under its own name. */
    private Set<GatewayId> heard(Optional<CalibrationMessage> broken) {
        var heard = new HashSet<>(ASKED.keySet());
        var begun = begun();
        var waits = broken.map(one -> coordinator.answer(begun, one, T0).next().orElseThrow())
                .orElse(begun)
                .awaited();
        if (waits.contains(BROKEN)) {
            heard.remove(BROKEN);
        }
        return heard;
    }

    private static Set<GatewayId> gateways(Recalibration.Building building) {
        var all = new HashSet<>(building.setAside().keySet());
        building.contributions()
                .orElseThrow()
                .forEach(one -> assertThat(all.add(one.gateway())).isTrue());
        return all;
    }

    private static String because(RecalibrationEvent outcome) {
        return outcome instanceof RecalibrationEvent.Accepted accepted
                ? accepted.because()
                : ((RecalibrationEvent.Refused) outcome).because();
    }

    private static GatewayId gateway(CalibrationMessage answer) {
        return answer instanceof CalibrationMessage.Observed observed
                ? observed.gateway()
                : ((CalibrationMessage.Scored) answer).gateway();
    }

    private static RecalibrationEvent outcome(Step step) {
        return ((Effect.Finish) step.effects().get(0)).outcome();
    }

    private static List<CandidateScore> scores(RecalibrationEvent outcome) {
        return outcome instanceof RecalibrationEvent.Accepted accepted
                ? accepted.scores()
                : ((RecalibrationEvent.Refused) outcome).scores();
    }

    private static CalibrationMessage.Observed observed(GatewayId gateway) {
        var histograms = Stream.of("a", "b")
                .map(tensor -> {
                    var histogram = new RangeHistogram(tensor, BINS);
                    for (int window = 0; window < 100; window++) {
                        histogram.add(-1 - window / 100.0);
                    }
                    return histogram.snapshot();
                })
                .toList();
        return new CalibrationMessage.Observed("r", MODEL, gateway, site(gateway), 100, histograms);
    }

    private static CalibrationMessage.Scored scored(GatewayId gateway) {
        return new CalibrationMessage.Scored("r", MODEL, gateway, site(gateway), Fixtures.scores(), Optional.empty());
    }

    private static SiteId site(GatewayId gateway) {
        return ASKED.getOrDefault(gateway, NORTH);
    }
}
