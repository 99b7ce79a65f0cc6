package io.plumbline.gateway.adapter.kafka;

import io.plumbline.contract.Topics;
import io.plumbline.gateway.core.outbox.OutboxRecord;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;

/**
 * Records and position in one Kafka transaction. The position is kept as the offset of a consumer group that has no members,
 * so after a crash, between any two instructions, Kafka itself says how far the outbox got: nothing is sent twice, nothing is
 * left out.
 */
final class KafkaSink implements Sink {

    /** The topic of the position does not matter, as long as it exists. */
    static final TopicPartition POSITION = new TopicPartition(Topics.RESULTS, 0);

    private static final Duration GOODBYE = Duration.ofSeconds(2);

    private final Producer<byte[], byte[]> producer;
    private final KafkaTarget target;
    private final OptionalLong position;

    /**
     * @param producer its transactions are initialised
     * @param committed the group's offset after that
     */
    KafkaSink(Producer<byte[], byte[]> producer, KafkaTarget target, Optional<OffsetAndMetadata> committed) {
        this.producer = producer;
        this.target = target;
        this.position = committed
                .filter(offset -> offset.metadata().equals(target.outbox()))
                .map(offset -> OptionalLong.of(offset.offset()))
                .orElse(OptionalLong.empty());
    }

    @Override
    public OptionalLong position() {
        return position;
    }

    @Override
    public void commit(List<OutboxRecord> records, long next) {
        producer.beginTransaction();
        records.forEach(record -> producer.send(toProducerRecord(record)));
        producer.sendOffsetsToTransaction(
                Map.of(POSITION, new OffsetAndMetadata(next, Optional.empty(), target.outbox())),
                new ConsumerGroupMetadata(target.group()));
        producer.commitTransaction();
    }

    static ProducerRecord<byte[], byte[]> toProducerRecord(OutboxRecord record) {
        List<Header> headers = new ArrayList<>();
        record.headers()
                .forEach((name, value) -> headers.add(new RecordHeader(name, value.getBytes(StandardCharsets.UTF_8))));
        return new ProducerRecord<>(
                topic(record),
                null,
                record.timestampMillis(),
                record.key().getBytes(StandardCharsets.UTF_8),
                record.value(),
                headers);
    }

    private static String topic(OutboxRecord record) {
        return switch (record.kind()) {
            case RESULT -> Topics.RESULTS;
            case DEAD_LETTER -> Topics.DEAD_LETTERS;
            case STATS -> Topics.MODEL_STATS;
            case EVENT -> Topics.GATEWAY_EVENTS;
        };
    }

    @Override
    public void close() {
        producer.close(GOODBYE);
    }
}
