package io.plumbline.gateway.adapter.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.contract.Topics;
import io.plumbline.contract.id.GatewayId;
import io.plumbline.gateway.core.outbox.OutboxRecord;
import io.plumbline.gateway.testing.Records;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.RoundRobinPartitioner;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;

class KafkaLaneTest {

    private static final KafkaTarget TARGET = new KafkaTarget("unused:1", new GatewayId("gw-north"), "folder-1");

    private final MockProducer<byte[], byte[]> producer =
            new MockProducer<>(true, new RoundRobinPartitioner(), new ByteArraySerializer(), new ByteArraySerializer());

    @Test
    void recordsAndPositionTravelInOneTransaction() {
        // Given
        producer.initTransactions();
        var lane = new KafkaLane(producer, TARGET);

        // When
        lane.begin();
        lane.send(Records.letters(0, 3));
        lane.commit(3);

        // Then
        assertThat(producer.transactionCommitted()).isTrue();
        assertThat(producer.history()).hasSize(3).allSatisfy(record -> {
            assertThat(record.topic()).isEqualTo(Topics.DEAD_LETTERS);
            assertThat(record.headers().lastHeader("reason").value())
                    .isEqualTo("MALFORMED".getBytes(StandardCharsets.UTF_8));
        });
        assertThat(producer.consumerGroupOffsetsHistory())
                .containsExactly(Map.of(
                        "plumbline-outbox-gw-north",
                        Map.of(KafkaLane.POSITION, new OffsetAndMetadata(3, Optional.empty(), "folder-1"))));
    }

    @Test
    void whatIsOnlyForTheGatewayItselfStaysHereAndThePositionPassesIt() {
        // Given
        producer.initTransactions();
        var lane = new KafkaLane(producer, TARGET);

        // When
        lane.begin();
        lane.send(List.of(OutboxRecord.dropped(3)));
        lane.commit(1);

        // Then
        assertThat(producer.history()).isEmpty();
        assertThat(producer.consumerGroupOffsetsHistory()).hasSize(1);
    }

    @Test
    void aPositionOfAnotherGatewayFolderDoesNotCount() {
        assertThat(position("folder-1")).hasValue(41);
        assertThat(position("folder-0")).isEmpty();
    }

    private static OptionalLong position(String folder) {
        var committed = new OffsetAndMetadata(41, Optional.empty(), folder);
        return KafkaSink.position(Optional.of(committed), TARGET);
    }

    @Test
    void keepsTheKeyAndLeavesTheTimeToKafka() {
        // When
        var record =
                KafkaLane.toProducerRecord(List.copyOf(Records.letters(9, 1)).get(0));

        // Then
        assertThat(record.key()).isEqualTo("sites/north/motes/north-1/climate".getBytes(StandardCharsets.UTF_8));
        assertThat(record.timestamp()).isNull();
        assertThat(record.partition()).isNull();
    }
}
