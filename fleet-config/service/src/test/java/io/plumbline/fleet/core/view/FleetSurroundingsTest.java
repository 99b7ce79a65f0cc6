package io.plumbline.fleet.core.view;

import static io.plumbline.fleet.testing.Fleets.BASELINE;
import static io.plumbline.fleet.testing.Fleets.CANDIDATE;
import static io.plumbline.fleet.testing.Fleets.GW_NORTH;
import static io.plumbline.fleet.testing.Fleets.MODEL;
import static io.plumbline.fleet.testing.Fleets.NORTH;
import static io.plumbline.fleet.testing.Fleets.T0;
import static io.plumbline.fleet.testing.Fleets.yaml;
import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.contract.message.Alert;
import io.plumbline.contract.message.AlertKind;
import io.plumbline.contract.message.GatewayCounters;
import io.plumbline.contract.message.GatewayEvent;
import io.plumbline.contract.message.Verdict;
import io.plumbline.fleet.core.alert.AlertBook;
import io.plumbline.fleet.core.alert.AlertDesk;
import io.plumbline.fleet.core.alert.Signs;
import io.plumbline.fleet.core.alert.Surroundings.Losses;
import io.plumbline.fleet.core.control.ControlPlane;
import io.plumbline.fleet.testing.Alerts;
import io.plumbline.fleet.testing.Fleets;
import io.plumbline.fleet.testing.InMemoryAlertStore;
import io.plumbline.fleet.testing.InMemoryFleetStore;
import io.plumbline.fleet.testing.MutableClock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Alerts of a fleet whose rollouts are real ones. */
class FleetSurroundingsTest {

    private final FleetObservations heard = new FleetObservations(Duration.ofSeconds(10));
    private final ControlPlane control =
            new ControlPlane(new InMemoryFleetStore(), heard, change -> {}, new MutableClock(T0));
    private final AlertDesk desk = new AlertDesk(
            new InMemoryAlertStore(), () -> FleetSurroundings.of(control.state(), heard, T0, T0), change -> {});

    @BeforeEach
    void apply() {
        control.apply(yaml(BASELINE), Fleets.spec());
    }

    @Test
    void aRollbackBringsBackTheAlertOfASiteWithOneGateway() throws Exception {
        // Given
        desk.hear(Signs.of(Alerts.verdict(Verdict.CALIBRATION_STALE, T0)).orElseThrow());
        desk.look();
        assertThat(open()).containsExactly(AlertKind.CALIBRATION_STALE);
        // When
        control.start(MODEL, CANDIDATE, "asked");
        control.look();
        desk.look();
        // Then
        assertThat(open()).isEmpty();
        // When
        var generation = control.state().assigned().get(GW_NORTH).generation();
        heard.on(Fleets.refused(GW_NORTH, CANDIDATE, generation, T0), T0);
        control.look();
        desk.look();
        // Then
        assertThat(open()).containsExactlyInAnyOrder(AlertKind.CALIBRATION_STALE, AlertKind.ROLLOUT_FAILED);
    }

    @Test
    void lossesAreOfTheTimeOfTheirHeartbeatWheneverItWasHeard() {
        // Given
        var counters = new GatewayCounters(9, 9, 0, 0, 0, Optional.empty(), Optional.of(4L));
        var beat = new GatewayEvent.Heartbeat(GW_NORTH, NORTH, T0.minusSeconds(60), 1, List.of(), counters);
        // When
        heard.on(beat, T0);
        // Then
        var surroundings = FleetSurroundings.of(control.state(), heard, T0, T0);
        assertThat(surroundings.gateways().get(0).losses()).contains(new Losses(4, T0.minusSeconds(60)));
        assertThat(surroundings.gateways().get(1).losses()).isEmpty();
    }

    private List<AlertKind> open() {
        return desk.book().entries().values().stream()
                .map(AlertBook.Entry::alert)
                .filter(Alert::open)
                .map(Alert::kind)
                .toList();
    }
}
