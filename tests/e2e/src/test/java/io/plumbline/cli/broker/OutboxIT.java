package io.plumbline.cli.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.plumbline.cli.launch.Brokers;
import io.plumbline.cli.launch.LaunchException;
import io.plumbline.contract.Topics;
import io.plumbline.contract.id.GatewayId;
import io.plumbline.contract.id.SiteId;
import io.plumbline.contract.message.GatewayEvent;
import io.plumbline.gateway.adapter.kafka.KafkaSinks;
import io.plumbline.gateway.adapter.kafka.Sink;
import io.plumbline.gateway.core.outbox.OutboxRecord;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.KafkaException;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the gateway hands to a real Kafka, whose topics somebody else made and left as Kafka makes them. */
class OutboxIT {

    private static final GatewayId GATEWAY = new GatewayId("gw-north");

    @TempDir
    Path folder;

    private BrokerPorts ports;

    @BeforeEach
    void takePorts() throws LaunchException {
        ports = Brokers.freePorts();
    }

    @Test
    void aClockThatIsTwoHoursAheadHoldsNothingUp() throws Exception {
        try (var kafka = EmbeddedKafka.start(folder.resolve("kafka"), ports)) {
            // Given
            assertThat(kafka).isNotNull();
            createTopics(ports);
            try (var sink = new KafkaSinks(ports.bootstrapServers()).open()) {
                // When
                sink.send(List.of(started(Instant.now().plus(Duration.ofHours(2))), started(Instant.now())), 2);

                // Then
                awaitArrived(sink, 2);
            }
        }
    }

    @Test
    void noSinkOpensWhileKafkaIsAway() {
        assertThatThrownBy(() -> new KafkaSinks(ports.bootstrapServers()).open())
                .isInstanceOf(KafkaException.class);
    }

    private static void awaitArrived(Sink sink, long position) {
        Awaitility.await()
                .atMost(Duration.ofSeconds(60))
                .untilAsserted(() -> assertThat(sink.arrived()).hasValue(position));
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
