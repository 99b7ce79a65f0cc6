package io.plumbline.registry.core.job;

import static io.plumbline.registry.core.job.Fixtures.BOTH;
import static io.plumbline.registry.core.job.Fixtures.CANDIDATE;
import static io.plumbline.registry.core.job.Fixtures.G1;
import static io.plumbline.registry.core.job.Fixtures.G2;
import static io.plumbline.registry.core.job.Fixtures.NORTH;
import static io.plumbline.registry.core.job.Fixtures.SOUTH;
import static io.plumbline.registry.core.job.Fixtures.STALE;
import static io.plumbline.registry.core.job.Fixtures.T0;
import static io.plumbline.registry.core.job.Fixtures.heartbeat;
import static io.plumbline.registry.core.job.Fixtures.observed;
import static io.plumbline.registry.core.job.Fixtures.request;
import static io.plumbline.registry.core.job.Fixtures.scored;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.tuple;

import io.plumbline.contract.id.Digest;
import io.plumbline.contract.id.ModelName;
import io.plumbline.contract.id.SiteId;
import io.plumbline.contract.message.CalibrationMessage;
import io.plumbline.contract.message.Cohort;
import io.plumbline.contract.message.Evidence;
import io.plumbline.contract.message.Fidelity;
import io.plumbline.contract.message.LatencyHistogram;
import io.plumbline.contract.message.ModelHealth;
import io.plumbline.contract.message.RecalibrationEvent;
import io.plumbline.contract.message.RecalibrationEvent.Requested;
import io.plumbline.contract.message.RecalibrationEvent.SentKind;
import io.plumbline.contract.message.Verdict;
import io.plumbline.registry.core.choice.Choice;
import io.plumbline.registry.core.recalibration.CandidateBuilder;
import io.plumbline.registry.core.recalibration.Coordinator;
import io.plumbline.registry.core.recalibration.Effect;
import io.plumbline.registry.core.recalibration.Gate;
import io.plumbline.registry.core.recalibration.GatePolicy;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Who may ask, how often, and what becomes of two who ask for the same. */
class DemandTest {

    private static final ModelName MODEL = new ModelName("m");
    private static final Digest VERSION = Digest.of(new byte[] {9});
    private static final Duration COOLDOWN = Duration.ofHours(4);

    private final List<CalibrationMessage> tasks = new ArrayList<>();
    private final List<RecalibrationEvent> events = new ArrayList<>();
    private final List<RecalibrationEvent.Progressed> progress = new ArrayList<>();
    private final Queue<Runnable> builds = new ArrayDeque<>();
    private final MemoryJobStore store = new MemoryJobStore();
    private Instant now = T0;
    private Recalibrations recalibrations = start();

    private Recalibrations start() {
        var builder = new CandidateBuilder() {
            @Override
            public List<Digest> build(Effect.Build order) {
                return List.of(CANDIDATE);
            }

            @Override
            public Optional<Digest> version(ModelName model, Digest build) {
                return Optional.of(VERSION);
            }
        };
        return new Recalibrations(
                new Coordinator(new Gate(GatePolicy.DEFAULT), Choice.DEFAULT, Duration.ofSeconds(15)),
                new Pace(COOLDOWN, 2),
                store,
                new Surroundings(tasks::add, events::add, progress::add, builder, builds::add),
                () -> now);
    }

    @BeforeEach
    void hear() {
        BOTH.keySet().forEach(gateway -> recalibrations.heard(heartbeat(gateway, MODEL)));
        recalibrations.listening();
        recalibrations.healthIsKnown();
    }

    private void restart() {
        recalibrations = start();
        hear();
    }

