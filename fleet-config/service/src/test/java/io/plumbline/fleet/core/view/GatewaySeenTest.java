package io.plumbline.fleet.core.view;

import static io.plumbline.fleet.testing.Fleets.BASELINE;
import static io.plumbline.fleet.testing.Fleets.CANDIDATE;
import static io.plumbline.fleet.testing.Fleets.GW_NORTH;
import static io.plumbline.fleet.testing.Fleets.MODEL;
import static io.plumbline.fleet.testing.Fleets.NORTH;
import static io.plumbline.fleet.testing.Fleets.STREAM;
import static io.plumbline.fleet.testing.Fleets.T0;
import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.contract.fleet.Assignment;
import io.plumbline.contract.fleet.StreamAssignment;
import io.plumbline.contract.id.ModelName;
import io.plumbline.contract.message.BuildStep;
import io.plumbline.contract.message.GatewayEvent;
import io.plumbline.fleet.testing.Fleets;
import io.plumbline.rollout.evidence.Standing;
import io.plumbline.rollout.policy.RolloutPlan;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class GatewaySeenTest {

    private static final RolloutPlan PLAN = new RolloutPlan("r-1", MODEL, BASELINE, CANDIDATE);

    @Test
    void whatABeatSaysOfTheCandidateIsItsStepUntilTheNextBeat() {
        // Given
        var one = new GatewayEvent.Underway(MODEL, CANDIDATE, BuildStep.DOWNLOADING);
        var ofAnother = new GatewayEvent.Underway(new ModelName("another"), CANDIDATE, BuildStep.SHADOW);

        // When
        var fetching = GatewaySeen.never(GW_NORTH).after(beat(List.of(ofAnother, one)), T0);

        // Then
        assertThat(step(fetching)).contains(BuildStep.DOWNLOADING);
        assertThat(step(fetching.after(Fleets.refused(GW_NORTH, BASELINE, 1, T0), T0)))
                .contains(BuildStep.DOWNLOADING);
        assertThat(step(fetching.after(beat(List.of()), T0))).isEmpty();
        assertThat(step(GatewaySeen.never(GW_NORTH).after(beat(List.of(ofAnother)), T0)))
                .isEmpty();
    }

    @Test
    void aBeatFromBeforeTheWaveThatComesAgainDoesNotLookLikeAGatewayThatWentBack() {
        // Given
        var before = Fleets.beat(GW_NORTH, BASELINE, 1, 10, T0);
        var now = Fleets.beat(GW_NORTH, CANDIDATE, 2, 20, T0.plusSeconds(10));
        var seen = GatewaySeen.never(GW_NORTH).after(before, T0).after(now, T0.plusSeconds(10));

        // When
        var again = seen.after(before, T0.plusSeconds(11));
        var activated = seen.after(
                new GatewayEvent.BuildActivated(GW_NORTH, NORTH, T0, STREAM, MODEL, BASELINE, 1, Optional.empty()),
                T0.plusSeconds(11));

        // Then
        assertThat(standing(seen)).isEqualTo(Standing.RUNS_CANDIDATE);
        assertThat(standing(again)).isEqualTo(Standing.RUNS_CANDIDATE);
        assertThat(again.generation()).isEqualTo(2);
        assertThat(standing(activated)).isEqualTo(Standing.RUNS_CANDIDATE);
    }

    /** It says what ran when it was begun, and comes a moment behind the activation, through another queue. */
    @Test
    void aBeatThatWasOnItsWayWhileTheCandidateWasActivatedDoesNotLookLikeAGatewayThatWentBack() {
        // Given
        var running = GatewaySeen.never(GW_NORTH)
                .after(Fleets.beat(GW_NORTH, BASELINE, 1, 10, T0), T0)
                .after(Fleets.beat(GW_NORTH, BASELINE, 1, 20, T0.plusSeconds(1)), T0.plusSeconds(1));
        var activation = new GatewayEvent.BuildActivated(
                GW_NORTH, NORTH, T0.plusMillis(1_500), STREAM, MODEL, CANDIDATE, 2, Optional.empty());

        for (var millis : List.of(1_490, 1_500, 1_510)) {
            // When
            var onItsWay = Fleets.beat(GW_NORTH, BASELINE, 1, 30, T0.plusMillis(millis));
            var seen = running.after(activation, T0.plusSeconds(2)).after(onItsWay, T0.plusSeconds(2));
            var twice = seen.after(onItsWay, T0.plusSeconds(2));
            var next = twice.after(Fleets.beat(GW_NORTH, CANDIDATE, 2, 40, T0.plusSeconds(3)), T0.plusSeconds(3));

            // Then
            assertThat(standing(seen)).as("a beat of " + millis).isEqualTo(Standing.RUNS_OTHER);
            assertThat(standing(twice)).as("the same beat again").isEqualTo(Standing.RUNS_OTHER);
            assertThat(standing(next)).isEqualTo(Standing.RUNS_CANDIDATE);

            // And: it did go back
            var back = twice.after(Fleets.beat(GW_NORTH, BASELINE, 1, 40, T0.plusSeconds(3)), T0.plusSeconds(3));
            assertThat(standing(back)).isEqualTo(Standing.FELL_BACK);
        }
    }

    @Test
    void aBeatFromBeforeItsNewestAssignmentDoesNotSayThatAGatewayIsBack() {
        // When
        var before = GatewaySeen.never(GW_NORTH).after(Fleets.beat(GW_NORTH, BASELINE, 1, 10, T0), T0);
        var since = before.after(Fleets.beat(GW_NORTH, BASELINE, 2, 20, T0.plusSeconds(10)), T0.plusSeconds(10));

        // Then
        assertThat(standing(before)).isEqualTo(Standing.RUNS_OTHER);
        assertThat(standing(since)).isEqualTo(Standing.RUNS_BASELINE);
    }

    @Test
    void whoLostItsDiskOrWhoseClockWasSetBackIsBelieved() {
        // Given
        var seen = GatewaySeen.never(GW_NORTH).after(Fleets.beat(GW_NORTH, CANDIDATE, 2, 20, T0), T0);

        // When
        var lost = seen.after(Fleets.beat(GW_NORTH, BASELINE, 1, 0, T0.plusSeconds(10)), T0.plusSeconds(10))
                .after(Fleets.beat(GW_NORTH, BASELINE, 1, 1, T0.plusSeconds(11)), T0.plusSeconds(11));
        var setBack = seen.after(Fleets.beat(GW_NORTH, BASELINE, 2, 30, T0.minusSeconds(60)), T0.plusSeconds(10))
                .after(Fleets.beat(GW_NORTH, BASELINE, 2, 31, T0.minusSeconds(59)), T0.plusSeconds(11));

        // Then
        assertThat(standing(lost)).isEqualTo(Standing.FELL_BACK);
        assertThat(standing(setBack)).isEqualTo(Standing.FELL_BACK);
    }

    private static Standing standing(GatewaySeen seen) {
        var stream = new StreamAssignment(
                STREAM,
                "sites/north/climate",
                List.of(),
                MODEL,
                CANDIDATE,
                0.5,
                Duration.ofMinutes(5),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
        return seen.standing(new Assignment(GW_NORTH, NORTH, 2, List.of(stream)), PLAN, Optional.empty())
                .standing();
    }

    private static Optional<BuildStep> step(GatewaySeen seen) {
        return seen.standing(new Assignment(GW_NORTH, NORTH, 2, List.of()), PLAN, Optional.empty())
                .step();
    }

    private static GatewayEvent.Heartbeat beat(List<GatewayEvent.Underway> underway) {
        var usual = Fleets.beat(GW_NORTH, BASELINE, 1, 10, T0);
        return new GatewayEvent.Heartbeat(
                usual.gateway(),
                usual.site(),
                usual.at(),
                usual.generation(),
                List.of(new GatewayEvent.RunningStream(STREAM, MODEL, BASELINE)),
                usual.counters(),
                Optional.empty(),
                Optional.of(underway).filter(builds -> !builds.isEmpty()));
    }
}
