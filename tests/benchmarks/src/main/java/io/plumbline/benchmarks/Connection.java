package io.plumbline.benchmarks;

import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.eclipse.paho.mqttv5.client.IMqttToken;
import org.eclipse.paho.mqttv5.client.MqttActionListener;
import org.eclipse.paho.mqttv5.client.MqttAsyncClient;
import org.eclipse.paho.mqttv5.client.MqttConnectionOptions;
import org.eclipse.paho.mqttv5.client.persist.MemoryPersistence;
import org.eclipse.paho.mqttv5.common.MqttException;
import org.eclipse.paho.mqttv5.common.MqttMessage;

/** An MQTT connection that publishes at QoS 1, with a limit of messages on their way. */
final class Connection implements AutoCloseable {

    private final MqttAsyncClient client;
    private final Semaphore room;

    private Connection(MqttAsyncClient client, Semaphore room) {
        this.client = client;
        this.room = room;
    }

    static Connection open(String url, String name, int onTheWay) throws MqttException {
        var client = new MqttAsyncClient(url, name, new MemoryPersistence());
        var options = new MqttConnectionOptions();
        options.setCleanStart(true);
        options.setReceiveMaximum(onTheWay);
        client.connect(options).waitForCompletion(TimeUnit.SECONDS.toMillis(30));
        return new Connection(client, new Semaphore(onTheWay));
    }

    /** Waits for room. */
    void publish(String topic, MqttMessage message) throws MqttException, InterruptedException {
        if (!room.tryAcquire(60, TimeUnit.SECONDS)) {
            throw new IllegalStateException("the MQTT broker has not acknowledged anything for a minute");
        }
        message.setQos(1);
        client.publish(topic, message, null, new Room(room));
    }

    private record Room(Semaphore room) implements MqttActionListener {

        @Override
        public void onSuccess(IMqttToken token) {
            room.release();
        }

        @Override
        public void onFailure(IMqttToken token, Throwable cause) {
            throw new IllegalStateException("a message was not taken: " + cause.getMessage(), cause);
        }
    }

    @Override
    public void close() throws MqttException {
        client.disconnect().waitForCompletion(TimeUnit.SECONDS.toMillis(30));
        client.close();
    }
}
