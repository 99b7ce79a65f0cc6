package io.plumbline.fleet.core.view;

import static io.plumbline.fleet.testing.Fleets.BASELINE;
import static io.plumbline.fleet.testing.Fleets.CANDIDATE;
import static io.plumbline.fleet.testing.Fleets.GW_NORTH;
import static io.plumbline.fleet.testing.Fleets.GW_SOUTH;
import static io.plumbline.fleet.testing.Fleets.MODEL;
import static io.plumbline.fleet.testing.Fleets.NORTH;
import static io.plumbline.fleet.testing.Fleets.SOUTH;
import static io.plumbline.fleet.testing.Fleets.STREAM;
import static io.plumbline.fleet.testing.Fleets.T0;
import static io.plumbline.fleet.testing.Fleets.beat;
import static io.plumbline.fleet.testing.Fleets.faithful;
import static io.plumbline.fleet.testing.Fleets.health;
import static io.plumbline.fleet.testing.Fleets.stale;
import static io.plumbline.fleet.testing.Fleets.yaml;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.plumbline.contract.fleet.FleetOverview.GatewayView;
import io.plumbline.contract.id.Digest;
import io.plumbline.contract.id.GatewayId;
import io.plumbline.contract.message.GatewayEvent;
import io.plumbline.contract.message.RecalibrationEvent;
import io.plumbline.contract.message.Verdict;
import io.plumbline.contract.message.VerdictEvent;
import io.plumbline.fleet.core.control.ControlPlane;
import io.plumbline.fleet.testing.Fleets;
import io.plumbline.fleet.testing.InMemoryFleetStore;
import io.plumbline.fleet.testing.MutableClock;
import io.plumbline.rollout.evidence.GatewayStanding;
import io.plumbline.rollout.evidence.Standing;
import io.plumbline.rollout.policy.RolloutPlan;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class OverviewTest {

    private final FleetObservations heard = new FleetObservations(Duration.ofSeconds(10));
    private final ControlPlane control =
            new ControlPlane(new InMemoryFleetStore(), heard, change -> {}, new MutableClock(T0));

    @BeforeEach
    void apply() {
        control.apply(yaml(BASELINE), Fleets.spec());
    }

    @Test
    void showsEveryConfiguredGatewayEvenASilentOne() {
        // When
        var overview = Overview.of(control.state(), heard, T0);
        // Then
        assertThat(overview.gateways()).extracting(GatewayView::gateway).containsExactly(GW_NORTH, GW_SOUTH);
        assertThat(overview.gateways()).extracting(GatewayView::lastSeen).containsOnly(Instant.EPOCH);
        assertThat(overview.gateways()).extracting(GatewayView::assigned).containsOnly(List.of(BASELINE));
        assertThat(overview.gateways())
                .extracting(GatewayView::desiredGeneration)
                .containsOnly(1L);
    }

    @Test
    void countsAcceptedReadingsBetweenTheLastTwoHeartbeats() {
        // Given
        heard.on(beat(GW_NORTH, BASELINE, 1, 100, T0), T0);
        heard.on(beat(GW_NORTH, BASELINE, 1, 420, T0.plusSeconds(2)), T0.plusSeconds(2));
        // Then
        assertThat(north(T0.plusSeconds(2)).readingsPerSecond()).isCloseTo(160, within(1e-9));
        assertThat(north(T0.plusSeconds(30)).readingsPerSecond()).as("silent").isZero();
        // When its data folder is made anew
        heard.on(beat(GW_NORTH, BASELINE, 1, 5, T0.plusSeconds(4)), T0.plusSeconds(4));
        // Then
        assertThat(north(T0.plusSeconds(4)).readingsPerSecond()).isZero();
    }

    @Test
    void showsHealthOnlyWhereTheBuildIsAssigned() {
        // Given
        heard.on(health(BASELINE, SOUTH, stale(), T0), T0);
        heard.on(health(BASELINE, NORTH, stale(), T0), T0);
        heard.on(health(CANDIDATE, NORTH, faithful(), T0), T0);
        // When
        var overview = Overview.of(control.state(), heard, T0);
        // Then
        assertThat(overview.health()).extracting(one -> one.cohort().site()).containsExactly(NORTH, SOUTH);
        assertThat(overview.health()).extracting(one -> one.cohort().build()).containsOnly(BASELINE);
    }

    @Test
    void keepsTheNewestEventOfEachRecalibrationNewestFirst() {
        // Given
        for (int i = 0; i < 60; i++) {
            heard.on(
                    new RecalibrationEvent.Requested(
                            "v-" + i, MODEL, Fleets.VERSION, BASELINE, List.of(NORTH), "stale", T0),
                    T0);
        }
        // When
        heard.on(new RecalibrationEvent.Accepted("v-58", MODEL, BASELINE, CANDIDATE, "better", List.of(), T0), T0);
        // Then
        var shown = Overview.of(control.state(), heard, T0).recalibrations();
        assertThat(shown).hasSize(50);
        assertThat(shown.get(0).id()).isEqualTo("v-59");
        assertThat(shown.get(1)).isInstanceOf(RecalibrationEvent.Accepted.class);
    }

    @Test
    void showsVerdictsNewestFirst() {
        // Given
        var cohort = health(BASELINE, NORTH, stale(), T0).cohort();
        heard.on(VerdictEvent.of(cohort, T0, Verdict.STABLE, Verdict.INSUFFICIENT, "all is well", List.of()), T0);
        heard.on(
                VerdictEvent.of(
                        cohort, T0.plusSeconds(1), Verdict.CALIBRATION_STALE, Verdict.STABLE, "it clips", List.of()),
                T0);
        // Then
        assertThat(Overview.of(control.state(), heard, T0).verdicts())
                .extracting(VerdictEvent::verdict)
                .containsExactly(Verdict.CALIBRATION_STALE, Verdict.STABLE);
    }

    @Test
    void knowsWhereEveryGatewayStands() {
        // Given
        assertThat(standingOfNorth(T0)).isEqualTo(Standing.RUNS_OTHER);
        // Then
        heard.on(new GatewayEvent.Started(GW_NORTH, NORTH, T0), T0);
        assertThat(standingOfNorth(T0)).isEqualTo(Standing.RUNS_OTHER);
        heard.on(beat(GW_NORTH, BASELINE, 1, 0, T0), T0);
        assertThat(standingOfNorth(T0)).isEqualTo(Standing.RUNS_BASELINE);
        heard.on(
                new GatewayEvent.BuildActivated(GW_NORTH, NORTH, T0, STREAM, MODEL, CANDIDATE, 2, Optional.empty()),
                T0);
        assertThat(standingOfNorth(T0)).isEqualTo(Standing.RUNS_CANDIDATE);
        heard.on(Fleets.refused(GW_NORTH, CANDIDATE, 0, T0), T0);
        assertThat(standingOfNorth(T0)).as("it refused an older assignment").isEqualTo(Standing.RUNS_CANDIDATE);
        heard.on(Fleets.refused(GW_NORTH, CANDIDATE, 1, T0), T0);
        assertThat(standingOfNorth(T0)).as("it ran before").isEqualTo(Standing.FAILED);
        heard.on(beat(GW_SOUTH, CANDIDATE, 1, 0, T0), T0);
        heard.on(beat(GW_SOUTH, BASELINE, 1, 0, T0), T0);
        assertThat(standingOf(GW_SOUTH, T0))
                .as("one beat may have been on its way")
                .isEqualTo(Standing.RUNS_BASELINE);
        heard.on(beat(GW_SOUTH, BASELINE, 1, 0, T0.plusSeconds(1)), T0);
        assertThat(standingOf(GW_SOUTH, T0)).isEqualTo(Standing.FELL_BACK);
        heard.on(Fleets.refused(GW_SOUTH, Fleets.build("third"), 1, T0), T0);
        assertThat(standingOf(GW_SOUTH, Fleets.build("third"), T0))
                .as("it never ran")
                .isEqualTo(Standing.REFUSED);
    }

    @Test
    void tellsSilenceByItsOwnClockAndNotByTheGateways() {
        // When a gateway's clock is an hour behind
        heard.on(beat(GW_NORTH, BASELINE, 1, 0, T0.minusSeconds(3600)), T0);
        // Then
        assertThat(standingOfNorth(T0)).isEqualTo(Standing.RUNS_BASELINE);
        assertThat(north(T0).lastSeen()).isEqualTo(T0.minusSeconds(3600));
    }

    private GatewayView north(Instant now) {
        return Overview.of(control.state(), heard, now).gateways().get(0);
    }

    private Standing standingOfNorth(Instant now) {
        return standingOf(GW_NORTH, now);
    }

    private Standing standingOf(GatewayId gateway, Instant now) {
        return standingOf(gateway, CANDIDATE, now);
    }

    private Standing standingOf(GatewayId gateway, Digest candidate, Instant now) {
        return heard.of(new RolloutPlan("r", MODEL, BASELINE, candidate), control.state(), now).gateways().stream()
                .filter(one -> one.gateway().equals(gateway))
                .map(GatewayStanding::standing)
                .findFirst()
                .orElseThrow();
    }
}