    @Test
    void nobodyIsTakenWhileVerdictsMayBeMissingButWhoForcesAndWhoIsKnown() throws Exception {
        // Given
        var known = recalibrations.demanded(demand("hand-1", false));
        recalibrations.healthIsUnknown();

        // When
        var early = catchThrowable(() -> recalibrations.demanded(demand("hand-2", false)));

        // Then
        assertThat(early)
                .isInstanceOf(NotNowException.class)
                .hasMessageStartingWith("not now: the verdicts of the sites are not all heard yet")
                .hasMessageEndingWith("try again in a moment, or ask with force");
        assertThat(store.find("hand-2")).isEmpty();
        assertThat(recalibrations.demanded(demand("hand-1", false)).id()).isEqualTo(known.id());
        assertThat(recalibrations.demanded(demand("hand-3", true)).step()).isEqualTo(JobStep.JOINED);
    }

    @Test
    void whenAllVerdictsAreHeardTheyDecideAndNoneMeansNoObjection() throws Exception {
        // Given: what was said before is forgotten, since its end may be passed over
        recalibrations.heard(health(Verdict.CONCEPT_DRIFT, NORTH));
        recalibrations.healthIsUnknown();
        recalibrations.heard(health(Verdict.CONCEPT_DRIFT, SOUTH));

        // When
        recalibrations.healthIsKnown();
        var refused = recalibrations.demanded(demand("hand-1", false));
        recalibrations.gone(health(Verdict.CONCEPT_DRIFT, SOUTH).cohort().key());

        // Then
        assertThat(refused.step()).isEqualTo(JobStep.REFUSED);
        assertThat(refusal("hand-1")).startsWith("CONCEPT_DRIFT on south (").doesNotContain("north");
        assertThat(recalibrations.demanded(demand("hand-2", false)).step()).isEqualTo(JobStep.OBSERVING);
    }

    @Test
    void aSecondRequestForTheSameBuildEndsAsTheFirstAlsoAfterARestart() throws Exception {
        // Given
        recalibrations.requested(request("r-1", MODEL));
        recalibrations.requested(request("r-2", MODEL));
        assertThat(recalibrations.demanded(demand("r-3", false)).step()).isEqualTo(JobStep.JOINED);
        assertThat(tasks).hasSize(1);

        // When
        restart();
        recalibrations.tick();
        finish("r-1");
        recalibrations.tick();

        // Then
        assertThat(accepted()).extracting(RecalibrationEvent::id).containsExactly("r-1", "r-2", "r-3");
        assertThat(accepted())
                .extracting(event -> ((RecalibrationEvent.Accepted) event).candidate())
                .containsOnly(CANDIDATE);
        assertThat(builds).isEmpty();
    }

    @Test
    void whoeverWatchesIsToldEveryStepUntilTheEnd() {
        // When
        recalibrations.requested(request("r-1", MODEL));
        finish("r-1");
        // Then
        assertThat(progress)
                .extracting(RecalibrationEvent.Progressed::step)
                .containsExactly("REQUESTED", "OBSERVING", "OBSERVING", "BUILDING", "SCORING", "SCORING", "SCORING");
        assertThat(progress.get(2).what()).isEqualTo("g1 on north sent histograms of 100 windows");
    }

    @Test
    void whoeverWatchesIsToldWhatLeftASiteAndByWhichGatewayToTheLastAnswer() {
        // Given
        recalibrations.requested(request("r-1", MODEL));
        // When: the last scores end it, and then a person asks for readings
        finish("r-1");
        recalibrations.answered(new CalibrationMessage.Sampled("r-1", MODEL, G1, NORTH, 12, ""));
        recalibrations.answered(new CalibrationMessage.Sampled("r-1", MODEL, G2, NORTH, 0, "no stream gives any"));
        // Then
        assertThat(progress)
                .flatExtracting(line -> line.sent().stream().toList())
                .extracting(
                        RecalibrationEvent.Sent::gateway, RecalibrationEvent.Sent::kind, RecalibrationEvent.Sent::count)
                .containsExactly(
                        tuple(G1, SentKind.HISTOGRAMS, 100L),
                        tuple(G2, SentKind.HISTOGRAMS, 100L),
                        tuple(G1, SentKind.SCORES, 2L),
                        tuple(G2, SentKind.SCORES, 2L),
                        tuple(G1, SentKind.SAMPLES, 12L),
                        tuple(G2, SentKind.NOTHING, 0L));
        assertThat(store.history("r-1")).extracting(JobEvent::what).contains("g2 on south scored 2 builds");
    }

