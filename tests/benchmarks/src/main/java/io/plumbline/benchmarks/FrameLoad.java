package io.plumbline.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.paho.mqttv5.common.MqttException;
import org.eclipse.paho.mqttv5.common.MqttMessage;
import org.eclipse.paho.mqttv5.common.packet.MqttProperties;
import org.eclipse.paho.mqttv5.common.packet.UserProperty;

/**
 * Publishes the frames of a folder over and over as four cameras at QoS 1, as fast as the broker takes them. Main arguments:
 * MQTT url, name, connections (one is used), messages on their way, folder; then rounds of a site and a count on standard
 * input.
 */
public final class FrameLoad {

    public static final int CAMERAS = 4;

    private final Connection connection;
    private final List<byte[]> frames;
    private final Instant start = Instant.now().minusSeconds(3L * 24 * 3600);
    private long sent;

    private FrameLoad(Connection connection, List<byte[]> frames) {
        this.connection = connection;
        this.frames = frames;
    }

    public static void main(String[] args) throws Exception {
        try (var connection = Connection.open(args[0], "load-" + args[1], Integer.parseInt(args[3]))) {
            Load.rounds(new FrameLoad(connection, frames(Path.of(args[4])))::send);
        }
    }

    /** In the order of their names. */
    public static List<byte[]> frames(Path folder) throws IOException {
        var frames = new ArrayList<byte[]>();
        try (var files = Files.list(folder)) {
            for (var file : files.filter(one -> one.toString().endsWith(".jpg"))
                    .sorted()
                    .toList()) {
                frames.add(Files.readAllBytes(file));
            }
        }
        return frames;
    }

    private void send(String site) throws MqttException, InterruptedException {
        var message = new MqttMessage(frames.get((int) (sent % frames.size())));
        var properties = new MqttProperties();
        properties.setUserProperties(
                List.of(new UserProperty("time", start.plusMillis(40 * sent).toString())));
        message.setProperties(properties);
        connection.publish("sites/" + site + "/cameras/cam-" + (1 + sent % CAMERAS) + "/frame", message);
        sent++;
    }
}
