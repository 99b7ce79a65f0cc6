package io.plumbline.benchmarks.faults;

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

/**
 * Every other device of the {@link Script} on one connection, at a steady rate and at QoS 1. What the broker has not acknowledged is
 * kept, and published again in order on the next connection, as often as it takes.
 */
final class Sender implements Runnable {

    /** Connections; a device keeps to one, because order is only within one. */
    static final int SENDERS = 2;

    private static final int ON_THE_WAY = 100;
    private static final long ANSWER_MILLIS = 5_000;
    private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(50);
    private static final long LOOK_NANOS = TimeUnit.MICROSECONDS.toNanos(500);

    private final Target target;
    private final Script script;
    private final Ledger ledger;
    private final ConcurrentSkipListMap<Long, Message> unacknowledged = new ConcurrentSkipListMap<>();
    private volatile long next;
    private volatile boolean stopping;

    /**
     * @param number from 0
     * @param perSecond messages of this sender
     */
    record Target(String url, int number, double perSecond) {}

    Sender(Target target, Script script, Ledger ledger) {
        this.target = target;
        this.script = script;
        this.ledger = ledger;
        this.next = target.number;
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
        var start = System.nanoTime();
        while (!finished()) {
            try {
                var client = connect();
                publish(client, start);
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
        var client = new MqttAsyncClient(target.url, "sender-" + target.number, new MemoryPersistence());
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
    private void publish(MqttAsyncClient client, long start) {
        try {
            for (var one : new ArrayList<>(unacknowledged.entrySet())) {
                publish(client, one.getKey(), one.getValue());
            }
            while (client.isConnected() && !finished()) {
                var due = start + (long) (next / Sender.SENDERS / target.perSecond * 1e9);
                if (stopping || unacknowledged.size() >= ON_THE_WAY || due > System.nanoTime()) {
                    LockSupport.parkNanos(LOOK_NANOS);
                    continue;
                }
                var number = next;
                var message = script.message(number);
                unacknowledged.put(number, message);
                next = number + SENDERS;
                publish(client, number, message);
            }
        } catch (MqttException ended) {
            LockSupport.parkNanos(PAUSE_NANOS);
        }
    }

    private void publish(MqttAsyncClient client, long number, Message message) throws MqttException {
        var mqtt = new MqttMessage(message.payload());
        mqtt.setQos(1);
        ledger.published(number, message.payload());
        client.publish(message.topic(), mqtt, null, new Acknowledgement(number));
    }

    private final class Acknowledgement implements MqttActionListener {

        private final long number;

        private Acknowledgement(long number) {
            this.number = number;
        }

        @Override
        public void onSuccess(IMqttToken token) {
            unacknowledged.remove(number);
        }

        @Override
        public void onFailure(IMqttToken token, Throwable cause) {
            // It is kept, and published again on the next connection.
        }
    }
}
