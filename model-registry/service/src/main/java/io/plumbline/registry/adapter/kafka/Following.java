package io.plumbline.registry.adapter.kafka;

import io.plumbline.signals.trace.TraceHeader;
import io.smallrye.reactive.messaging.kafka.Record;
import io.smallrye.reactive.messaging.kafka.api.IncomingKafkaRecordMetadata;
import io.smallrye.reactive.messaging.kafka.api.OutgoingKafkaRecordMetadata;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.eclipse.microprofile.reactive.messaging.Emitter;
import org.eclipse.microprofile.reactive.messaging.Message;
import org.jspecify.annotations.Nullable;

/**
 * A record that says what it follows from.
 *
 * @param traceparent empty where nobody follows it
 */
record Following(Record<String, byte[]> record, Optional<String> traceparent) {

    static Optional<String> traceparent(@Nullable IncomingKafkaRecordMetadata<String, byte[]> metadata) {
        if (metadata == null) {
            return Optional.empty();
        }
        var header = metadata.getHeaders().lastHeader(TraceHeader.NAME);
        return header == null ? Optional.empty() : TraceHeader.read(header.value());
    }

    /** @return completes when Kafka has it, or does not take it */
    CompletionStage<Void> by(Emitter<Record<String, byte[]>> emitter) {
        if (traceparent.isEmpty()) {
            return emitter.send(record);
        }
        var sent = new CompletableFuture<Void>();
        var headers = new RecordHeaders().add(TraceHeader.NAME, TraceHeader.write(traceparent.get()));
        emitter.send(Message.of(
                        record,
                        () -> {
                            sent.complete(null);
                            return CompletableFuture.completedFuture(null);
                        },
                        failure -> {
                            sent.completeExceptionally(failure);
                            return CompletableFuture.completedFuture(null);
                        })
                .addMetadata(OutgoingKafkaRecordMetadata.builder()
                        .withHeaders(headers)
                        .build()));
        return sent;
    }
}
