package io.plumbline.benchmarks;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Scanner;
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
 * Publishes climate readings of 64 devices at QoS 1, as fast as the broker takes them or at a rate. A device keeps to one
 * connection. Device time goes on from call to call. Main arguments: MQTT url, name, connections, messages on their way on
 * each; then rounds of a site and a message count on standard input.
 */
public final class Load implements AutoCloseable {

    static final int DEVICES = 64;

    private final List<Connection> connections;
    private final Instant start = Instant.now().minusSeconds(3L * 24 * 3600);
    private long sent;

    private Load(List<Connection> connections) {
        this.connections = connections;
    }

    /** A client, and room for messages on their way. */
    private record Connection(MqttAsyncClient client, Semaphore room) {}

    /**
     * @param connections at most one for each device
     * @param onTheWay on each; 1 for a broker that does not keep the order of several
     */
    record Shape(int connections, int onTheWay) {}

    static Load connect(String url, String name, Shape shape) throws MqttException {
        var connections = new ArrayList<Connection>();
        for (int i = 1; i <= shape.connections; i++) {
            var client = new MqttAsyncClient(url, name + "-" + i, new MemoryPersistence());
            var options = new MqttConnectionOptions();
            options.setCleanStart(true);
            options.setReceiveMaximum(shape.onTheWay);
            client.connect(options).waitForCompletion(TimeUnit.SECONDS.toMillis(30));
            connections.add(new Connection(client, new Semaphore(shape.onTheWay)));
        }
        return new Load(connections);
    }

    public static void main(String[] args) throws Exception {
        var shape = new Shape(Integer.parseInt(args[2]), Integer.parseInt(args[3]));
        try (var load = connect(args[0], "load-" + args[1], shape);
                var in = new Scanner(System.in, StandardCharsets.UTF_8)) {
            System.out.println("READY");
            while (in.hasNext()) {
                var site = in.next();
                var count = in.nextLong();
                for (long i = 0; i < count; i++) {
                    load.send(site);
                }
                System.out.println("SENT");
                System.out.flush();
            }
        }
    }

    /** Sends the next reading to a site; answers its number, from 0. */
    long send(String site) throws MqttException, InterruptedException {
        var index = (int) (sent % DEVICES);
        var connection = connections.get(index % connections.size());
        if (!connection.room().tryAcquire(60, TimeUnit.SECONDS)) {
            throw new IllegalStateException("the MQTT broker has not acknowledged anything for a minute");
        }
        var sequence = sent / DEVICES + 1;
        var payload = "{\"seq\":" + sequence + ",\"time\":\"" + start.plusSeconds(5 * sequence) + "\",\"humidity\":"
                + (45 + sequence % 17 * 0.1) + ",\"temperature\":" + (27 + sequence % 13 * 0.05) + "}";
        var message = new MqttMessage(payload.getBytes(StandardCharsets.UTF_8));
        message.setQos(1);
        connection
                .client()
                .publish("sites/" + site + "/motes/m-" + (index + 1) + "/climate", message, null, new Room(connection));
        return sent++;
    }

    private record Room(Connection connection) implements MqttActionListener {

        @Override
        public void onSuccess(IMqttToken token) {
            connection.room().release();
        }

        @Override
        public void onFailure(IMqttToken token, Throwable cause) {
            throw new IllegalStateException("a message was not taken: " + cause.getMessage(), cause);
        }
    }

    /** The number of a reading, from 0, by what identifies it. */
    static int number(String device, long sequence) {
        return Math.toIntExact((sequence - 1) * DEVICES + Long.parseLong(device.substring(2)) - 1);
    }

    @Override
    public void close() throws MqttException {
        for (var connection : connections) {
            connection.client().disconnect().waitForCompletion(TimeUnit.SECONDS.toMillis(30));
            connection.client().close();
        }
    }
}
