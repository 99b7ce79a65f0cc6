package io.plumbline.fleet.core.view;

import static io.plumbline.fleet.testing.Fleets.BASELINE;
import static io.plumbline.fleet.testing.Fleets.GW_NORTH;
import static io.plumbline.fleet.testing.Fleets.GW_SOUTH;
import static io.plumbline.fleet.testing.Fleets.T0;
import static io.plumbline.fleet.testing.Fleets.beat;
import static io.plumbline.fleet.testing.Fleets.yaml;
import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.contract.id.GatewayId;
import io.plumbline.contract.message.GatewayCounters;
import io.plumbline.contract.message.GatewayEvent;
import io.plumbline.fleet.core.control.ControlPlane;
import io.plumbline.fleet.testing.Fleets;
import io.plumbline.fleet.testing.InMemoryFleetStore;
import io.plumbline.fleet.testing.MutableClock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class FleetFiguresTest {

    private final FleetObservations heard = new FleetObservations(Duration.ofSeconds(10));
    private final ControlPlane control =
            new ControlPlane(new InMemoryFleetStore(), heard, change -> {}, new MutableClock(T0));

    @Test
    void aFleetThatNobodyDeclaredHasNoGateways() {
        assertThat(FleetFigures.of(control.state(), heard, T0)).isEqualTo(new FleetFigures(0, 0, 0, 0, 0, 0));
    }

    @Test
    void aGatewayIsSilentOrBehindOrNeither() {
        // Given
        control.apply(yaml(BASELINE), Fleets.spec());
        // When nobody has spoken
        assertThat(FleetFigures.of(control.state(), heard, T0).silent()).isEqualTo(2);
        // When one has the newest generation and one an older one
        heard.on(beat(GW_NORTH, BASELINE, 1, 100, T0), T0);
        heard.on(beat(GW_SOUTH, BASELINE, 0, 100, T0), T0);
        // Then
        var figures = FleetFigures.of(control.state(), heard, T0);
        assertThat(figures.silent()).isZero();
        assertThat(figures.behind()).isEqualTo(1);
        // When both fall silent
        assertThat(FleetFigures.of(control.state(), heard, T0.plusSeconds(60)))
                .as("who is silent is not called behind")
                .isEqualTo(new FleetFigures(2, 2, 0, figures.outboxPending(), 0, 0));
    }

    @Test
    void whatWaitsAndWhatWasLostIsAddedUp() {
        // Given
        control.apply(yaml(BASELINE), Fleets.spec());
        heard.on(heartbeat(GW_NORTH, new GatewayCounters(9, 9, 0, 0, 7)), T0);
        heard.on(heartbeat(GW_SOUTH, new GatewayCounters(9, 9, 0, 0, 5, Optional.empty(), Optional.of(3L))), T0);
        // When
        var figures = FleetFigures.of(control.state(), heard, T0);
        // Then
        assertThat(figures.outboxPending()).isEqualTo(12);
        assertThat(figures.lost()).isEqualTo(3);
    }

    private static GatewayEvent heartbeat(GatewayId gateway, GatewayCounters counters) {
        return new GatewayEvent.Heartbeat(gateway, Fleets.NORTH, T0, 1, List.of(), counters);
    }
}
