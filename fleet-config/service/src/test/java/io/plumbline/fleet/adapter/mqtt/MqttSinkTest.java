package io.plumbline.fleet.adapter.mqtt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.plumbline.contract.message.Alert;
import io.plumbline.contract.message.AlertChange;
import io.plumbline.contract.wire.Json;
import io.plumbline.fleet.adapter.secret.Secrets;
import io.plumbline.fleet.core.post.Delivery;
import io.plumbline.fleet.core.spec.alert.Login;
import io.plumbline.fleet.core.spec.alert.MqttTarget;
import io.plumbline.fleet.core.spec.alert.Secret;
import io.plumbline.fleet.testing.Alerts;
import io.plumbline.support.Mosquitto;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.eclipse.paho.mqttv5.client.IMqttMessageListener;
import org.eclipse.paho.mqttv5.client.MqttClient;
import org.eclipse.paho.mqttv5.client.persist.MemoryPersistence;
import org.eclipse.paho.mqttv5.common.MqttMessage;
import org.eclipse.paho.mqttv5.common.MqttSubscription;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MqttSinkTest {

    private static final Duration PATIENCE = Duration.ofSeconds(5);

    @TempDir
    Path folder;

    @Test
    void whoComesLaterFindsTheNewestStateOfEveryAlertUnderItsId() throws Exception {
        try (var broker = Mosquitto.start(folder);
                var sink = sink(broker.url(), Login.NONE)) {
            // Given
            var open = Alerts.alert(3, AlertChange.UPDATED);
            // When
            assertThat(sink.deliver(Alerts.alert(2, AlertChange.OPENED))).isEqualTo(new Delivery.Done());
            assertThat(sink.deliver(open)).isEqualTo(new Delivery.Done());
            // Then
            var found = retained(broker);
            assertThat(found).singleElement().satisfies(message -> {
                assertThat(Json.decode(message.getPayload(), Alert.class)).isEqualTo(open);
                assertThat(message.getProperties().getMessageExpiryInterval()).isNull();
                assertThat(message.getProperties().getContentType()).isEqualTo("application/json");
            });
        }
    }

    @Test
    void whatIsOverIsForgottenByTheBrokerAfterADay() throws Exception {
        try (var broker = Mosquitto.start(folder);
                var sink = sink(broker.url(), Login.NONE)) {
            // When
            sink.deliver(Alerts.alert(2, AlertChange.RESOLVED));
            // Then
            assertThat(retained(broker))
                    .singleElement()
                    .satisfies(message -> assertThat(message.getProperties().getMessageExpiryInterval())
                            .isBetween(86_000L, 86_400L));
        }
    }

    @Test
    void connectsAgainWhenTheBrokerIsBack() throws Exception {
        // Given
        Mosquitto broker = Mosquitto.start(folder);
        try (var sink = sink(broker.url(), Login.NONE)) {
            assertThat(sink.deliver(Alerts.alert(1, AlertChange.OPENED))).isEqualTo(new Delivery.Done());
            // When
            broker.close();
            await().untilAsserted(() -> assertThat(sink.deliver(Alerts.alert(2, AlertChange.UPDATED)))
                    .isInstanceOf(Delivery.Unreachable.class));
            try (var again = Mosquitto.start(folder, broker.port())) {
                // Then
                await().untilAsserted(() -> assertThat(sink.deliver(Alerts.alert(2, AlertChange.UPDATED)))
                        .isEqualTo(new Delivery.Done()));
                assertThat(retained(again)).hasSize(1);
            }
        } finally {
            broker.close();
        }
    }

    @Test
    void aTopicThatItMayNotWriteIsARefusal() throws Exception {
        try (var broker = Mosquitto.start(folder, "acl_file", "topic read #\n");
                var sink = sink(broker.url(), Login.NONE)) {
            assertThat(sink.deliver(Alerts.alert(1, AlertChange.OPENED)))
                    .isInstanceOfSatisfying(
                            Delivery.Refused.class,
                            refused -> assertThat(refused.problem()).contains("plumbline/alerts/", "reason code 135"));
        }
    }

    @Test
    void saysWhichSecretIsMissingAndThatABrokerIsNotThere() throws Exception {
        var login = new Login(Optional.of("fleet"), Optional.of(new Secret.InEnvironment("NONE")));
        try (var sink = sink("tcp://127.0.0.1:1", login);
                var other = sink("tcp://127.0.0.1:1", Login.NONE)) {
            assertThat(sink.deliver(Alerts.alert(1, AlertChange.OPENED)))
                    .isEqualTo(new Delivery.Unreachable("environment variable NONE is not set"));
            assertThat(other.deliver(Alerts.alert(1, AlertChange.OPENED)))
                    .isInstanceOfSatisfying(
                            Delivery.Unreachable.class,
                            unreachable -> assertThat(unreachable.problem()).contains("tcp://127.0.0.1:1", "refused"));
        }
    }

    private static List<MqttMessage> retained(Mosquitto broker) throws Exception {
        var messages = new CopyOnWriteArrayList<MqttMessage>();
        var client = new MqttClient(broker.url(), "reader", new MemoryPersistence());
        try {
            client.connect();
            client.subscribe(
                    new MqttSubscription[] {new MqttSubscription("plumbline/alerts/+", 1)},
                    new IMqttMessageListener[] {(topic, message) -> messages.add(message)});
            await().untilAsserted(() -> assertThat(messages).isNotEmpty());
            return messages;
        } finally {
            client.disconnectForcibly();
            client.close();
        }
    }

    private static MqttSink sink(String url, Login login) {
        var target = new MqttTarget(URI.create(url), "plumbline/alerts", login);
        return new MqttSink(target, new Secrets(Map.<String, String>of()::get), PATIENCE);
    }
}
