package io.plumbline.gateway.adapter.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.plumbline.gateway.adapter.tracing.PublishTraces;
import io.plumbline.gateway.core.outbox.OutboxRecord;
import io.plumbline.gateway.testing.Records;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.RoundRobinPartitioner;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;

class KafkaSinkTest {

    private final MockProducer<byte[], byte[]> producer = new MockProducer<>(
            false, new RoundRobinPartitioner(), new ByteArraySerializer(), new ByteArraySerializer());
    private final Kept kept = new Kept();
    private long now;
    private final KafkaSink sink = new KafkaSink(producer, kept, OptionalLong.of(7), PublishTraces.NONE, () -> now);

    @Test
    void theOldestRecordOfWhichThereIsNoWordHoldsAllThatIsBehindIt() {
        // Given
        sink.send(Records.letters(0, 2), 2);
        sink.send(Records.letters(2, 1), 3);
        assertThat(sink.position()).hasValue(7);
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
        assertThat(kept.positions).isEmpty();
        assertThat(kept.closed).isTrue();
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

    @Test
    void thePositionIsKeptOnceASecondAndAtTheEnd() {
        for (int i = 1; i <= 30; i++) {
            sink.send(Records.letters(i, 1), i);
            producer.completeNext();
            now += Duration.ofMillis(100).toNanos();
            sink.arrived();
        }
        assertThat(kept.positions).containsExactly(10L, 20L, 30L);
        sink.send(Records.letters(31, 1), 31);
        producer.completeNext();
        sink.arrived();
        sink.close();
        assertThat(kept.positions).endsWith(31L);
        assertThat(producer.closed()).isTrue();
    }

    private static final class Kept implements Position {
        private final List<Long> positions = new ArrayList<>();
        private boolean closed;

        @Override
        public OptionalLong known() {
            return OptionalLong.empty();
        }

        @Override
        public void keep(long position) {
            positions.add(position);
        }

        @Override
        public void close() {
            closed = true;
        }
    }
}
