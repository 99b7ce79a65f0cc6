package io.plumbline.gateway.adapter.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.plumbline.contract.id.GatewayId;
import io.plumbline.gateway.testing.Records;
import java.util.OptionalLong;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.RoundRobinPartitioner;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class KafkaSinkTest {

    private static final KafkaTarget TARGET = new KafkaTarget("unused:1", new GatewayId("gw-north"), "folder-1");

    private final MockProducer<byte[], byte[]> first = producer();
    private final MockProducer<byte[], byte[]> second = producer();
    private final KafkaSink sink =
            new KafkaSink(new KafkaLane(first, TARGET), new KafkaLane(second, TARGET), OptionalLong.of(0));

    private static MockProducer<byte[], byte[]> producer() {
        return new MockProducer<>(
                true, new RoundRobinPartitioner(), new ByteArraySerializer(), new ByteArraySerializer());
    }

    @BeforeEach
    void initialise() {
        first.initTransactions();
        second.initTransactions();
    }

    @AfterEach
    void close() {
        sink.close();
    }

    @Test
    void transactionsTakeTurnsAndThePositionFollows() throws Exception {
        // When
        for (int i = 0; i < 4; i++) {
            sink.send(Records.letters(10 * i, 10));
            sink.commit(10 * (i + 1));
        }

        // Then
        await().untilAsserted(() -> assertThat(sink.committed()).hasValue(40));
        assertThat(first.history()).hasSize(20);
        assertThat(second.history()).hasSize(20);
        assertThat(first.commitCount()).isEqualTo(2);
    }

    @Test
    void nothingIsCommittedAfterATransactionThatFailed() throws Exception {
        // Given
        first.commitTransactionException = new KafkaException("away");
        sink.send(Records.letters(0, 10));
        sink.commit(10);
        sink.send(Records.letters(10, 10));

        // When, Then
        assertThatThrownBy(() -> sink.commit(20))
                .isInstanceOf(KafkaException.class)
                .hasMessageContaining("away");
        assertThat(second.commitCount()).isZero();
        assertThat(second.transactionInFlight()).isTrue();
    }
}
