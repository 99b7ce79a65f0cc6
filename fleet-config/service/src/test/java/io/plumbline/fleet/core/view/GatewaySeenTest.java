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
import io.plumbline.contract.id.ModelName;
import io.plumbline.contract.message.BuildStep;
import io.plumbline.contract.message.GatewayEvent;
import io.plumbline.fleet.testing.Fleets;
import io.plumbline.rollout.policy.RolloutPlan;
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
