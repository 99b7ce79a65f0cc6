package io.plumbline.benchmarks.naive;

import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import org.eclipse.paho.mqttv5.client.IMqttMessageListener;
import org.eclipse.paho.mqttv5.client.MqttAsyncClient;
import org.eclipse.paho.mqttv5.client.MqttConnectionOptions;
import org.eclipse.paho.mqttv5.client.persist.MemoryPersistence;
import org.eclipse.paho.mqttv5.common.MqttException;
import org.eclipse.paho.mqttv5.common.MqttSubscription;

/** A plain Paho subscription at QoS 1, acknowledged when the callback returns. */
final class Subscription {

    private static final long PATIENCE_MILLIS = TimeUnit.SECONDS.toMillis(30);

    private Subscription() {}

    static void open(String url, String client, String filter, BiConsumer<String, byte[]> callback)
            throws MqttException {
        var mqtt = new MqttAsyncClient(url, client, new MemoryPersistence());
        var options = new MqttConnectionOptions();
        options.setCleanStart(true);
        mqtt.connect(options).waitForCompletion(PATIENCE_MILLIS);
        IMqttMessageListener listener = (topic, message) -> callback.accept(topic, message.getPayload());
        mqtt.subscribe(
                        new MqttSubscription(filter, 1),
                        null,
                        null,
                        listener,
                        new org.eclipse.paho.mqttv5.common.packet.MqttProperties())
                .waitForCompletion(PATIENCE_MILLIS);
    }
}