    @Test
    void theCooldownHoldsAfterARestartAndThenEnds() {
        // Given
        recalibrations.requested(request("r-1", MODEL));
        finish("r-1");
        restart();

        // When
        recalibrations.requested(at("r-2", T0.plus(COOLDOWN).minusMillis(1)));
        recalibrations.requested(at("r-3", T0.plus(COOLDOWN)));

        // Then
        assertThat(store.find("r-2").orElseThrow().step()).isEqualTo(JobStep.REFUSED);
        assertThat(refusal("r-2")).contains("the next may come at 2026-01-01T04:00:00Z (cooldown PT4H)");
        assertThat(store.find("r-3").orElseThrow().step()).isEqualTo(JobStep.OBSERVING);
    }

    @Test
    void theDailyBudgetHoldsAfterARestartAndCountsOnlyWhatBegan() {
        // Given
        recalibrations.requested(request("r-1", MODEL));
        finish("r-1");
        recalibrations.requested(at("r-early", T0.plusSeconds(1)));
        recalibrations.requested(at("r-2", T0.plus(COOLDOWN)));
        finish("r-2");
        restart();

        // When
        recalibrations.requested(at("r-3", T0.plus(COOLDOWN.multipliedBy(2))));
        recalibrations.requested(at("r-4", T0.plus(Duration.ofDays(1))));

        // Then
        assertThat(refusal("r-3")).contains("recalibrated 2 times in the 24 hours before", "daily budget 2");
        assertThat(store.find("r-4").orElseThrow().step()).isEqualTo(JobStep.OBSERVING);
    }

    @Test
    void aPersonGetsTheBuildThatRunsOnAllItsSites() throws Exception {
        // When
        var job = recalibrations.demanded(demand("hand-1", false));
        var again = recalibrations.demanded(demand("hand-1", false));

        // Then
        assertThat(job.step()).isEqualTo(JobStep.OBSERVING);
        assertThat(again).isEqualTo(job);
        assertThat(events)
                .containsExactly(new Requested("hand-1", MODEL, VERSION, STALE, List.of(NORTH, SOUTH), "by ada", T0));
        recalibrations.requested((Requested) events.get(0));
        assertThat(tasks).hasSize(1);
    }

    @Test
    void conceptDriftRefusesAPersonWithItsEvidenceAndTellsNobodyElse() throws Exception {
        // Given
        recalibrations.heard(health(Verdict.CONCEPT_DRIFT, SOUTH));

        // When
        var job = recalibrations.demanded(demand("hand-1", false));

        // Then
        assertThat(job.step()).isEqualTo(JobStep.REFUSED);
        assertThat(refusal("hand-1"))
                .isEqualTo(
                        "CONCEPT_DRIFT on south (accuracy of all 0.6100 [0.5800, 0.6400] against 0.9000 on 800, breached):"
                                + " INT8 agrees with FP32, so other ranges cannot help; train the model anew, or ask with force");
        recalibrations.tick();
        assertThat(events).isEmpty();
        assertThat(tasks).isEmpty();
    }

    @Test
    void forceGoesAgainstTheVerdictAndThePace() throws Exception {
        // Given
        recalibrations.requested(request("r-1", MODEL));
        finish("r-1");
        recalibrations.heard(health(Verdict.CONCEPT_DRIFT, SOUTH));
        assertThat(recalibrations.demanded(demand("hand-1", false)).isOver()).isTrue();

        // When
        var forced = recalibrations.demanded(demand("hand-2", true));

        // Then
        assertThat(forced.step()).isEqualTo(JobStep.OBSERVING);
    }

