package io.plumbline.benchmarks;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Scanner;
import org.eclipse.paho.mqttv5.common.MqttException;
import org.eclipse.paho.mqttv5.common.MqttMessage;

/**
 * Publishes climate readings of 64 devices at QoS 1, as fast as the broker takes them or at a rate. A device keeps to one
 * connection. Device time goes on from call to call. Main arguments: MQTT url, name, connections, messages on their way on
 * each; then rounds of a site and a message count on standard input.
 */
public final class Load implements AutoCloseable {

    public static final int DEVICES = 64;

    private final List<Connection> connections;
    private final Instant start = Instant.now().minusSeconds(3L * 24 * 3600);
    private long sent;

    private Load(List<Connection> connections) {
        this.connections = connections;
    }

    /**
     * @param connections at most one for each device
     * @param onTheWay on each; 1 for a broker that does not keep the order of several
     */
    record Shape(int connections, int onTheWay) {}

    static Load connect(String url, String name, Shape shape) throws MqttException {
        var connections = new ArrayList<Connection>();
        for (int i = 1; i <= shape.connections; i++) {
            connections.add(Connection.open(url, name + "-" + i, shape.onTheWay));
        }
        return new Load(connections);
    }

    public static void main(String[] args) throws Exception {
        var shape = new Shape(Integer.parseInt(args[2]), Integer.parseInt(args[3]));
        try (var load = connect(args[0], "load-" + args[1], shape)) {
            rounds(load::send);
        }
    }

    /** Sends one message to a site. */
    interface Sender {
        void send(String site) throws MqttException, InterruptedException;
    }

    /** Sends what standard input asks for until it ends. */
    static void rounds(Sender sender) throws MqttException, InterruptedException {
        try (var in = new Scanner(System.in, StandardCharsets.UTF_8)) {
            System.out.println("READY");
            while (in.hasNext()) {
                var site = in.next();
                var count = in.nextLong();
                for (long i = 0; i < count; i++) {
                    sender.send(site);
                }
                System.out.println("SENT");
                System.out.flush();
            }
        }
    }

    /** Sends the next reading to a site; answers its number, from 0. */
    public long send(String site) throws MqttException, InterruptedException {
        var index = (int) (sent % DEVICES);
        var sequence = sent / DEVICES + 1;
        var payload = "{\"seq\":" + sequence + ",\"time\":\"" + start.plusSeconds(5 * sequence) + "\",\"humidity\":"
                + (45 + sequence % 17 * 0.1) + ",\"temperature\":" + (27 + sequence % 13 * 0.05) + "}";
        var message = new MqttMessage(payload.getBytes(StandardCharsets.UTF_8));
        connections
                .get(index % connections.size())
                .publish("sites/" + site + "/motes/m-" + (index + 1) + "/climate", message);
        return sent++;
    }

    /** The number of a reading, from 0, by what identifies it. */
    static int number(String device, long sequence) {
        return Math.toIntExact((sequence - 1) * DEVICES + Long.parseLong(device.substring(2)) - 1);
    }

    @Override
    public void close() throws MqttException {
        for (var connection : connections) {
            connection.close();
        }
    }
}
