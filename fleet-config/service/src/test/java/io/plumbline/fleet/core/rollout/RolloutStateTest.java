package io.plumbline.fleet.core.rollout;

import static io.plumbline.contract.message.RolloutStage.ABORTED;
import static io.plumbline.contract.message.RolloutStage.CANARY;
import static io.plumbline.contract.message.RolloutStage.COMPLETED;
import static io.plumbline.contract.message.RolloutStage.PAUSED;
import static io.plumbline.contract.message.RolloutStage.READY;
import static io.plumbline.contract.message.RolloutStage.ROLLED_BACK;
import static io.plumbline.contract.message.RolloutStage.ROLLING_BACK;
import static io.plumbline.contract.message.RolloutStage.WAVE;
import static io.plumbline.fleet.testing.Fleets.BASELINE;
import static io.plumbline.fleet.testing.Fleets.CANDIDATE;
import static io.plumbline.fleet.testing.Fleets.GW_NORTH;
import static io.plumbline.fleet.testing.Fleets.GW_SOUTH;
import static io.plumbline.fleet.testing.Fleets.T0;
import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.contract.message.RolloutStage;
import io.plumbline.contract.wire.Json;
import io.plumbline.fleet.core.judgement.Standing;
import io.plumbline.fleet.testing.Fleets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class RolloutStateTest {

    /** Where every event leads from every stage; a stage that is not named stays as it is. */
    private static final Map<Happening, Map<RolloutStage, RolloutStage>> TABLE = Map.of(
            Happening.PASS, Map.of(READY, CANARY, CANARY, WAVE, WAVE, COMPLETED),
            Happening.FAIL, Map.of(READY, CANARY, CANARY, ROLLING_BACK, WAVE, ROLLING_BACK, PAUSED, ROLLING_BACK),
            Happening.REFUSED, Map.of(READY, CANARY, CANARY, ROLLING_BACK, WAVE, ROLLING_BACK, PAUSED, ROLLING_BACK),
            Happening.TOO_LITTLE, Map.of(READY, CANARY),
            Happening.TOO_LITTLE_TOO_LATE, Map.of(READY, CANARY, CANARY, PAUSED, WAVE, PAUSED),
            Happening.SILENCE_TOO_LATE, Map.of(READY, CANARY, CANARY, PAUSED, WAVE, PAUSED),
            Happening.ALL_ON_BASELINE, Map.of(READY, CANARY, ROLLING_BACK, ROLLED_BACK),
            Happening.PAUSE, Map.of(CANARY, PAUSED, WAVE, PAUSED),
            Happening.RESUME, Map.of(PAUSED, CANARY),
            Happening.ABORT,
                    Map.of(READY, ABORTED, CANARY, ABORTED, WAVE, ABORTED, PAUSED, ABORTED, ROLLING_BACK, ABORTED));

    record Cell(RolloutStage stage, Happening event) {}

    static List<Cell> everyStateAndEvent() {
        var cells = new ArrayList<Cell>();
        for (var stage : RolloutStage.values()) {
            for (var event : Happening.values()) {
                cells.add(new Cell(stage, event));
            }
        }
        return cells;
    }

    @ParameterizedTest
    @MethodSource("everyStateAndEvent")
    void everyEventLeadsWhereTheTableSays(Cell cell) {
        // Given
        var before = Happening.stateIn(cell.stage());
        // When
        var after = cell.event().happensTo(before, T0.plusSeconds(10));
        // Then
        var expected = TABLE.get(cell.event()).getOrDefault(cell.stage(), cell.stage());
        assertThat(after.stage()).isEqualTo(expected);
        assertThat(after.step().revision()).isEqualTo(before.step().revision() + (expected == cell.stage() ? 0 : 1));
        assertThat(after.step().because()).isNotBlank();
    }

    @Test
    void tellsOnlyTheCanaryUntilItHasPassed() {
        // When
        var canary = Happening.stateIn(CANARY);
        // Then
        assertThat(canary.updated()).containsExactly(GW_NORTH);
        assertThat(canary.buildFor(GW_NORTH)).isEqualTo(CANDIDATE);
        assertThat(canary.buildFor(GW_SOUTH)).isEqualTo(BASELINE);
    }

    @Test
    void aFleetOfOneIsDoneAfterItsCanary() {
        // Given
        var canary = Happening.stateIn(CANARY);
        var alone = Happening.evidence(Standing.RUNS_CANDIDATE, Fleets.faithful(), List.of(GW_NORTH));
        // When
        var after = canary.look(new Situation(alone, Fleets.spec().rollout(), T0));
        // Then
        assertThat(after.stage()).isEqualTo(COMPLETED);
    }

    @Test
    void resumesIntoTheStageThatWasHeldWithAFreshDeadline() {
        // Given
        var wave = (Wave) Happening.stateIn(WAVE);
        var later = T0.plusSeconds(5000);
        var paused = Happening.TOO_LITTLE_TOO_LATE.happensTo(wave, later);
        // When
        var resumed = Happening.RESUME.happensTo(paused, later);
        // Then
        assertThat(resumed).isInstanceOf(Wave.class);
        assertThat(((Wave) resumed).deadline()).isEqualTo(later.plusSeconds(60));
        assertThat(resumed.updated()).isEqualTo(wave.updated());
    }

    @Test
    void pausesWithTheReason() {
        // When
        var noData = Happening.SILENCE_TOO_LATE.happensTo(Happening.stateIn(CANARY), T0);
        var inconclusive = Happening.TOO_LITTLE_TOO_LATE.happensTo(Happening.stateIn(CANARY), T0);
        // Then
        assertThat(noData.step().because()).startsWith("NO_DATA: ").contains("gw-north is silent");
        assertThat(inconclusive.step().because()).startsWith("INCONCLUSIVE: ").contains("of 200 inputs");
    }

    @Test
    void aRolloutThatWentBackStillSaysWhyAndOnWhatItRests() {
        // Given
        var goingBack = Happening.stateIn(ROLLING_BACK);
        // When
        var back = Happening.ALL_ON_BASELINE.happensTo(goingBack, T0);
        // Then
        assertThat(back.step().because())
                .isEqualTo(goingBack.step().because() + "; every updated gateway runs the baseline again");
        assertThat(back.step().evidence())
                .isNotEmpty()
                .isEqualTo(goingBack.step().evidence());
    }

    @ParameterizedTest
    @MethodSource("stages")
    void isTheSameAfterStorage(RolloutStage stage) {
        // Given
        var state = Happening.stateIn(stage);
        // When
        var restored = Json.decode(Json.encode(state), RolloutState.class);
        // Then
        assertThat(restored).isEqualTo(state);
    }

    static List<RolloutStage> stages() {
        return List.of(RolloutStage.values());
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
        if (after.active().isPresent() && after.stage() != ROLLING_BACK) {
            assertThat(after.updated())
                    .as("the share of updated gateways only grows")
                    .containsAll(before.updated());
        }
        if (after.stage() == ROLLING_BACK || after.stage() == ROLLED_BACK || after.stage() == ABORTED) {
            assertThat(after.buildFor(GW_NORTH)).as("everybody goes back").isEqualTo(BASELINE);
            assertThat(after.buildFor(GW_SOUTH)).isEqualTo(BASELINE);
        }
        if (after.stage() == COMPLETED && before.stage() != COMPLETED) {
            assertThat(before.stage()).as("completed only from the last stage").isEqualTo(WAVE);
        }
        assertThat(after.event().stage()).isEqualTo(after.stage());
    }
}
