package io.plumbline.rollout.evidence;

import static io.plumbline.rollout.Known.GW_NORTH;
import static io.plumbline.rollout.Known.GW_SOUTH;
import static io.plumbline.rollout.Known.NORTH;
import static io.plumbline.rollout.Known.T0;
import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.contract.message.BuildStep;
import io.plumbline.rollout.policy.DeviceLimits;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class DeviceTallyTest {

    @ParameterizedTest
    @EnumSource(BuildStep.class)
    void aGatewayOnItsWayIsNamedWithItsStepAndWaitedFor(BuildStep step) {
        // When
        var tally = tally(standing(Standing.RUNS_BASELINE, Optional.of(step), T0), T0);

        // Then
        assertThat(tally.count(DeviceState.valueOf(step.name()))).isOne();
        assertThat(tally.pending()).isEqualTo(2);
        assertThat(tally.executed()).isZero();
        assertThat(tally.covered()).isFalse();
        assertThat(tally.missing())
                .containsExactly(
                        "gw-north does not run the candidate yet: it is " + step,
                        "gw-south does not run the candidate yet");
    }

    @Test
    void whatItRunsOrRefusesCountsAndNotHowItCameThere() {
        var late = Optional.of(BuildStep.SHADOW);
        assertThat(tally(standing(Standing.RUNS_CANDIDATE, late, T0), T0).count(DeviceState.ACTIVE))
                .isOne();
        assertThat(tally(standing(Standing.REFUSED, late, T0), T0).count(DeviceState.REJECTED))
                .isOne();
    }

    @Test
    void whoIsNotHeardIsSilentWhereverItWas() {
        var tally = tally(
                standing(Standing.RUNS_BASELINE, Optional.of(BuildStep.DOWNLOADING), T0),
                T0.plus(DeviceLimits.USUAL.silentAfter()).plusSeconds(1));

        assertThat(tally.count(DeviceState.SILENT)).isEqualTo(2);
        assertThat(tally.pending()).isZero();
    }

    private static GatewayStanding standing(Standing standing, Optional<BuildStep> step, Instant heard) {
        return new GatewayStanding(
                GW_NORTH, NORTH, standing, "", heard, Optional.empty(), Optional.empty(), Optional.empty(), step);
    }

    private static DeviceTally tally(GatewayStanding north, Instant now) {
        var south = new GatewayStanding(GW_SOUTH, NORTH, Standing.RUNS_BASELINE, "", T0);
        return DeviceTally.of(List.of(GW_NORTH, GW_SOUTH), T0, List.of(north, south), DeviceLimits.USUAL, now);
    }
}
