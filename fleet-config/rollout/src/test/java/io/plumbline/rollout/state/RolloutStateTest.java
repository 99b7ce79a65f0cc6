package io.plumbline.rollout.state;

import static io.plumbline.rollout.Known.GW_NORTH;
import static io.plumbline.rollout.Known.GW_SOUTH;
import static io.plumbline.rollout.Known.T0;
import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.contract.message.RolloutStage;
import io.plumbline.contract.wire.Json;
import io.plumbline.rollout.Known;
import io.plumbline.rollout.evidence.Standing;
import io.plumbline.rollout.judgement.Situation;
import io.plumbline.rollout.policy.MaintenanceWindow;
import io.plumbline.rollout.policy.Schedule;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class RolloutStateTest {

    private static final List<String> STATES = List.of(
            "READY",
            "OFFERING 1",
            "SOAKING 1",
            "EVALUATING 1",
            "PENDING_APPROVAL",
            "OFFERING 2",
            "SOAKING 2",
            "EVALUATING 2",
            "PAUSED",
            "ROLLING_BACK",
            "ROLLED_BACK",
            "COMPLETED",
            "ABORTED");

    /** At T0, a Thursday. */
    private static final Schedule CLOSED =
            new Schedule(Duration.ofSeconds(60), List.of(MaintenanceWindow.parse("Sat-Sun 01:00-05:00")), false);

    @Test
    void tellsOnlyTheCanaryUntilItHasPassedAndSomebodyApproved() {
        for (var name : List.of("OFFERING 1", "SOAKING 1", "EVALUATING 1", "PENDING_APPROVAL", "APPROVED")) {
            // When
            var state = Happening.stateIn(name);
            // Then
            assertThat(state.updated()).as(name).containsExactly(GW_NORTH);
            assertThat(state.withCandidate()).as(name).containsExactly(GW_NORTH);
        }
        assertThat(Happening.stateIn("OFFERING 1").stage()).isEqualTo(RolloutStage.CANARY);
        assertThat(Happening.stateIn("PENDING_APPROVAL").stage()).isEqualTo(RolloutStage.PAUSED);
        assertThat(Happening.stateIn("OFFERING 2").stage()).isEqualTo(RolloutStage.WAVE);
    }

    @Test
    void aFleetOfOneIsDoneAfterItsOnlyWave() {
        // Given
        RolloutState state = RolloutState.accepted(Happening.PLAN, "recalibrated", T0);
        var now = T0;
        // When
        for (int look = 0; look < 5; look++) {
            now = now.plusSeconds(1);
            var alone = Happening.evidence(Standing.RUNS_CANDIDATE, Known.faithful(), now, List.of(GW_NORTH));
            state = state.look(new Situation(alone, Known.POLICY, now));
        }
        // Then
        assertThat(state.stage()).isEqualTo(RolloutStage.COMPLETED);
    }

    @Test
    void resumesIntoTheStateThatWasHeldWithFreshTime() {
        // Given
        var evaluating = (Evaluating) Happening.stateIn("EVALUATING 2");
        var later = T0.plusSeconds(5000);
        var paused = Happening.TOO_LITTLE_TOO_LATE.happensTo(evaluating, later);
        // When
        var resumed = Happening.RESUME.happensTo(paused, later);
        // Then
        assertThat(resumed).isInstanceOf(Evaluating.class);
        assertThat(((Evaluating) resumed).deadline()).isEqualTo(later.plusSeconds(60));
        assertThat(resumed.updated()).isEqualTo(evaluating.updated());
    }

    @Test
    void pausesWithTheReasonAndKnowsWhetherItWasAPerson() {
        // When
        var noData = Happening.SILENCE_TOO_LATE.happensTo(Happening.stateIn("OFFERING 1"), T0);
        var inDoubt = Happening.TOO_LITTLE_TOO_LATE.happensTo(Happening.stateIn("EVALUATING 1"), T0);
        // Then
        assertThat(noData.step().because()).startsWith("NO_DATA: ").contains("gw-north is silent");
        assertThat(inDoubt.step().because()).startsWith("INCONCLUSIVE: ").contains("of 200 inputs");
        assertThat(((Paused) inDoubt).byPerson()).isFalse();
        assertThat(((Paused) Happening.stateIn("PAUSED")).byPerson()).isTrue();
    }

    @Test
    void tellsNobodyWhileTheScheduleIsClosedAndSaysSoOnce() {
        // Given T0 is a Thursday, midnight
        var closed = List.of(CLOSED, new Schedule(Duration.ofSeconds(60), List.of(), true));
        for (var schedule : closed) {
            var policy = Known.with(schedule);
            for (var name : List.of("READY", "EVALUATING 2")) {
                var state = Happening.stateIn(name);
                var now = T0.plusSeconds(30);
                var both = List.of(GW_NORTH, GW_SOUTH);
                var good = Happening.evidence(Standing.RUNS_CANDIDATE, Known.faithful(), now, both);
                var bad = Happening.evidence(Standing.REFUSED, Known.faithful(), now, both);
                // When
                var waits = state.look(new Situation(good, policy, now));
                var still = waits.look(new Situation(good, policy, now.plusSeconds(1)));
                var back = waits.look(new Situation(bad, policy, now));
                var goesOn = waits.look(new Situation(good, Happening.POLICY, now));
                // Then
                assertThat(waits.updated()).as(name).isEqualTo(state.updated());
                assertThat(waits.step().revision()).isEqualTo(state.step().revision() + 1);
                assertThat(waits.step().because())
                        .contains(
                                schedule.freeze()
                                        ? "waits until the freeze is lifted"
                                        : "waits until 2026-01-03T01:00:00Z, when its maintenance window opens");
                assertThat(still).as("told once").isEqualTo(waits);
                assertThat(goesOn.phase()).isIn("OFFERING", "COMPLETED");
                assertThat(back.stage())
                        .isEqualTo(name.equals("READY") ? RolloutStage.READY : RolloutStage.ROLLING_BACK);
            }
        }
    }

    @Test
    void aBlipWhileTheScheduleIsClosedDoesNotPauseAWaveThatHasPassed() {
        // Given a PASS that waits for the weekend, and long after its deadline one look without evidence
        var policy = Known.with(CLOSED);
        var both = List.of(GW_NORTH, GW_SOUTH);
        var later = T0.plus(Duration.ofHours(20));
        var good = Happening.evidence(Standing.RUNS_CANDIDATE, Known.faithful(), later, both);
        var blip = Happening.evidence(Standing.RUNS_CANDIDATE, Known.fidelity(20, 20, 0, 0, 0), later, both);
        var bad = Happening.evidence(Standing.REFUSED, Known.faithful(), later, both);
        var waits = Happening.stateIn("EVALUATING 2").look(new Situation(good, policy, T0.plusSeconds(30)));
        // When
        var after = waits.look(new Situation(blip, policy, later));
        var back = after.look(new Situation(bad, policy, later));
        // Then
        assertThat(after).as("nothing is told, nothing is due").isEqualTo(waits);
        assertThat(back.stage()).isEqualTo(RolloutStage.ROLLING_BACK);

        // When the window opens, and the evidence is not there yet
        var opens = Instant.parse("2026-01-03T01:00:00Z");
        var few = Happening.evidence(Standing.RUNS_CANDIDATE, Known.fidelity(20, 20, 0, 0, 0), opens, both);
        var enough = Happening.evidence(Standing.RUNS_CANDIDATE, Known.faithful(), opens, both);
        var open = after.look(new Situation(few, policy, opens));
        var soon = open.look(new Situation(few, policy, opens.plusSeconds(59)));
        var late = open.look(new Situation(few, policy, opens.plusSeconds(60)));
        var proven = open.look(new Situation(enough, policy, opens.plusSeconds(59)));
        // Then
        assertThat(((Evaluating) open).deadline()).isEqualTo(opens.plusSeconds(60));
        assertThat(open.step().because()).startsWith("more may be told again").contains("of 200 inputs");
        assertThat(soon).isEqualTo(open);
        assertThat(late.stage()).isEqualTo(RolloutStage.PAUSED);
        assertThat(proven.stage()).isEqualTo(RolloutStage.COMPLETED);
    }

    @Test
    void aWaveThatIsNotProvenYetHasNoDeadlineWhileTheScheduleIsClosedAndSaysSoOnce() {
        // Given
        var frozen = Known.with(new Schedule(Duration.ofSeconds(60), List.of(), true));
        var both = List.of(GW_NORTH, GW_SOUTH);
        var later = T0.plus(Duration.ofHours(20));
        var few =
                Happening.evidence(Standing.RUNS_CANDIDATE, Known.fidelity(20, 20, 0, 0, 0), T0.plusSeconds(30), both);
        var good = Happening.evidence(Standing.RUNS_CANDIDATE, Known.faithful(), later, both);
        // When
        var closed = Happening.stateIn("EVALUATING 2").look(new Situation(few, frozen, T0.plusSeconds(30)));
        var still = closed.look(new Situation(few, frozen, T0.plusSeconds(85)));
        var passed = closed.look(new Situation(good, frozen, later));
        var lifted = closed.look(new Situation(few, Happening.POLICY, T0.plusSeconds(85)));
        // Then
        assertThat(closed.step().because())
                .contains("judged without a deadline, since what follows waits until the freeze is lifted")
                .contains("of 200 inputs");
        assertThat(still).as("told once, and not paused").isEqualTo(closed);
        assertThat(passed.step().because()).startsWith("PASS on").contains("waits until the freeze is lifted");
        assertThat(((Evaluating) lifted).deadline()).isEqualTo(T0.plusSeconds(85 + 60));
        assertThat(Json.decode(Json.encode(closed), RolloutState.class)).isEqualTo(closed);
    }

    @Test
    void aRolloutOfAFleetWithoutGatewaysSaysOnceWhatItWaitsFor() {
        // Given
        var state = Happening.stateIn("READY");
        var now = T0.plusSeconds(30);
        var nobody = Happening.evidence(Standing.RUNS_BASELINE, Known.faithful(), now, List.of());
        var both = Happening.evidence(Standing.RUNS_BASELINE, Known.faithful(), now, List.of(GW_NORTH, GW_SOUTH));
        // When
        var waits = state.look(new Situation(nobody, Happening.POLICY, now));
        var still = waits.look(new Situation(nobody, Happening.POLICY, now.plusSeconds(1)));
        var goesOn = waits.look(new Situation(both, Happening.POLICY, now));
        // Then
        assertThat(waits.phase()).isEqualTo("READY");
        assertThat(waits.step().because()).isEqualTo("the first wave waits until a gateway is in the fleet");
        assertThat(still).as("told once").isEqualTo(waits);
        assertThat(goesOn.phase()).isEqualTo("OFFERING");
    }

    @Test
    void whoKeepsTheCandidateIsKnownAfterAnEnd() {
        // When
        var kept = Happening.ABORT_KEEP.happensTo(Happening.stateIn("SOAKING 1"), T0);
        var reverted = Happening.ABORT.happensTo(Happening.stateIn("SOAKING 1"), T0);
        var failed = Happening.ABORT_KEEP.happensTo(Happening.stateIn("ROLLING_BACK"), T0);
        // Then
        assertThat(kept.withCandidate()).containsExactly(GW_NORTH);
        assertThat(reverted.withCandidate()).isEmpty();
        assertThat(failed.withCandidate()).isEmpty();
    }

    @Test
    void aRolloutThatWentBackStillSaysWhyAndOnWhatItRests() {
        // Given
        var goingBack = Happening.stateIn("ROLLING_BACK");
        // When
        var back = Happening.ALL_ON_BASELINE.happensTo(goingBack, T0.plusSeconds(2));
        var silent = Happening.SILENCE_TOO_LATE.happensTo(goingBack, T0);
        // Then
        assertThat(back.step().because())
                .isEqualTo(goingBack.step().because() + "; every updated gateway runs the baseline again");
        assertThat(back.step().evidence())
                .isNotEmpty()
                .isEqualTo(goingBack.step().evidence());
        assertThat(silent.stage()).isEqualTo(RolloutStage.ROLLED_BACK);
    }

    @Test
    void aGatewayThatDoesNotGoBackHoldsUpARolloutUntilItsDeadlineAndIsNamed() {
        // Given
        var goingBack = Happening.stateIn("ROLLING_BACK");
        var deadline = goingBack.step().at().plus(Happening.POLICY.schedule().deadline());
        // When
        var waiting = Happening.PASS.happensTo(goingBack, deadline.minusMillis(1));
        var over = Happening.PASS.happensTo(goingBack, deadline);
        // Then
        assertThat(waiting).isEqualTo(goingBack);
        assertThat(over.stage()).isEqualTo(RolloutStage.ROLLED_BACK);
        assertThat(over.step().because())
                .isEqualTo(
                        goingBack.step().because()
                                + "; after PT1M these are heard and do not run the baseline: gw-north; they go on being told to");
        assertThat(over.step().evidence())
                .containsAll(goingBack.step().evidence())
                .anySatisfy(fact -> {
                    assertThat(fact.measure()).isEqualTo("not back");
                    assertThat(fact.value()).isOne();
                    assertThat(fact.breached()).isTrue();
                });
        assertThat(over.withCandidate()).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("states")
    void isTheSameAfterStorage(String name) {
        // Given
        var state = Happening.stateIn(name);
        // When
        var restored = Json.decode(Json.encode(state), RolloutState.class);
        // Then
        assertThat(restored).isEqualTo(state);
        assertThat(Json.encode(restored)).isEqualTo(Json.encode(state));
    }

    static List<String> states() {
        return STATES;
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void keepsItsPromisesOnARandomWalk(long seed) {
        // Given
        var random = new SplittableRandom(seed);
        for (int walk = 0; walk < 200; walk++) {
            RolloutState state = RolloutState.accepted(Happening.PLAN, "walk " + walk, T0);
            var now = T0;
            var revisions = new HashSet<Long>();
            // When
            for (int step = 0; step < 60; step++) {
                now = now.plusSeconds(random.nextInt(40));
                var next = Happening.values()[random.nextInt(Happening.values().length)].happensTo(state, now);
                // Then
                assertPromises(state, next);
                assertThat(next.equals(state) || revisions.add(next.step().revision()))
                        .as("a revision names one state")
                        .isTrue();
                state = next;
            }
        }
    }

    private static void assertPromises(RolloutState before, RolloutState after) {
        if (before.stage().isFinal()) {
            assertThat(after).as("final is final").isEqualTo(before);
        }
        if (after.active().isPresent() && after.stage() != RolloutStage.ROLLING_BACK) {
            assertThat(after.updated())
                    .as("the share of updated gateways only grows")
                    .containsAll(before.updated());
        }
        if (List.of(RolloutStage.ROLLING_BACK, RolloutStage.ROLLED_BACK).contains(after.stage())) {
            assertThat(after.withCandidate()).as("everybody goes back").isEmpty();
        }
        if (after.stage() == RolloutStage.COMPLETED && before.stage() != RolloutStage.COMPLETED) {
            assertThat(Happening.nameOf(before))
                    .as("completed only from the last wave")
                    .isEqualTo("EVALUATING 2");
        }
        assertThat(after.event().stage()).isEqualTo(after.stage());
    }
}
