package io.plumbline.cli.broker;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.storage.Formatter;
import org.apache.kafka.server.common.MetadataVersion;

/** One Kafka node, broker and controller, whose data survives restarts. */
final class EmbeddedKafka implements AutoCloseable {

    private static final int NODE = 1;
    private static final String CONTROLLER = "CONTROLLER";

    private final KafkaRaftServer server;

    private EmbeddedKafka(KafkaRaftServer server) {
        this.server = server;
    }

    static EmbeddedKafka start(Path data, BrokerPorts ports) throws Exception {
        Files.createDirectories(data);
        if (!Files.exists(data.resolve("meta.properties"))) {
            format(data);
        }
        var server = new KafkaRaftServer(new KafkaConfig(settings(data, ports)), Time.SYSTEM);
        server.startup();
        return new EmbeddedKafka(server);
    }

    private static void format(Path data) throws Exception {
        var formatter = new Formatter()
                .setNodeId(NODE)
                .setClusterId(Uuid.randomUuid().toString())
                .setDirectories(List.of(data.toString()))
                .setMetadataLogDirectory(data.toString())
                .setControllerListenerName(CONTROLLER)
                .setReleaseVersion(MetadataVersion.latestProduction())
                .setPrintStream(new java.io.PrintStream(
                        java.io.OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8));
        formatter.run();
    }

    private static Properties settings(Path data, BrokerPorts ports) throws IOException {
        var settings = new Properties();
        try (var in = EmbeddedKafka.class.getResourceAsStream("kafka.properties")) {
            settings.load(in);
        }
        settings.setProperty("node.id", String.valueOf(NODE));
        settings.setProperty("log.dirs", data.toString());
        settings.setProperty(
                "listeners",
                "PLAINTEXT://127.0.0.1:" + ports.kafka() + "," + CONTROLLER + "://127.0.0.1:" + ports.controller());
        settings.setProperty("advertised.listeners", "PLAINTEXT://127.0.0.1:" + ports.kafka());
        settings.setProperty("controller.quorum.voters", NODE + "@127.0.0.1:" + ports.controller());
        return settings;
    }

    @Override
    public void close() {
        server.shutdown();
        server.awaitShutdown();
    }
}
