package io.plumbline.cli.broker;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.cli.launch.FreePorts;
import io.plumbline.contract.Topics;
import io.plumbline.contract.id.GatewayId;
import io.plumbline.contract.id.SiteId;
import io.plumbline.contract.message.GatewayEvent;
import io.plumbline.gateway.adapter.kafka.KafkaSinks;
import io.plumbline.gateway.adapter.kafka.KafkaTarget;
import io.plumbline.gateway.core.outbox.OutboxRecord;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The gateway's transactions and a real Kafka, whose topics somebody else made and left as Kafka makes them. */
class OutboxIT {

    private static final GatewayId GATEWAY = new GatewayId("gw-north");

    @TempDir
    Path folder;

    @Test
    void aClockThatIsTwoHoursAheadHoldsNothingUp() throws Exception {
        // Given
        var free = FreePorts.take(3);
        var ports = new BrokerPorts(free.get(0), free.get(1), free.get(2));
        try (var kafka = EmbeddedKafka.start(folder.resolve("kafka"), ports)) {
            assertThat(kafka).isNotNull();
            createTopics(ports);
            var target = new KafkaTarget(ports.bootstrapServers(), GATEWAY, "folder-1");
            try (var sink = new KafkaSinks(target).open()) {
                // When
                sink.send(List.of(started(Instant.now().plus(Duration.ofHours(2))), started(Instant.now())));
                sink.commit(2);

                // Then
                Awaitility.await()
                        .atMost(Duration.ofSeconds(60))
                        .untilAsserted(() -> assertThat(sink.committed()).hasValue(2));
            }
        }
    }

    private static OutboxRecord started(Instant at) {
        return OutboxRecord.event(new GatewayEvent.Started(GATEWAY, new SiteId("north"), at));
    }

    private static void createTopics(BrokerPorts ports) throws Exception {
        try (var admin = Admin.create(Map.of("bootstrap.servers", ports.bootstrapServers()))) {
            var topics = List.of(Topics.RESULTS, Topics.GATEWAY_EVENTS).stream()
                    .map(name -> new NewTopic(name, 1, (short) 1))
                    .toList();
            admin.createTopics(topics).all().get();
        }
    }
}
