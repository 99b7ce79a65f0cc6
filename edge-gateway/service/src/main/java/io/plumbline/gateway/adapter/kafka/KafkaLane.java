package io.plumbline.gateway.adapter.kafka;

import io.plumbline.contract.Topics;
import io.plumbline.gateway.adapter.tracing.PublishTraces;
import io.plumbline.gateway.core.outbox.OutboxRecord;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;

/**
 * A producer and its transactions. Records and position travel in one: the position is kept as the offset of a consumer group
 * that has no members, so after a crash, between any two instructions, Kafka itself says how far the outbox got. Only one
 * thread at a time.
 */
final class KafkaLane implements AutoCloseable {

    /** The topic of the position does not matter, as long as it exists. */
    static final TopicPartition POSITION = new TopicPartition(Topics.RESULTS, 0);

    private static final Duration GOODBYE = Duration.ofSeconds(2);

    private final Producer<byte[], byte[]> producer;
    private final KafkaTarget target;
    private final PublishTraces traces;

    /** @param producer its transactions are initialised */
    KafkaLane(Producer<byte[], byte[]> producer, KafkaTarget target) {
        this(producer, target, PublishTraces.NONE);
    }

    KafkaLane(Producer<byte[], byte[]> producer, KafkaTarget target, PublishTraces traces) {
        this.producer = producer;
        this.target = target;
        this.traces = traces;
    }

    void begin() {
        producer.beginTransaction();
    }

    /** Hands over; a failure shows in {@link #commit}. */
    void send(List<OutboxRecord> records) {
        records.stream().filter(record -> record.kind().isForKafka()).forEach(this::send);
    }

    private void send(OutboxRecord record) {
        var followed = traces.publishing(record.headers());
        if (followed == PublishTraces.NOTHING) {
            producer.send(toProducerRecord(record));
        } else {
            producer.send(toProducerRecord(record), (metadata, failure) -> followed.run());
        }
    }

    /** Returns when every record that was handed over is in Kafka, or has failed. */
    void flush() {
        producer.flush();
    }

    /** All records since {@link #begin} and the position, or nothing; after a failure it is unknown which. */
    void commit(long next) {
        producer.sendOffsetsToTransaction(
                Map.of(POSITION, new OffsetAndMetadata(next, Optional.empty(), target.outbox())),
                new ConsumerGroupMetadata(target.group()));
        producer.commitTransaction();
    }

    /** Without a timestamp: Kafka refuses one that is more than an hour ahead, and with it the whole transaction, for ever. */
    static ProducerRecord<byte[], byte[]> toProducerRecord(OutboxRecord record) {
        List<Header> headers = new ArrayList<>();
        record.headers()
                .forEach((name, value) -> headers.add(new RecordHeader(name, value.getBytes(StandardCharsets.UTF_8))));
        return new ProducerRecord<>(
                topic(record), null, null, record.key().getBytes(StandardCharsets.UTF_8), record.value(), headers);
    }

    private static String topic(OutboxRecord record) {
        return switch (record.kind()) {
            case RESULT -> Topics.RESULTS;
            case DEAD_LETTER -> Topics.DEAD_LETTERS;
            case STATS -> Topics.MODEL_STATS;
            case EVENT -> Topics.GATEWAY_EVENTS;
            case DROPPED, BIRTH, FORGOTTEN -> throw new IllegalStateException(record.kind() + " for Kafka is a bug");
        };
    }

    @Override
    public void close() {
        producer.close(GOODBYE);
    }
}
