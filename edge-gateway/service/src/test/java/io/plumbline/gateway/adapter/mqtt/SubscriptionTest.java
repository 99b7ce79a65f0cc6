package io.plumbline.gateway.adapter.mqtt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.plumbline.contract.fleet.Neighbours;
import io.plumbline.contract.fleet.StreamAssignment;
import io.plumbline.contract.fleet.Subscription;
import io.plumbline.gateway.core.outbox.ResultTrace;
import io.plumbline.gateway.testing.Devices;
import io.plumbline.gateway.testing.Motes;
import io.plumbline.gateway.testing.SmallGateway;
import io.plumbline.support.Mosquitto;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.eclipse.paho.mqttv5.common.MqttException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SubscriptionTest {

    @TempDir
    private Path folder;

    private Mosquitto broker;
    private Devices devices;

    @BeforeEach
    void start() throws IOException, MqttException {
        broker = Mosquitto.start(folder);
        devices = new Devices(broker.url());
    }

    @AfterEach
    void stop() throws MqttException {
        if (broker != null) {
            devices.close();
            broker.close();
        }
    }

    @Test
    void oneMessageForSeveralStreamsComesOnceAndIsAnsweredByEach() throws Exception {
        try (var gateway = new Subscribed("gw-a", Motes.stream("one"), Motes.stream("two", Motes.COMFORT))) {
            // When
            devices.publish(0, 20, 1);

            // Then
            await().untilAsserted(() -> assertThat(gateway.small.results()).hasSize(40));
            assertThat(gateway.small.counters().redelivered()).isZero();
        }
    }

    @Test
    void gatewaysThatShareASubscriptionDivideTheMessages() throws Exception {
        // Given
        var shared = Motes.beside(Neighbours.NOTHING, Optional.of(new Subscription(1, Optional.of("gateways"))));
        try (var first = new Subscribed("gw-a", shared);
                var second = new Subscribed("gw-b", shared)) {
            // When
            devices.publish(0, 40, 1);

            // Then
            await().untilAsserted(() -> assertThat(first.small.results().size()
                            + second.small.results().size())
                    .isEqualTo(40));
            assertThat(first.small.results()).isNotEmpty().doesNotContainAnyElementsOf(second.small.results());
            assertThat(second.small.results()).isNotEmpty();
        }
    }

    @Test
    void theQualityOfServiceIsTheStreamsAndChangesWithIt() throws Exception {
        // Given
        var loose = Motes.beside(Neighbours.NOTHING, Optional.of(new Subscription(0, Optional.empty())));
        try (var gateway = new Subscribed("gw-a", loose)) {
            devices.publish(0, 5, 1);
            await().untilAsserted(() -> assertThat(gateway.small.results()).hasSize(5));
            assertThat(gateway.small.traces()).extracting(ResultTrace::packet).containsOnly(0);

            // When
            gateway.small.adjust(Motes.stream("one"));
            gateway.awaitSubscriptions();
            devices.publish(5, 5, 1);

            // Then
            await().untilAsserted(() -> assertThat(gateway.small.results()).hasSize(10));
            assertThat(gateway.small.traces().subList(5, 10))
                    .extracting(ResultTrace::packet)
                    .doesNotContain(0);
        }
    }

    /** A gateway from the broker to its outbox, subscribed. */
    private final class Subscribed implements AutoCloseable {

        private final SmallGateway small = new SmallGateway();
        private final MqttSource source;
        private final Thread thread;

        private Subscribed(String name, StreamAssignment... streams) throws InterruptedException {
            small.activate(List.of(streams));
            var target = new MqttTarget(broker.url(), name, 64, Duration.ofMinutes(1));
            source = new MqttSource(target, small.inbox(), small::filters);
            thread = new Thread(source);
            thread.start();
            awaitSubscriptions();
        }

        private void awaitSubscriptions() {
            await().untilAsserted(() -> assertThat(source.subscribed()).isEqualTo(small.filters()));
        }

        @Override
        public void close() throws InterruptedException {
            source.stop();
            thread.join();
            small.close();
        }
    }
}
