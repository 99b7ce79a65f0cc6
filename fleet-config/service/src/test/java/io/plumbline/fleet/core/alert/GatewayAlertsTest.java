package io.plumbline.fleet.core.alert;

import static io.plumbline.fleet.testing.Fleets.BASELINE;
import static io.plumbline.fleet.testing.Fleets.GW_NORTH;
import static io.plumbline.fleet.testing.Fleets.MODEL;
import static io.plumbline.fleet.testing.Fleets.NORTH;
import static io.plumbline.fleet.testing.Fleets.T0;
import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.contract.id.GatewayId;
import io.plumbline.contract.message.Alert;
import io.plumbline.contract.message.AlertKind;
import io.plumbline.contract.message.GatewayEvent;
import io.plumbline.fleet.core.alert.Surroundings.GatewayNow;
import io.plumbline.fleet.testing.Fleets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Alerts of gateways: silence, losses, builds that they refuse. */
class GatewayAlertsTest extends DeskStory {

    @Test
    void aGatewayThatSaysNothingIsAnAlertUntilItSpeaks() {
        // Given
        gateways = List.of(new GatewayNow(GW_NORTH, NORTH, T0, Optional.empty()));
        pass(POLICY.silentAfter());
        assertThat(all()).isEmpty();
        // When
        pass(Duration.ofMillis(1));
        pass(Duration.ofMinutes(1));
        // Then
        assertThat(only().kind()).isEqualTo(AlertKind.GATEWAY_SILENT);
        assertThat(only().count()).isEqualTo(1);
        assertThat(only().because()).isEqualTo("gateway gw-north has said nothing since " + T0);
        // When
        gateways = List.of(new GatewayNow(GW_NORTH, NORTH, now, Optional.empty()));
        look();
        // Then
        assertThat(only().resolved().orElseThrow().because()).isEqualTo("the gateway speaks again");
    }

    @Test
    void silenceOfMostGatewaysIsOneAlertOfTheFleet() {
        // Given
        gateways = fleet(T0, T0.plusSeconds(9), T0.plusSeconds(9), T0.plusSeconds(120));
        pass(POLICY.silentAfter().plusSeconds(1));
        assertThat(only().kind()).isEqualTo(AlertKind.FLEET_SILENT);
        assertThat(only().because()).startsWith("3 of 4 gateways say nothing");
        pass(Duration.ofSeconds(20));
        assertThat(only().count()).isEqualTo(1);
        // When
        gateways = fleet(T0, now, now, now);
        look();
        // Then
        assertThat(open()).extracting(Alert::kind).containsExactly(AlertKind.GATEWAY_SILENT);
        assertThat(all()).hasSize(2);
    }

    private static List<GatewayNow> fleet(Instant... heard) {
        return IntStream.range(0, heard.length)
                .mapToObj(i -> new GatewayNow(new GatewayId("gw-" + i), NORTH, heard[i], Optional.empty()))
                .toList();
    }

    @Test
    void aGatewayWhoseClockIsSetBackIsStillBelieved() {
        // Given
        hear(Signs.of(Fleets.refused(GW_NORTH, BASELINE, 4, T0.plus(Duration.ofDays(365))))
                .orElseThrow());
        // When
        hear(Signs.of(Fleets.refused(GW_NORTH, BASELINE, 5, T0)).orElseThrow());
        // Then
        assertThat(only().count()).isEqualTo(2);
    }

    @Test
    void aSilentGatewayThatLeavesTheFleetIsNoAlert() {
        // Given
        gateways = List.of(new GatewayNow(GW_NORTH, NORTH, T0, Optional.empty()));
        pass(Duration.ofMinutes(2));
        // When
        gateways = List.of();
        look();
        // Then
        assertThat(only().resolved().orElseThrow().because()).isEqualTo("the gateway is no longer in the fleet");
    }

    @Test
    void everyRiseOfTheLossesOfAGatewayIsToldOnceEvenAcrossRestarts() {
        // Given
        losing(30);
        assertThat(only().kind()).isEqualTo(AlertKind.RECORDS_LOST);
        // When
        desk = restarted();
        gateways = List.of(new GatewayNow(GW_NORTH, NORTH, now, Optional.empty()));
        pass(Duration.ofSeconds(1));
        losing(30);
        // Then
        assertThat(only().count()).isEqualTo(1);
        // When
        pass(Duration.ofSeconds(1));
        losing(31);
        // Then
        assertThat(only().count()).isEqualTo(2);
        assertThat(only().because()).contains("let go of 1 results and dead letters", "31 in all");
    }

    @Test
    void heartbeatsThatAreHeardAgainAfterARestartAreNotCountedTwice() {
        // Given
        losing(30, T0);
        losing(31, T0.plusSeconds(60));
        now = T0.plusSeconds(120);
        desk = restarted();
        // When
        losing(30, T0);
        losing(31, T0.plusSeconds(60));
        // Then
        assertThat(only().count()).isEqualTo(2);
    }

    @Test
    void aCounterThatBeganAnewIsLossFromItsBeginning() {
        // Given
        losing(30, T0);
        // When
        losing(2, T0.plusSeconds(60));
        // Then
        assertThat(only().count()).isEqualTo(2);
        assertThat(only().because()).contains("let go of 2 results and dead letters", "2 in all");
        // When
        losing(0, T0.plusSeconds(120));
        losing(1, T0.plusSeconds(180));
        // Then
        assertThat(only().count()).isEqualTo(3);
    }

    @Test
    void aClockOfTheFutureDoesNotHideLaterLosses() {
        // Given
        losing(30, T0.plus(Duration.ofDays(365)));
        // When
        pass(Duration.ofSeconds(60));
        losing(31, now);
        // Then
        assertThat(only().count()).isEqualTo(2);
    }

    @Test
    void lostStatisticsAreAnAlertToo() {
        // Given
        gateways = List.of(new GatewayNow(GW_NORTH, NORTH, T0, Optional.empty()));
        // When
        hear(Signs.of(new GatewayEvent.OutboxLost(GW_NORTH, NORTH, T0, 10, 17, 0, 0, 7))
                .orElseThrow());
        // Then
        assertThat(only().because()).contains("7 records of statistics");
        assertThat(Signs.of(new GatewayEvent.OutboxLost(GW_NORTH, NORTH, T0, 10, 17, 3, 0, 4)))
                .isEmpty();
    }

    @Test
    void aRefusedBuildIsOverWhenTheGatewayRunsIt() {
        // When
        hear(Signs.of(Fleets.refused(GW_NORTH, BASELINE, 4, T0)).orElseThrow());
        // Then
        assertThat(only().kind()).isEqualTo(AlertKind.BUILD_REFUSED);
        assertThat(only().because()).isEqualTo("the signature is by nobody we trust");
        // When
        hear(Signs.of(new GatewayEvent.BuildActivated(
                        GW_NORTH, NORTH, T0.plusSeconds(1), Fleets.STREAM, MODEL, BASELINE, 4, Optional.empty()))
                .orElseThrow());
        // Then
        assertThat(only().open()).isFalse();
    }

    @Test
    void whatHappenedAndHasNoEndIsOverAfterAQuietTime() {
        // Given
        losing(30);
        gateways = List.of(new GatewayNow(GW_NORTH, NORTH, T0.plus(Duration.ofDays(9)), Optional.empty()));
        // When
        pass(POLICY.quiet().minusMillis(1));
        assertThat(only().open()).isTrue();
        pass(Duration.ofMillis(1));
        // Then
        assertThat(only().open()).isFalse();
    }
}
