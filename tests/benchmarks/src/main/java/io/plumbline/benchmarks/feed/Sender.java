package io.plumbline.benchmarks.feed;

import java.util.ArrayList;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.eclipse.paho.mqttv5.client.IMqttToken;
import org.eclipse.paho.mqttv5.client.MqttActionListener;
import org.eclipse.paho.mqttv5.client.MqttAsyncClient;
import org.eclipse.paho.mqttv5.client.MqttConnectionOptions;
import org.eclipse.paho.mqttv5.client.persist.MemoryPersistence;
import org.eclipse.paho.mqttv5.common.MqttException;
import org.eclipse.paho.mqttv5.common.MqttMessage;
import org.eclipse.paho.mqttv5.common.packet.MqttProperties;

/**
 * Every other message of a {@link Feed} on one connection at QoS 1. What the broker has not acknowledged is
 * kept, and published again in order on the next connection, as often as it takes.
 */
final class Sender implements Runnable {

    /** Connections; a device keeps to one, because order is only within one. */
    static final int SENDERS = 2;

    private static final int ON_THE_WAY = 100;
    private static final long ANSWER_MILLIS = 5_000;
    private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(50);
    private static final long LOOK_NANOS = TimeUnit.MICROSECONDS.toNanos(500);

    private final String url;
    private final int number;
    private final Feed feed;
    private final ConcurrentSkipListMap<Long, Message> unacknowledged = new ConcurrentSkipListMap<>();
    private volatile long next;
    private volatile boolean stopping;

    /** @param number of this sender, from 0: that of its first message */
    Sender(String url, int number, Feed feed) {
        this.url = url;
        this.number = number;
        this.feed = feed;
        this.next = number;
    }

    /** Number of the message that is published next. */
    long next() {
        return next;
    }

    /** No more new messages; {@link #run} returns when the last one is acknowledged. */
    void stop() {
        stopping = true;
    }

    @Override
    public void run() {
        while (!finished()) {
            try {
                var client = connect();
                publish(client);
                client.disconnectForcibly(0, 0, false);
                client.close(true);
            } catch (MqttException away) {
                LockSupport.parkNanos(PAUSE_NANOS);
            }
        }
    }

    private boolean finished() {
        return stopping && unacknowledged.isEmpty();
    }

    private MqttAsyncClient connect() throws MqttException {
        var client = new MqttAsyncClient(url, "sender-" + number, new MemoryPersistence());
        var options = new MqttConnectionOptions();
        options.setCleanStart(true);
        options.setReceiveMaximum(ON_THE_WAY);
        options.setMaxReconnectDelay(0);
        try {
            client.connect(options).waitForCompletion(ANSWER_MILLIS);
            return client;
        } catch (MqttException e) {
            client.close(true);
            throw e;
        }
    }

    /** Until the connection ends or there is nothing more to say. */
    private void publish(MqttAsyncClient client) {
        try {
            for (var one : new ArrayList<>(unacknowledged.entrySet())) {
                publish(client, one.getKey(), one.getValue());
            }
            while (client.isConnected() && !finished()) {
                if (stopping || unacknowledged.size() >= ON_THE_WAY || !feed.isDue(next)) {
                    LockSupport.parkNanos(LOOK_NANOS);
                    continue;
                }
                var fresh = next;
                var message = feed.message(fresh);
                unacknowledged.put(fresh, message);
                next = fresh + SENDERS;
                publish(client, fresh, message);
            }
        } catch (MqttException ended) {
            LockSupport.parkNanos(PAUSE_NANOS);
        }
    }

    private void publish(MqttAsyncClient client, long which, Message message) throws MqttException {
        var mqtt = new MqttMessage(message.payload());
        mqtt.setQos(1);
        var properties = new MqttProperties();
        properties.setUserProperties(message.properties());
        mqtt.setProperties(properties);
        feed.published(which, message);
        client.publish(message.topic(), mqtt, null, new Acknowledgement(which));
    }

    private final class Acknowledgement implements MqttActionListener {

        private final long which;

        private Acknowledgement(long which) {
            this.which = which;
        }

        @Override
        public void onSuccess(IMqttToken token) {
            unacknowledged.remove(which);
        }

        @Override
        public void onFailure(IMqttToken token, Throwable cause) {
            // It is kept, and published again on the next connection.
        }
    }
}
