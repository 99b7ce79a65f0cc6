package io.plumbline.fleet.adapter.yaml;

import static io.plumbline.fleet.testing.Fleets.BASELINE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.plumbline.contract.id.ModelName;
import io.plumbline.fleet.core.spec.InvalidFleetException;
import io.plumbline.fleet.core.spec.SpecProblem;
import io.plumbline.fleet.testing.Fleets;
import io.plumbline.rollout.policy.DeviceLimits;
import io.plumbline.rollout.policy.MaintenanceWindow;
import io.plumbline.rollout.policy.QualityGate;
import io.plumbline.rollout.policy.WavePlan;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RolloutYamlTest {

    private static final String GOOD = Fleets.yaml(BASELINE);

    @Test
    void readsEverySettingOfARollout() {
        // Given
        var section =
                "rollout: {waves: [10, 100], approveBefore: [100], soak: PT24H, baselineShare: 0.1, minCoverage: 0.8,"
                        + " minExecuted: 5, silentAfter: PT5M, maxFailedShare: 0.02, maxFailed: 3, maxMemoryRatio: 1.25, maxLoss: 0.005, alpha: 0.01,"
                        + " maxLatencyRatio: 1.5, windows: ['Mon-Fri 22:00-04:00 Europe/Berlin'], freeze: true}";
        // When
        var policy = Fleets.parse(GOOD.replaceAll("rollout: .*", section)).rollout();
        // Then
        assertThat(policy.canary()).isEmpty();
        assertThat(policy.waves())
                .isEqualTo(new WavePlan(List.of(10.0, 100.0), List.of(100.0), Duration.ofDays(1), 0.1));
        assertThat(policy.devices())
                .isEqualTo(new DeviceLimits(0.8, 5, Duration.ofMinutes(5), 0.02, Optional.of(3), Optional.of(1.25)));
        assertThat(policy.quality()).isEqualTo(new QualityGate(200, 0.1, 0.98, 0.75, 0.005, 0.01, Optional.of(1.5)));
        assertThat(policy.schedule().freeze()).isTrue();
        assertThat(policy.schedule().windows())
                .containsExactly(MaintenanceWindow.parse("Mon-Fri 22:00-04:00 Europe/Berlin"));
    }

    @Test
    void aModelMayHaveAPolicyOfItsOwnOverThatOfAll() {
        // Given
        var file = GOOD.replaceAll(
                        "rollout: .*", "rollout: {canary: gw-north, waves: [10, 100], maxFailed: 3, freeze: true}")
                .replace(
                        "climate-event: {",
                        "another: {build: \"" + BASELINE
                                + "\"}\n  climate-event: {rollout: {soak: P1D, freeze: false}, ");

        // When
        var fleet = Fleets.parse(file);

        // Then
        var own = fleet.rollout(Fleets.MODEL);
        assertThat(own.waves().soak()).isEqualTo(Duration.ofDays(1));
        assertThat(own.waves().percents()).containsExactly(10.0, 100.0);
        assertThat(own.schedule().freeze()).isFalse();
        assertThat(own.devices().maxFailed()).contains(3);
        assertThat(own.canary()).contains(Fleets.GW_NORTH);
        assertThat(fleet.rollout(new ModelName("another"))).isEqualTo(fleet.rollout());
        assertThat(fleet.rollout().schedule().freeze()).isTrue();
        assertThatThrownBy(() -> FleetYaml.parse(file.replace("soak: P1D", "soak: a day")))
                .hasMessageContaining("models.climate-event.rollout.soak: 'a day' must be an ISO-8601 duration");
    }

    @Test
    void namesEverythingThatIsWrongAtOnce() {
        // Given
        var section =
                "rollout: {canary: gw-nroth, waves: [five, 100], soak: a day, minCoverage: 0, alpha: 0.7, windows: [at night,"
                        + " 'Mon 10:00-11:00', soon], freeze: perhaps}";

        // Then
        assertThatThrownBy(() -> FleetYaml.parse(GOOD.replaceAll("rollout: .*", section)))
                .isInstanceOfSatisfying(
                        InvalidFleetException.class,
                        e -> assertThat(e.problems())
                                .extracting(SpecProblem::path)
                                .containsExactly(
                                        "rollout.canary",
                                        "rollout.waves[0]",
                                        "rollout.soak",
                                        "rollout.minCoverage",
                                        "rollout.alpha",
                                        "rollout.windows[0]",
                                        "rollout.windows[2]",
                                        "rollout.freeze"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "waves: [5, 1, 100]|rollout.waves: waves [5.0, 1.0, 100.0] must rise",
                "waves: [5, 50]|rollout.waves: waves [5.0, 50.0] must end with 100",
                "waves: [five]|rollout.waves[0]: 'five' must be a number",
                "approveBefore: [30]|must be among the waves",
                "baselineShare: 0.9|baselineShare 0.9 must be between 0 and 0.5",
                "minCoverage: 0|rollout.minCoverage: minCoverage must be more than 0",
                "maxLoss: nothing|rollout.maxLoss: 'nothing' must be a number between 0 and 1",
                "alpha: 0.7|alpha 0.7 must be more than 0 and at most 0.5",
                "windows: [at night]|rollout.windows[0]: 'at night' must be hours like 22:00-04:00",
                "maxMemoryRatio: 0.9|maxMemoryRatio 0.9 must be at least 1",
                "freeze: perhaps|rollout.freeze: 'perhaps' must be true or false",
                "soak: a day|rollout.soak: 'a day' must be an ISO-8601 duration"
            })
    void refusesAThresholdThatCannotBeHeld(String setting, String complaint) {
        assertThatThrownBy(() -> FleetYaml.parse(GOOD.replaceAll("rollout: .*", "rollout: {" + setting + "}")))
                .hasMessageContaining(complaint);
    }
}
