package io.plumbline.benchmarks.rollouts;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.contract.message.RolloutStage;
import io.plumbline.rollout.log.Cause;
import org.junit.jupiter.api.Test;

/** Ten thousand gateways, and the network between the controller and every second of them cut for an hour of simulated time. */
class NetworkCutTest {

    private static final int HOUR = 60;

    @Test
    void anHourWithoutHalfOfTheGatewaysTellsNobodyMoreAndEndsWhereItShould() {
        // Given
        var fleet = inTheThirdWave(1);
        var told = fleet.mostUpdated();

        // When
        fleet.cut(true);
        for (int minute = 0; minute < HOUR; minute++) {
            fleet.minute();
        }

        // Then
        assertThat(fleet.state().stage()).isEqualTo(RolloutStage.PAUSED);
        assertThat(fleet.state().step().because()).contains("gateways are silent");
        assertThat(fleet.mostUpdated()).as("nobody more was told").isEqualTo(told);

        // When
        fleet.cut(false);
        fleet.ask(Cause.Wish.RESUME);
        fleet.run(48 * HOUR);
        fleet.minute();

        // Then
        assertThat(fleet.state().stage()).as(fleet.state().step().because()).isEqualTo(RolloutStage.COMPLETED);
        assertThat(fleet.onCandidate()).isEqualTo(1.0);
    }

    @Test
    void whoWasCutOffWhenARolloutWasEndedGoesBackWhenItReturns() {
        // Given
        var fleet = inTheThirdWave(2);
        fleet.run(5);

        // When
        fleet.cut(true);
        fleet.ask(Cause.Wish.ABORT);
        for (int minute = 0; minute < HOUR; minute++) {
            fleet.minute();
        }

        // Then
        assertThat(fleet.state().stage()).isEqualTo(RolloutStage.ABORTED);
        assertThat(fleet.onCandidate()).as("who heard nothing stays").isPositive();

        // When
        fleet.cut(false);
        fleet.minute();

        // Then
        assertThat(fleet.onCandidate()).isZero();
    }

    private static PureFleet inTheThirdWave(long seed) {
        var fleet = Rollouts.fleet(0, seed);
        Rollouts.toThirdWave(fleet);
        return fleet;
    }
}
