package io.plumbline.fleet.adapter.kafka;

import io.plumbline.signals.trace.TraceHeader;
import io.smallrye.reactive.messaging.kafka.Record;
import io.smallrye.reactive.messaging.kafka.api.OutgoingKafkaRecordMetadata;
import java.util.Optional;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.eclipse.microprofile.reactive.messaging.Message;

/** Records with the place in their trace as a header, where somebody follows them. */
final class FollowedRecord {

    private FollowedRecord() {}

    static Message<Record<String, byte[]>> of(String key, byte[] value, Optional<String> place) {
        var record = Message.of(Record.of(key, value));
        return place.map(traceparent -> following(record, traceparent)).orElse(record);
    }

    private static Message<Record<String, byte[]>> following(
            Message<Record<String, byte[]>> record, String traceparent) {
        var headers = new RecordHeaders().add(TraceHeader.NAME, TraceHeader.write(traceparent));
        return record.addMetadata(
                OutgoingKafkaRecordMetadata.builder().withHeaders(headers).build());
    }
}
