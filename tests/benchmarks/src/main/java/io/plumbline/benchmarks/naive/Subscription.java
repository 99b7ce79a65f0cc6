package io.plumbline.benchmarks.naive;

import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import org.eclipse.paho.mqttv5.client.IMqttToken;
import org.eclipse.paho.mqttv5.client.MqttAsyncClient;
import org.eclipse.paho.mqttv5.client.MqttCallback;
import org.eclipse.paho.mqttv5.client.MqttConnectionOptions;
import org.eclipse.paho.mqttv5.client.MqttDisconnectResponse;
import org.eclipse.paho.mqttv5.client.persist.MemoryPersistence;
import org.eclipse.paho.mqttv5.common.MqttException;
import org.eclipse.paho.mqttv5.common.MqttMessage;
import org.eclipse.paho.mqttv5.common.MqttSubscription;
import org.eclipse.paho.mqttv5.common.packet.MqttProperties;

/** A plain Paho subscription at QoS 1, acknowledged when the callback returns. */
final class Subscription {

    private static final long PATIENCE_MILLIS = TimeUnit.SECONDS.toMillis(30);

    private Subscription() {}

    static void open(String url, String client, String filter, BiConsumer<String, byte[]> callback)
            throws MqttException {
        var mqtt = new MqttAsyncClient(url, client, new MemoryPersistence());
        var options = new MqttConnectionOptions();
        options.setCleanStart(true);
        options.setUseSubscriptionIdentifiers(false);
        mqtt.setCallback(new Callback(callback));
        mqtt.connect(options).waitForCompletion(PATIENCE_MILLIS);
        mqtt.subscribe(new MqttSubscription(filter, 1)).waitForCompletion(PATIENCE_MILLIS);
    }

    /** Everything but messages is nobody's business here; a lost connection shows as results that never come. */
    private record Callback(BiConsumer<String, byte[]> messages) implements MqttCallback {

        @Override
        public void messageArrived(String topic, MqttMessage message) {
            messages.accept(topic, message.getPayload());
        }

        @Override
        public void disconnected(MqttDisconnectResponse response) {}

        @Override
        public void mqttErrorOccurred(MqttException e) {
            System.err.println("MQTT: " + e);
        }

        @Override
        public void deliveryComplete(IMqttToken token) {}

        @Override
        public void connectComplete(boolean reconnect, String url) {}

        @Override
        public void authPacketArrived(int reason, MqttProperties properties) {}
    }
}
