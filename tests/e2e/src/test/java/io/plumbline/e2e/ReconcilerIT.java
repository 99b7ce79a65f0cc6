package io.plumbline.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.plumbline.cli.client.FleetClient;
import io.plumbline.cli.launch.Brokers;
import io.plumbline.cli.launch.Installation;
import io.plumbline.cli.launch.Service;
import io.plumbline.cli.launch.ServiceKind;
import io.plumbline.contract.Topics;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The topic of assignments, deleted and written to by a stranger while the control plane is down, is whole after the next start. */
class ReconcilerIT {

    private static final Path ROOT = Path.of(System.getProperty("plumbline.root"));
    private static final Duration PATIENCE = Duration.ofSeconds(120);
    private static final TopicPartition TOPIC = new TopicPartition(Topics.ASSIGNMENTS, 0);
    private static final String FLEET = """
            sites:
              north: {gateways: [gw-1, gw-2], devices: [north-1, north-2, north-3]}
            models:
              climate-event: {build: "sha256:%s"}
            streams:
              climate: {topic: "sites/{site}/motes/{device}/climate", model: climate-event, shadowShare: 0.5, statsWindow: PT5M}
            rollout: {}
            """.formatted("0".repeat(64));

    @TempDir
    private Path folder = Path.of("");

    @Test
    void aTopicThatWasDeletedWhileTheControlPlaneWasDownIsWholeAgain() throws Exception {
        var brokers = Brokers.start(new Installation(ROOT), folder);
        try {
            // Given
            var kafka = brokers.ports().bootstrapServers();
            var first = fleet("fleet-1", kafka);
            new FleetClient(first.url()).apply(FLEET);
            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(assignments(kafka)).containsOnlyKeys("gw-1", "gw-2"));
            var before = assignments(kafka);
            first.process().stop(Duration.ofSeconds(20));

            // When
            makeAnew(kafka);
            write(kafka, "gw-stranger", "{}");
            assertThat(assignments(kafka)).containsOnlyKeys("gw-stranger");
            var second = fleet("fleet-2", kafka);

            // Then
            try {
                await().atMost(PATIENCE)
                        .untilAsserted(() -> assertThat(assignments(kafka)).isEqualTo(before));
            } finally {
                second.process().stop(Duration.ofSeconds(20));
            }
        } finally {
            brokers.process().stop(Duration.ofSeconds(10));
        }
    }

    private Service fleet(String name, String kafka) throws Exception {
        return Service.start(
                        new Installation(ROOT),
                        Service.Program.of(ServiceKind.FLEET, name),
                        folder.resolve("logs"),
                        Map.of(
                                "plumbline.fleet.data-dir",
                                folder.resolve("fleet").toString(),
                                "kafka.bootstrap.servers",
                                kafka))
                .awaitReady();
    }

    private static void makeAnew(String kafka) throws Exception {
        try (var admin = Admin.create(Map.<String, Object>of("bootstrap.servers", kafka))) {
            admin.deleteTopics(List.of(Topics.ASSIGNMENTS)).all().get(60, TimeUnit.SECONDS);
            var compacted = new NewTopic(Topics.ASSIGNMENTS, 1, (short) 1).configs(Map.of("cleanup.policy", "compact"));
            await().atMost(PATIENCE)
                    .ignoreExceptions()
                    .untilAsserted(() -> assertThat(
                                    admin.createTopics(List.of(compacted)).all().get(10, TimeUnit.SECONDS))
                            .isNull());
        }
    }

    private static void write(String kafka, String key, String value) throws Exception {
        try (var producer = new KafkaProducer<>(
                Map.<String, Object>of("bootstrap.servers", kafka), new StringSerializer(), new StringSerializer())) {
            producer.send(new ProducerRecord<>(Topics.ASSIGNMENTS, key, value)).get(60, TimeUnit.SECONDS);
        }
    }

    /** What the topic says of each gateway up to its end. */
    private static Map<String, String> assignments(String kafka) {
        try (var consumer = new KafkaConsumer<>(
                Map.<String, Object>of("bootstrap.servers", kafka),
                new StringDeserializer(),
                new StringDeserializer())) {
            consumer.assign(List.of(TOPIC));
            consumer.seekToBeginning(List.of(TOPIC));
            var end = consumer.endOffsets(List.of(TOPIC)).getOrDefault(TOPIC, 0L);
            var newest = new HashMap<String, String>();
            while (consumer.position(TOPIC) < end) {
                for (var record : consumer.poll(Duration.ofMillis(100))) {
                    if (record.value() == null) {
                        newest.remove(record.key());
                    } else {
                        newest.put(record.key(), record.value());
                    }
                }
            }
            return newest;
        }
    }
}
