package io.plumbline.cli.broker;

import io.plumbline.contract.wire.Json;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/**
 * The brokers' process. Arguments: data folder, Kafka port, Kafka controller port, MQTT port. Prints one line of JSON,
 * {@link BrokerPorts}, when both answer; ends cleanly on SIGTERM.
 */
public final class BrokerHost {

    private BrokerHost() {}

    public static void main(String[] args) throws Exception {
        if (args.length != 4) {
            System.err.println("usage: BrokerHost DATA_DIR KAFKA_PORT CONTROLLER_PORT MQTT_PORT");
            System.exit(2);
        }
        var data = Path.of(args[0]);
        var ports = new BrokerPorts(Integer.parseInt(args[1]), Integer.parseInt(args[2]), Integer.parseInt(args[3]));
        var kafka = EmbeddedKafka.start(data.resolve("kafka"), ports);
        var mqtt = EmbeddedMqtt.start(data.resolve("mqtt"), ports.mqtt());
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            mqtt.close();
            kafka.close();
        }));
        System.out.println(new String(Json.encode(ports), StandardCharsets.UTF_8));
        System.out.flush();
    }
}
