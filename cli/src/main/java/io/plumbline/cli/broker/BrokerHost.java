package io.plumbline.cli.broker;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;

/**
 * The brokers' process. Arguments: data folder, Kafka port, Kafka controller port, MQTT port. Prints one line of JSON,
 * {@link BrokerPorts}, when both answer; ends cleanly on SIGTERM. If one of them cannot start, the process says so in one
 * line and ends with exit code 1: half a pair is of no use to anybody.
 */
public final class BrokerHost {

    private static final int FAILED = 1;
    private static final int MISUSED = 2;

    private BrokerHost() {}

    public static void main(String[] args) {
        if (args.length != 4) {
            System.err.println("usage: BrokerHost DATA_DIR KAFKA_PORT CONTROLLER_PORT MQTT_PORT");
            System.exit(MISUSED);
        }
        var data = Path.of(args[0]);
        start(
                data.resolve("kafka"),
                data.resolve("mqtt"),
                new BrokerPorts(Integer.parseInt(args[1]), Integer.parseInt(args[2]), Integer.parseInt(args[3])));
    }

    private static void start(Path kafkaData, Path mqttData, BrokerPorts ports) {
        var mqtt = CompletableFuture.supplyAsync(() -> orEnd(
                "the MQTT broker cannot start on port " + ports.mqtt() + " over " + mqttData,
                () -> EmbeddedMqtt.start(mqttData, ports.mqtt())));
        var kafka = orEnd(
                "Kafka cannot start on ports " + ports.kafka() + " and " + ports.controller() + " over " + kafkaData,
                () -> EmbeddedKafka.start(kafkaData, ports));
        var running = mqtt.join();
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            running.close();
            kafka.close();
        }));
        System.out.println(ports.ready());
        System.out.flush();
    }

    /** Errors too: whatever a broker dies of, its process must not stay behind half alive. */
    private static <T> T orEnd(String failure, Callable<T> start) {
        try {
            return start.call();
        } catch (Throwable e) {
            throw end(failure + ": " + deepest(e));
        }
    }

    /** Never returns, nor gives its lock back: of two brokers that fail at the same time only the first speaks. */
    private static synchronized IllegalStateException end(String because) {
        System.err.println("brokers: " + because);
        System.err.flush();
        // Not System.exit: the other broker may be in the middle of its start, and would not let itself be stopped.
        Runtime.getRuntime().halt(FAILED);
        return new IllegalStateException("a halted process that goes on is a bug");
    }

    private static String deepest(Throwable e) {
        var cause = e;
        for (var next = e.getCause(); next != null; next = next.getCause()) {
            cause = next;
        }
        return cause.toString().lines().findFirst().orElse("");
    }
}
