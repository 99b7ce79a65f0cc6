package io.plumbline.registry.core.recalibration;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.contract.artifact.QualityReport.Coverage;
import io.plumbline.contract.id.Digest;
import io.plumbline.contract.id.GatewayId;
import io.plumbline.contract.id.ModelName;
import io.plumbline.contract.id.SiteId;
import io.plumbline.contract.message.CalibrationInputs;
import io.plumbline.contract.message.CalibrationMessage;
import io.plumbline.contract.message.FeatureSketch;
import io.plumbline.contract.message.InputHistogram;
import io.plumbline.contract.message.LabelCount;
import io.plumbline.contract.message.RecalibrationEvent;
import io.plumbline.contract.wire.Counts;
import io.plumbline.inference.model.RangeHistogram;
import io.plumbline.registry.core.calibration.CalibrationQuality;
import io.plumbline.registry.core.choice.Choice;
import io.plumbline.registry.core.job.Fixtures;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CoordinatorTest {

    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    private static final Duration TIMEOUT = Duration.ofSeconds(15);
    private static final ModelName MODEL = new ModelName("m");
    private static final SiteId NORTH = new SiteId("north");
    private static final SiteId SOUTH = new SiteId("south");
    private static final GatewayId G1 = new GatewayId("g1");
    private static final GatewayId G2 = new GatewayId("g2");
    private static final GatewayId G3 = new GatewayId("g3");
    private static final GatewayId G4 = new GatewayId("g4");
    private static final Digest STALE = Digest.of(new byte[] {0});
    private static final Digest CANDIDATE = Digest.of(new byte[] {1});
    private static final Map<GatewayId, SiteId> BOTH = Map.of(G1, NORTH, G2, SOUTH);

    private final Coordinator coordinator = new Coordinator(new Gate(GatePolicy.DEFAULT), Choice.DEFAULT, TIMEOUT);

    @Test
    void whatTheSitesReadIsHeldAgainstTheWindowsThatRangesAreTakenFrom() {
        // Given: half of what the site reads is in a bin that no window is in
        var live = List.of(new InputHistogram("humidity", List.of(40.0), new Counts(100, 0), new Counts(500, 500), 0));
        var observing = coordinator.begin(request("r1", NORTH), Map.of(G1, NORTH), live, NOW);
        var inputs = new CalibrationInputs(
                List.of(new FeatureSketch("humidity", new Counts(100, 0), 0, 0, 0)),
                List.of(new LabelCount("normal", 100)));
        var plain = observed("r1", G1, NORTH, 1);
        var answer = new CalibrationMessage.Observed(
                "r1", MODEL, G1, NORTH, plain.windows(), plain.histograms(), Optional.of(inputs));

        // When
        var step = coordinator.answer(state(observing), answer, NOW);

        // Then
        assertThat(step.effects())
                .singleElement()
                .isInstanceOfSatisfying(
                        Effect.Build.class,
                        build -> assertThat(build.quality())
                                .isEqualTo(new CalibrationQuality(
                                        List.of(new Coverage("humidity", 100, 1000, 0.5, 0.5)), inputs.answers())));
    }

    @Test
    void theLoopObservesBuildsScoresAndAccepts() {
        // Given
        var observing = coordinator.begin(request("r1", NORTH), BOTH, List.of(), NOW);
        assertThat(observing.effects()).singleElement().isInstanceOf(Effect.Send.class);

        // When
        var half = coordinator.answer(state(observing), observed("r1", G1, NORTH, 1.0), NOW);
        assertThat(half.effects()).isEmpty();
        var building = coordinator.answer(state(half), observed("r1", G2, SOUTH, 3.0), NOW);
        var order = (Effect.Build) building.effects().get(0);
        var scoring = coordinator.built(state(building), List.of(CANDIDATE), NOW);
        var one = coordinator.answer(state(scoring), scored("r1", G1, NORTH), NOW);
        var end = coordinator.answer(state(one), scored("r1", G2, SOUTH), NOW);

        // Then
        assertThat(order.histograms()).singleElement().satisfies(merged -> {
            assertThat(merged.max()).isEqualTo(3.0);
            assertThat(merged.bins().total()).isEqualTo(200);
        });
        assertThat(end.next()).isEmpty();
        var accepted =
                (RecalibrationEvent.Accepted) ((Effect.Finish) end.effects().get(0)).outcome();
        assertThat(accepted.candidate()).isEqualTo(CANDIDATE);
        assertThat(accepted.scores())
                .hasSize(2)
                .allSatisfy(score -> assertThat(score.windows()).isEqualTo(200));
    }

    @Test
    void aSiteInTheRequestWithoutARunningGatewayEndsItAtOnce() {
        var step = coordinator.begin(request("r1", SOUTH), Map.of(G1, NORTH), List.of(), NOW);
        assertThat(refusal(step)).isEqualTo("no gateway on [south] runs build " + STALE.shortHex());
    }

    @Test
    void aSilentSiteThatWasAskedForEndsItWhenTimeIsUp() {
        var observing = coordinator.begin(request("r1", NORTH, SOUTH), BOTH, List.of(), NOW);
        var half = coordinator.answer(state(observing), observed("r1", G1, NORTH, 1), NOW);
        assertThat(coordinator
                        .tick(state(half), NOW.plus(TIMEOUT).minusMillis(1))
                        .effects())
                .isEmpty();
        assertThat(refusal(coordinator.tick(state(half), NOW.plus(TIMEOUT)))).isEqualTo("no histograms from [south]");
    }

    @Test
    void aSilentSiteThatWasNotAskedForDoesNotHoldItUpForEver() {
        var observing = coordinator.begin(request("r1", NORTH), BOTH, List.of(), NOW);
        var half = coordinator.answer(state(observing), observed("r1", G1, NORTH, 1), NOW);
        assertThat(coordinator.tick(state(half), NOW.plus(TIMEOUT)).effects())
                .singleElement()
                .isInstanceOf(Effect.Build.class);
    }

    @Test
    void aGatewayThatDeclinesIsNamedWithItsReason() {
        var observing = coordinator.begin(request("r1", NORTH), Map.of(G1, NORTH), List.of(), NOW);
        var declined = new CalibrationMessage.Declined("r1", MODEL, G1, NORTH, "3 windows");
        assertThat(refusal(coordinator.answer(state(observing), declined, NOW)))
                .isEqualTo("no histograms from [north]; declined: {g1=3 windows}");
    }

    @Test
    void aGatewayThatIsSetAsideDoesNotScoreAndIsNamedInTheOutcome() {
        // Given: four gateways, one of which saw values that no other did
        var asked = Map.of(G1, NORTH, G2, SOUTH, G3, NORTH, G4, NORTH);
        var step = coordinator.begin(request("r1", NORTH), asked, List.of(), NOW);
        step = coordinator.answer(state(step), observed("r1", G1, NORTH, 1, 2), NOW);
        step = coordinator.answer(state(step), observed("r1", G2, SOUTH, 0, 2), NOW);
        step = coordinator.answer(state(step), observed("r1", G3, NORTH, 1, 3), NOW);

        // When
        step = coordinator.answer(state(step), observed("r1", G4, NORTH, 1, 9000), NOW);

        // Then
        assertThat(((Effect.Build) step.effects().get(0)).histograms())
                .singleElement()
                .satisfies(merged -> assertThat(merged.max()).isEqualTo(3));
        step = coordinator.built(state(step), List.of(CANDIDATE), NOW);
        assertThat(state(step).awaited()).containsExactlyInAnyOrder(G1, G2, G3);
        for (var gateway : List.of(G1, G2, G3)) {
            step = coordinator.answer(state(step), scored("r1", gateway, asked.get(gateway)), NOW);
        }
        var outcome =
                (RecalibrationEvent.Accepted) ((Effect.Finish) step.effects().get(0)).outcome();
        assertThat(outcome.because()).contains("; set aside: {g4=alone makes the range of 't' ");
    }

    @Test
    void whoIsFarWiderThanTheRestIsNamedWhereNoCandidateIsGood() {
        // Given two gateways, of which nobody can tell which one is broken
        var step = coordinator.begin(request("r1", NORTH), BOTH, List.of(), NOW);
        step = coordinator.answer(state(step), observed("r1", G1, NORTH, 0, 2), NOW);
        step = coordinator.answer(state(step), observed("r1", G2, SOUTH, 0, 2e30), NOW);
        step = coordinator.built(state(step), List.of(CANDIDATE), NOW);

        // When the candidate is no better than what runs
        for (var gateway : List.of(G1, G2)) {
            var bad = new CalibrationMessage.Scored(
                    "r1", MODEL, gateway, BOTH.get(gateway), Fixtures.equalScores(), Optional.empty());
            step = coordinator.answer(state(step), bad, NOW);
        }

        // Then
        assertThat(refusal(step))
                .startsWith("no candidate is better: r: ")
                .endsWith("; far wider than the rest: g2 alone makes the range of 't' 1.000e+30 times as wide as all"
                        + " others together");
    }

    @Test
    void aGatewayDoesNotSpeakForAnotherSiteThanItsOwn() {
        var asked = Map.of(G1, NORTH, G2, NORTH);
        var step = coordinator.begin(request("r1", NORTH), asked, List.of(), NOW);
        step = coordinator.answer(state(step), observed("r1", G1, SOUTH, 1), NOW);
        assertThat(((Effect.Build) coordinator
                                .answer(state(step), observed("r1", G2, SOUTH, 1), NOW)
                                .effects()
                                .get(0))
                        .contributions())
                .hasSize(2)
                .allSatisfy(one -> assertThat(one.site()).isEqualTo(NORTH));
        var both = coordinator.begin(request("r1", NORTH, SOUTH), BOTH, List.of(), NOW);
        both = coordinator.answer(state(both), observed("r1", G1, SOUTH, 1), NOW);
        assertThat(refusal(coordinator.tick(state(both), NOW.plus(TIMEOUT)))).isEqualTo("no histograms from [south]");
    }

    @Test
    void aGatewayThatScoresABuildTwiceIsSetAside() {
        var scoring = coordinator.built(
                state(coordinator.answer(
                        state(coordinator.begin(request("r1", NORTH), Map.of(G1, NORTH), List.of(), NOW)),
                        observed("r1", G1, NORTH, 1),
                        NOW)),
                List.of(CANDIDATE),
                NOW);
        var twice = Stream.concat(Fixtures.scores().stream(), Fixtures.scores().stream())
                .toList();
        var answer = new CalibrationMessage.Scored("r1", MODEL, G1, NORTH, twice, Optional.empty());
        assertThat(refusal(coordinator.answer(state(scoring), answer, NOW)))
                .isEqualTo("no scores from [north]; set aside: {g1=scored builds that it was not asked for, or one of"
                        + " them more than once}");
    }

    @Test
    void aSiteOfWhichTheOnlyGatewayIsSetAsideEndsIt() {
        var asked = Map.of(G1, NORTH, G2, NORTH, G3, NORTH, G4, SOUTH);
        var step = coordinator.begin(request("r1", NORTH, SOUTH), asked, List.of(), NOW);
        for (var gateway : List.of(G1, G2, G3)) {
            step = coordinator.answer(state(step), observed("r1", gateway, NORTH, 1, 2), NOW);
        }
        assertThat(refusal(coordinator.answer(state(step), observed("r1", G4, SOUTH, 1, 9000), NOW)))
                .startsWith("no histograms from [south]; set aside: {g4=alone makes the range of 't' ");
    }

    @Test
    void aGatewayThatSaysItScoredMoreThanItWasAskedDoesNotOutweighTheOthers() {
        // Given
        var asked = Map.of(G1, NORTH, G2, NORTH, G3, NORTH);
        var step = coordinator.begin(request("r1", NORTH), asked, List.of(), NOW);
        for (var gateway : asked.keySet()) {
            step = coordinator.answer(state(step), observed("r1", gateway, NORTH, 1, 2), NOW);
        }
        step = coordinator.built(state(step), List.of(CANDIDATE), NOW);

        // When
        var many = Fixtures.scores().stream()
                .map(score ->
                        Stream.iterate(score, sum -> sum.plus(score)).limit(10).reduce((one, next) -> next))
                .flatMap(Optional::stream)
                .toList();
        step = coordinator.answer(
                state(step), new CalibrationMessage.Scored("r1", MODEL, G1, NORTH, many, Optional.empty()), NOW);
        assertThat(state(step).awaited()).containsExactlyInAnyOrder(G2, G3);
        for (var gateway : List.of(G2, G3)) {
            step = coordinator.answer(state(step), scored("r1", gateway, NORTH), NOW);
        }

        // Then
        var outcome =
                (RecalibrationEvent.Accepted) ((Effect.Finish) step.effects().get(0)).outcome();
        assertThat(outcome.because()).contains("; set aside: {g1=says that it scored 1000 windows of 512 at most}");
        assertThat(outcome.scores())
                .allSatisfy(score -> assertThat(score.windows()).isEqualTo(200));
    }

    @Test
    void aBuildThatFailsEndsIt() {
        var observing = coordinator.begin(request("r1", NORTH), Map.of(G1, NORTH), List.of(), NOW);
        var building = coordinator.answer(state(observing), observed("r1", G1, NORTH, 1), NOW);
        assertThat(refusal(coordinator.failed(state(building), "no disk", NOW)))
                .isEqualTo("no candidate could be built: no disk");
    }

    /** Whatever arrives in whatever order: it ends once, soon after the last deadline or build, and never twice. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
    void anyOrderOfAnswersEndsExactlyOnce(long seed) {
        var random = new Random(seed);
        for (int walk = 0; walk < 200; walk++) {
            var step = coordinator.begin(request("r1", NORTH, SOUTH), BOTH, List.of(), NOW);
            var now = NOW;
            var ends = 0;
            for (int i = 0; i < 600 && step.next().isPresent(); i++) {
                now = now.plusSeconds(1);
                step = random(random, step.next().get(), now);
                ends += (int) step.effects().stream()
                        .filter(Effect.Finish.class::isInstance)
                        .count();
            }
            assertThat(step.next()).isEmpty();
            assertThat(ends).isEqualTo(1);
        }
    }

    private Step random(Random random, Recalibration state, Instant now) {
        var gateway = random.nextBoolean() ? G1 : G2;
        var site = gateway.equals(G1) ? NORTH : SOUTH;
        var id = random.nextInt(10) == 0 ? "other" : "r1";
        return switch (random.nextInt(6)) {
            case 0 -> coordinator.answer(state, observed(id, gateway, site, 1), now);
            case 1 -> coordinator.answer(state, scored(id, gateway, site), now);
            case 2 -> coordinator.answer(state, new CalibrationMessage.Declined(id, MODEL, gateway, site, "no"), now);
            case 3 -> coordinator.built(state, List.of(CANDIDATE), now);
            default -> coordinator.tick(state, now);
        };
    }

    private static RecalibrationEvent.Requested request(String id, SiteId... sites) {
        return new RecalibrationEvent.Requested(
                id, MODEL, Digest.of(new byte[] {9}), STALE, List.of(sites), "stale", NOW);
    }

    private static CalibrationMessage.Observed observed(String id, GatewayId gateway, SiteId site, double value) {
        return observed(id, gateway, site, value, value);
    }

    private static CalibrationMessage.Observed observed(
            String id, GatewayId gateway, SiteId site, double low, double high) {
        var histogram = new RangeHistogram("t", 2048);
        for (int window = 0; window < 100; window++) {
            histogram.add(window % 2 == 0 ? low : high);
        }
        return new CalibrationMessage.Observed(id, MODEL, gateway, site, 100, List.of(histogram.snapshot()));
    }

    private static CalibrationMessage.Scored scored(String id, GatewayId gateway, SiteId site) {
        return new CalibrationMessage.Scored(id, MODEL, gateway, site, Fixtures.scores(), Optional.empty());
    }

    private static Recalibration state(Step step) {
        return step.next().orElseThrow();
    }

    private static String refusal(Step step) {
        assertThat(step.next()).isEmpty();
        return ((RecalibrationEvent.Refused) ((Effect.Finish) step.effects().get(0)).outcome()).because();
    }
}
