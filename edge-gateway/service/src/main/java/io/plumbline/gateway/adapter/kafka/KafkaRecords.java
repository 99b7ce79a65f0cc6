package io.plumbline.gateway.adapter.kafka;

import io.plumbline.contract.Topics;
import io.plumbline.gateway.core.outbox.OutboxRecord;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;

/** What a record of the outbox is in Kafka. */
final class KafkaRecords {

    private KafkaRecords() {}

    /** Without a timestamp: Kafka refuses one that is more than an hour ahead, again and again, and all that is behind it waits. */
    static ProducerRecord<byte[], byte[]> of(OutboxRecord record, Map<String, String> more) {
        List<Header> headers = new ArrayList<>();
        record.headers().forEach((name, value) -> headers.add(header(name, value)));
        more.forEach((name, value) -> headers.add(header(name, value)));
        return new ProducerRecord<>(topic(record), null, null, record.keyBytes(), record.value(), headers);
    }

    private static Header header(String name, String value) {
        return new RecordHeader(name, value.getBytes(StandardCharsets.UTF_8));
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
}
