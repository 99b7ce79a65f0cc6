package io.plumbline.gateway.testing;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.eclipse.paho.mqttv5.client.IMqttToken;
import org.eclipse.paho.mqttv5.client.MqttActionListener;
import org.eclipse.paho.mqttv5.client.MqttAsyncClient;
import org.eclipse.paho.mqttv5.client.persist.MemoryPersistence;
import org.eclipse.paho.mqttv5.common.MqttException;
import org.eclipse.paho.mqttv5.common.MqttMessage;

/**
 * The devices' side of a broker: motes that speak one after the other on one connection. A token of Paho's is complete
 * before its message has left the client's window, so that a client that waits for tokens alone can fill the window
 * ("too many publishes in progress") when its thread of callbacks is late; the listener is told after that.
 */
public final class Devices implements AutoCloseable {

    private static final long PATIENCE_SECONDS = 30;

    private final MqttAsyncClient client;

    public Devices(String url) throws MqttException {
        client = new MqttAsyncClient(url, "devices", new MemoryPersistence());
        client.connect().waitForCompletion();
    }

    /** Readings {@code from} to {@code from + count - 1} of the mote "north-1"; returns when the broker has them all. */
    public void publish(int from, int count, int qos) throws Exception {
        for (int i = from; i < from + count; i++) {
            var reading = Motes.reading("north-1", i, 60, 20);
            var message = new MqttMessage(reading.payload());
            message.setQos(qos);
            var sent = new Sent();
            client.publish(reading.topic(), message, null, sent);
            sent.done.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        }
    }

    @Override
    public void close() throws MqttException {
        client.disconnect().waitForCompletion();
        client.close();
    }

    private static final class Sent implements MqttActionListener {

        private final CompletableFuture<Void> done = new CompletableFuture<>();

        @Override
        public void onSuccess(IMqttToken token) {
            done.complete(null);
        }

        @Override
        public void onFailure(IMqttToken token, Throwable cause) {
            done.completeExceptionally(cause);
        }
    }
}
