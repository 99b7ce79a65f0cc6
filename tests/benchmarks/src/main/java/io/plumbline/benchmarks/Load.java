package io.plumbline.benchmarks;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.eclipse.paho.mqttv5.client.IMqttToken;
import org.eclipse.paho.mqttv5.client.MqttActionListener;
import org.eclipse.paho.mqttv5.client.MqttAsyncClient;
import org.eclipse.paho.mqttv5.client.MqttConnectionOptions;
import org.eclipse.paho.mqttv5.client.persist.MemoryPersistence;
import org.eclipse.paho.mqttv5.common.MqttException;
import org.eclipse.paho.mqttv5.common.MqttMessage;

/**
 * Publishes climate readings at QoS 1, as fast as the broker takes them or at a rate. Each device has a connection of its
 * own with one message on its way, as devices have. Device time goes on from call to call. Main arguments: MQTT url, then rounds of a message count on standard input.
 */
public final class Load implements AutoCloseable {

    static final int DEVICES = 64;

    private final List<Device> devices;
    private final Instant start = Instant.now().minusSeconds(3L * 24 * 3600);
    private long sent;

    private Load(List<Device> devices) {
        this.devices = devices;
    }

    /** A connection, and room for one message on it. */
    private record Device(MqttAsyncClient client, Semaphore room) {}

    static Load connect(String url, String name) throws MqttException {
        var devices = new ArrayList<Device>();
        for (int i = 1; i <= DEVICES; i++) {
            var client = new MqttAsyncClient(url, name + "-" + i, new MemoryPersistence());
            var options = new MqttConnectionOptions();
            options.setCleanStart(true);
            client.connect(options).waitForCompletion(TimeUnit.SECONDS.toMillis(30));
            devices.add(new Device(client, new Semaphore(1)));
        }
        return new Load(devices);
    }

    public static void main(String[] args) throws Exception {
        try (var load = connect(args[0], "load-" + args[1]);
                var in = new java.util.Scanner(System.in, StandardCharsets.UTF_8)) {
            System.out.println("READY");
            while (in.hasNextLong()) {
                var count = in.nextLong();
                for (long i = 0; i < count; i++) {
                    load.send();
                }
                System.out.println("SENT");
                System.out.flush();
            }
        }
    }

    /** Sends the next reading; answers its number, from 0. */
    long send() throws MqttException, InterruptedException {
        var index = (int) (sent % DEVICES);
        var device = devices.get(index);
        if (!device.room().tryAcquire(60, TimeUnit.SECONDS)) {
            throw new IllegalStateException("the MQTT broker has not acknowledged anything for a minute");
        }
        var sequence = sent / DEVICES + 1;
        var payload = "{\"seq\":" + sequence + ",\"time\":\"" + start.plusSeconds(5 * sequence) + "\",\"humidity\":"
                + (45 + sequence % 17 * 0.1) + ",\"temperature\":" + (27 + sequence % 13 * 0.05) + "}";
        var message = new MqttMessage(payload.getBytes(StandardCharsets.UTF_8));
        message.setQos(1);
        device.client()
                .publish("sites/bench/motes/m-" + (index + 1) + "/climate", message, null, new MqttActionListener() {
                    @Override
                    public void onSuccess(IMqttToken token) {
                        device.room().release();
                    }

                    @Override
                    public void onFailure(IMqttToken token, Throwable cause) {
                        throw new IllegalStateException("a message was not taken: " + cause.getMessage(), cause);
                    }
                });
        return sent++;
    }

    /** The event id that the next reading will have. */
    String nextEvent() {
        var sequence = sent / DEVICES + 1;
        return "m-" + (sent % DEVICES + 1) + "/climate/"
                + start.plusSeconds(5 * sequence).toEpochMilli() + "-" + sequence;
    }

    @Override
    public void close() throws MqttException {
        for (var device : devices) {
            device.client().disconnect().waitForCompletion(TimeUnit.SECONDS.toMillis(30));
            device.client().close();
        }
    }
}
