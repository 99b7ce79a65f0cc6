package io.plumbline.gateway.adapter.kafka;

import io.plumbline.gateway.adapter.tracing.PublishTraces;
import io.plumbline.gateway.core.outbox.OutboxRecord;
import io.plumbline.gateway.core.outbox.RecordKind;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongSupplier;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;

/**
 * An idempotent producer that never gives a record up, so that none can overtake another of its partition. When nothing is
 * heard for long the sink fails as a whole, and the next one begins behind the last word: what Kafka had taken since is then
 * there again, under the same event ids. Not thread-safe.
 */
final class KafkaSink implements Sink {

    private static final Duration SILENCE = Duration.ofSeconds(20);
    private static final Duration GOODBYE = Duration.ofSeconds(2);

    private final Producer<byte[], byte[]> producer;
    private final PublishTraces traces;
    private final LongSupplier ticker;
    private final AtomicReference<@Nullable Exception> failure = new AtomicReference<>();
    private final ArrayDeque<Handed> waiting = new ArrayDeque<>();
    private OptionalLong arrived = OptionalLong.empty();
    private long heardAt;

    /** The sink closes the producer. */
    KafkaSink(Producer<byte[], byte[]> producer, PublishTraces traces) {
        this(producer, traces, System::nanoTime);
    }

    /** @param ticker nanoseconds */
    KafkaSink(Producer<byte[], byte[]> producer, PublishTraces traces, LongSupplier ticker) {
        this.producer = producer;
        this.traces = traces;
        this.ticker = ticker;
    }

    @Override
    public void send(List<OutboxRecord> records, long next) {
        var outgoing =
                records.stream().filter(record -> record.kind().isForKafka()).toList();
        if (waiting.isEmpty()) {
            heardAt = ticker.getAsLong();
        }
        var handed = new Handed(next, outgoing.size(), failure);
        waiting.add(handed);
        outgoing.forEach(record -> send(record, handed));
    }

    private void send(OutboxRecord record, Handed handed) {
        var followed = record.kind() == RecordKind.STATS
                ? traces.statistics(record.value())
                : traces.publishing(record.headers());
        if (followed.equals(PublishTraces.NOTHING)) {
            producer.send(KafkaRecords.of(record, Map.of()), handed);
        } else {
            producer.send(KafkaRecords.of(record, followed.headers()), (metadata, refused) -> {
                followed.arrived().run();
                handed.onCompletion(metadata, refused);
            });
        }
    }

    @Override
    public OptionalLong arrived() {
        var refused = failure.get();
        if (refused != null) {
            throw new KafkaException("Kafka refused a record: " + refused.getMessage(), refused);
        }
        var now = ticker.getAsLong();
        for (var oldest = waiting.peek(); oldest != null && oldest.hasArrived(); oldest = waiting.peek()) {
            arrived = OptionalLong.of(waiting.remove().next());
            heardAt = now;
        }
        if (!waiting.isEmpty() && now - heardAt > SILENCE.toNanos()) {
            throw new KafkaException("no word from Kafka for " + SILENCE.toSeconds() + " s");
        }
        return arrived;
    }

    @Override
    public void close() {
        producer.close(failure.get() == null && waiting.isEmpty() ? GOODBYE : Duration.ZERO);
    }
}