    @Test
    void aVerdictThatIsOverAndThoseOfOthersDoNotStandInTheWay() throws Exception {
        // Given
        recalibrations.heard(health(Verdict.CONCEPT_DRIFT, SOUTH));
        recalibrations.heard(health(Verdict.STABLE, SOUTH));
        recalibrations.heard(health(Verdict.CONCEPT_DRIFT, NORTH));
        recalibrations.gone(health(Verdict.CONCEPT_DRIFT, NORTH).cohort().key());
        recalibrations.heard(health(Verdict.CONCEPT_DRIFT, new SiteId("west")));

        // Then
        assertThat(recalibrations.demanded(demand("hand-1", false)).step()).isEqualTo(JobStep.OBSERVING);
    }

    @Test
    void whatCannotBeUnderstoodIsSaid() throws Exception {
        var other = new Demand("h", new ModelName("other"), Optional.empty(), List.of(), "by ada", false);
        assertThatThrownBy(() -> recalibrations.demanded(other))
                .isInstanceOf(NotNowException.class)
                .hasMessageStartingWith("no gateway runs model 'other'");
        var idle = new Demand("h", MODEL, Optional.of(CANDIDATE), List.of(), "by ada", false);
        assertThatThrownBy(() -> recalibrations.demanded(idle))
                .hasMessageStartingWith("no gateway runs build " + CANDIDATE.shortHex());
        recalibrations.demanded(demand("hand-1", false));
        var second = new Demand("h", MODEL, Optional.of(CANDIDATE), List.of(NORTH), "by ada", false);
        assertThatThrownBy(() -> recalibrations.demanded(second))
                .hasMessage("recalibration hand-1 of this model is still running");
    }

    @Test
    void aCancelledJobEndsOnceWhateverComesLater() throws Exception {
        // Given
        recalibrations.requested(request("r-1", MODEL));
        recalibrations.requested(request("r-2", MODEL));
        BOTH.keySet().forEach(gateway -> recalibrations.answered(observed("r-1", MODEL, gateway)));

        // When
        var cancelled = recalibrations.cancel("r-1", "ada");
        builds.forEach(Runnable::run);
        recalibrations.tick();

        // Then
        assertThat(cancelled.step()).isEqualTo(JobStep.REFUSED);
        assertThat(events).extracting(RecalibrationEvent::id).containsExactly("r-1", "r-2");
        assertThat(refusal("r-1")).isEqualTo("cancelled by ada");
        assertThatThrownBy(() -> recalibrations.cancel("r-1", "ada"))
                .isInstanceOf(NotNowException.class)
                .hasMessage("recalibration r-1 is over: it was refused: cancelled by ada");
        assertThatThrownBy(() -> recalibrations.cancel("r-9", "ada")).isInstanceOf(UnknownJobException.class);
    }

    private void finish(String id) {
        recalibrations.answered(observed(id, MODEL, G1));
        recalibrations.answered(observed(id, MODEL, G2));
        builds.forEach(Runnable::run);
        builds.clear();
        recalibrations.answered(scored(id, MODEL, G1));
        recalibrations.answered(scored(id, MODEL, G2));
    }

    private List<RecalibrationEvent> accepted() {
        return events.stream()
                .filter(RecalibrationEvent.Accepted.class::isInstance)
                .toList();
    }

    private String refusal(String id) {
        var history = store.history(id);
        return history.get(history.size() - 1).what().substring("refused: ".length());
    }

    private static Requested at(String id, Instant at) {
        var like = request(id, MODEL);
        return new Requested(id, MODEL, like.version(), like.build(), like.sites(), like.because(), at);
    }

    private static Demand demand(String id, boolean force) {
        return new Demand(id, MODEL, Optional.empty(), List.of(), "by ada", force);
    }

    private static ModelHealth health(Verdict verdict, SiteId site) {
        return new ModelHealth(
                new Cohort(MODEL, VERSION, STALE, site),
                T0,
                T0.plusSeconds(300),
                800,
                new Fidelity(List.of(), 0, List.of()),
                List.of(),
                LatencyHistogram.EMPTY,
                verdict,
                List.of(new Evidence("accuracy", "all", 0.61, 0.58, 0.64, 0.9, 800, true)),
                Optional.empty());
    }
}
