package io.plumbline.fleet.adapter.kafka;

import static io.plumbline.fleet.testing.Fleets.GW_NORTH;
import static io.plumbline.fleet.testing.Fleets.NORTH;
import static io.plumbline.fleet.testing.Fleets.T0;
import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.plumbline.contract.Topics;
import io.plumbline.contract.message.GatewayEvent;
import io.plumbline.contract.wire.Json;
import io.plumbline.fleet.adapter.metrics.FleetMeters;
import io.plumbline.fleet.adapter.trace.Deeds;
import io.plumbline.fleet.core.alert.AlertDesk;
import io.plumbline.fleet.core.control.ControlPlane;
import io.plumbline.fleet.core.view.FleetObservations;
import io.plumbline.fleet.core.view.FleetSurroundings;
import io.plumbline.fleet.testing.InMemoryAlertStore;
import io.plumbline.fleet.testing.InMemoryFleetStore;
import io.plumbline.signals.trace.Trail;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.eclipse.microprofile.reactive.messaging.Message;
import org.junit.jupiter.api.Test;

class ControlTopicsTest {

    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final FleetObservations heard = new FleetObservations(Duration.ofSeconds(10));
    private final ControlPlane control =
            new ControlPlane(new InMemoryFleetStore(), heard, change -> {}, Clock.systemUTC());
    private final ControlTopics topics = new ControlTopics(
            heard,
            control,
            new ControlTopics.Ears(
                    new AlertDesk(
                            new InMemoryAlertStore(),
                            () -> FleetSurroundings.of(control.state(), heard, T0, T0),
                            change -> {}),
                    new Deeds(Trail.OFF)),
            new FleetMeters(meters),
            new BrokenClock());

    @Test
    void aBugOnOneRecordIsCountedAndTheRecordPassedOverSoThatTheChannelGoesOn() {
        var event = new GatewayEvent.Started(GW_NORTH, NORTH, T0);

        assertThat(taken(Json.encode(event))).isTrue();

        assertThat(count("plumbline.fleet.failed")).isEqualTo(1);
    }

    @Test
    void aRecordThatIsNotWhatItsTopicPromisesIsCountedAndPassedOver() {
        assertThat(taken("rubbish".getBytes(StandardCharsets.UTF_8))).isTrue();

        assertThat(count("plumbline.fleet.malformed")).isEqualTo(1);
    }

    private double count(String meter) {
        return meters.get(meter).tag("topic", Topics.GATEWAY_EVENTS).counter().count();
    }

    private boolean taken(byte[] value) {
        var acknowledged = new AtomicInteger();
        var message = Message.of(value, () -> {
            acknowledged.incrementAndGet();
            return CompletableFuture.completedFuture(null);
        });
        topics.gatewayEvent(message).toCompletableFuture().join();
        return acknowledged.get() == 1;
    }

    private static final class BrokenClock extends Clock {
        @Override
        public Instant instant() {
            throw new IllegalStateException("a bug");
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }
}
