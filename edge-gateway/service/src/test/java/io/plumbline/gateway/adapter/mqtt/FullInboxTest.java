package io.plumbline.gateway.adapter.mqtt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.plumbline.contract.fleet.Neighbours;
import io.plumbline.contract.fleet.StreamAssignment;
import io.plumbline.contract.fleet.Subscription;
import io.plumbline.gateway.core.build.Build;
import io.plumbline.gateway.core.inbox.Inbox;
import io.plumbline.gateway.core.outbox.Overflow;
import io.plumbline.gateway.testing.Devices;
import io.plumbline.gateway.testing.FakeModel;
import io.plumbline.gateway.testing.Motes;
import io.plumbline.gateway.testing.SmallGateway;
import io.plumbline.support.Mosquitto;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.eclipse.paho.mqttv5.client.MqttClient;
import org.eclipse.paho.mqttv5.client.MqttConnectionOptions;
import org.eclipse.paho.mqttv5.client.persist.MemoryPersistence;
import org.eclipse.paho.mqttv5.common.MqttException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A gateway whose model does not come back for a while, behind a real broker that sends 64 messages without an acknowledgement. */
class FullInboxTest {

    private static final int WINDOW = 16;

    @TempDir
    private Path folder;

    private final CountDownLatch slow = new CountDownLatch(1);
    private Mosquitto broker;
    private Devices devices;

    @BeforeEach
    void start() throws IOException, MqttException {
        broker = Mosquitto.start(folder);
        devices = new Devices(broker.url());
    }

    @AfterEach
    void stop() throws MqttException {
        slow.countDown();
        if (broker != null) {
            devices.close();
            broker.close();
        }
    }

    @Test
    void droppedMessagesAreCountedExactlyAndAcknowledgedSoThatTheBrokerGoesOn() throws Exception {
        // Given
        var inbox = new Inbox(8, Overflow.DROP_OLDEST);
        try (var gateway = new Subscribed(inbox, Motes.stream("one"))) {
            getStuck(gateway, 1);

            // When: more than the broker may send without an acknowledgement
            devices.publish(WINDOW, 200, 1);
            await().untilAsserted(() -> assertThat(inbox.dropped(1)).isPositive());
            slow.countDown();

            // Then
            await().untilAsserted(() -> {
                var counters = gateway.small.counters();
                assertThat(counters.results() + counters.dropped().orElse(0L)).isEqualTo(WINDOW + 200);
            });
            assertThat(gateway.small.counters().dropped()).contains(inbox.dropped(1));
            assertThat(gateway.small.results()).endsWith(Motes.event("north-1", WINDOW + 199));
        }
    }

    @Test
    void messagesOfQosZeroAreDroppedAndTheConnectionStays() throws Exception {
        // Given
        var inbox = new Inbox(8, Overflow.BLOCK);
        var loose = Motes.beside(Neighbours.NOTHING, Optional.of(new Subscription(0, Optional.empty())));
        try (var gateway = new Subscribed(inbox, loose)) {
            getStuck(gateway, 0);

            // When
            devices.publish(WINDOW, 100, 0);
            await().untilAsserted(() -> assertThat(inbox.dropped(0)).isEqualTo(92));
            slow.countDown();

            // Then
            await().untilAsserted(
                            () -> assertThat(gateway.small.counters().dropped()).contains(inbox.dropped(0)));
            await().untilAsserted(
                            () -> assertThat(gateway.small.results()).hasSize(WINDOW + 100 - (int) inbox.dropped(0)));
            assertThat(gateway.source.link().up()).isTrue();
        }
    }

    @Test
    void whatWaitsOfALostConnectionIsAnsweredOnceAndAcknowledgedOnlyOnTheNext() throws Exception {
        // Given: 20 messages wait, and the connection ends under them
        var inbox = new Inbox(512, Overflow.BLOCK);
        try (var gateway = new Subscribed(inbox, Motes.stream("one"))) {
            getStuck(gateway, 1);
            devices.publish(WINDOW, 20, 1);
            await().until(() -> inbox.waiting() >= 20);

            // When: the broker sends them again on the next
            takeOver();
            await().until(() -> inbox.waiting() >= 40);
            slow.countDown();

            // Then
            await().untilAsserted(() ->
                    assertThat(gateway.small.counters().redelivered()).isGreaterThanOrEqualTo(20));
            assertThat(gateway.small.results()).hasSize(WINDOW + 20).doesNotHaveDuplicates();
            var known = gateway.small.counters().redelivered();
            devices.publish(WINDOW + 20, 200, 1);
            await().untilAsserted(() -> assertThat(gateway.small.results()).hasSize(WINDOW + 220));
            assertThat(gateway.small.results()).doesNotHaveDuplicates();

            // And: nothing is left to be sent once more
            takeOver();
            await().untilAsserted(() -> assertThat(gateway.source.link().up()).isTrue());
            devices.publish(WINDOW + 220, 1, 1);
            await().untilAsserted(() -> assertThat(gateway.small.results()).hasSize(WINDOW + 221));
            assertThat(gateway.small.counters().redelivered()).isEqualTo(known);
        }
    }

    /** Ends the gateway's connection; its session and all that is unacknowledged stays. */
    private void takeOver() throws MqttException {
        var usurper = new MqttClient(broker.url(), "gw-a", new MemoryPersistence());
        usurper.setManualAcks(true);
        var options = new MqttConnectionOptions();
        options.setCleanStart(false);
        options.setSessionExpiryInterval(60L);
        options.setAutomaticReconnect(false);
        usurper.connect(options);
        if (usurper.isConnected()) {
            usurper.disconnectForcibly(0, 0, false);
        }
        usurper.close(true);
    }

    /** The next message finds the pipeline waiting for the model. */
    private void getStuck(Subscribed gateway, int qos) throws Exception {
        for (int i = 0; i < WINDOW; i++) {
            var answered = i;
            devices.publish(i, 1, qos);
            await().pollInterval(Duration.ofMillis(5))
                    .until(() -> gateway.small.results().size() > answered || gateway.stuck.getCount() == 0);
        }
        assertThat(gateway.stuck.getCount()).isZero();
    }

    private final class Subscribed implements AutoCloseable {

        private final CountDownLatch stuck = new CountDownLatch(1);
        private final SmallGateway small;
        private final MqttSource source;
        private final Thread thread;

        private Subscribed(Inbox inbox, StreamAssignment stream) throws InterruptedException {
            small = new SmallGateway(inbox);
            var model = new FakeModel(stream.build()).before(() -> {
                stuck.countDown();
                slow.await();
            });
            var known = FakeModel.build(stream.build());
            small.activate(stream, new Build(known.manifest(), known.card(), known.known(), model));
            source = new MqttSource(
                    new MqttTarget(broker.url(), "gw-a", 64, Duration.ofMinutes(1)), small.inbox(), small::filters);
            thread = new Thread(source);
            thread.start();
            await().untilAsserted(() -> assertThat(source.subscribed()).isEqualTo(small.filters()));
        }

        @Override
        public void close() throws InterruptedException {
            slow.countDown();
            source.stop();
            thread.join();
            small.close();
        }
    }
}
