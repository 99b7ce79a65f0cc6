package io.plumbline.gateway.adapter.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.plumbline.gateway.adapter.tracing.PublishTraces;
import io.plumbline.gateway.core.outbox.OutboxRecord;
import io.plumbline.gateway.testing.Records;
import java.time.Duration;
import java.util.List;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.RoundRobinPartitioner;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;

class KafkaSinkTest {

    private final MockProducer<byte[], byte[]> producer = new MockProducer<>(
            false, new RoundRobinPartitioner(), new ByteArraySerializer(), new ByteArraySerializer());
    private long now;
    private final KafkaSink sink = new KafkaSink(producer, PublishTraces.NONE, () -> now);

    @Test
    void theOldestRecordOfWhichThereIsNoWordHoldsAllThatIsBehindIt() {
        // Given
        sink.send(Records.letters(0, 2), 2);
        sink.send(Records.letters(2, 1), 3);
        assertThat(sink.arrived()).isEmpty();

        // Then
        producer.completeNext();
        assertThat(sink.arrived()).isEmpty();
        producer.completeNext();
        assertThat(sink.arrived()).hasValue(2);
        producer.completeNext();
        assertThat(sink.arrived()).hasValue(3);
    }

    @Test
    void whatIsOnlyForTheGatewayItselfStaysHereAndThePositionPassesIt() {
        sink.send(List.of(OutboxRecord.dropped(3)), 1);
        assertThat(sink.arrived()).hasValue(1);
        assertThat(producer.history()).isEmpty();
    }

    @Test
    void aRefusedRecordFailsTheSinkAndIsNotPassed() {
        // Given
        sink.send(Records.letters(0, 1), 1);
        sink.send(Records.letters(1, 1), 2);
        producer.errorNext(new KafkaException("too large"));
        producer.completeNext();

        // Then
        assertThatThrownBy(sink::arrived).isInstanceOf(KafkaException.class).hasMessageContaining("too large");
        sink.close();
        assertThat(producer.closed()).isTrue();
    }

    @Test
    void silenceFailsTheSinkButOnlyWhileSomethingIsOnItsWay() {
        // Given
        now += Duration.ofHours(1).toNanos();
        assertThat(sink.arrived()).isEmpty();
        sink.send(Records.letters(0, 1), 1);
        now += Duration.ofSeconds(20).toNanos();
        assertThat(sink.arrived()).isEmpty();

        // When
        now += 1;

        // Then
        assertThatThrownBy(sink::arrived).hasMessage("no word from Kafka for 20 s");
    }
}
