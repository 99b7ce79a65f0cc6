package io.plumbline.gateway.adapter.kafka;

import io.plumbline.gateway.adapter.tracing.PublishTraces;
import java.util.ArrayList;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.ListConsumerGroupOffsetsOptions;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Opens {@link KafkaSink}s. */
public final class KafkaSinks implements Sink.Factory {

    private static final int BLOCK_MILLIS = 15_000;
    private static final int REQUEST_MILLIS = 10_000;
    private static final int DELIVERY_MILLIS = 20_000;
    private static final int TRANSACTION_MILLIS = 30_000;
    /** Records come in groups already, because the outbox waits for them; this only lets a group be handed over whole. */
    private static final int LINGER_MILLIS = 1;

    private static final int BATCH_BYTES = 64 << 10;
    private static final int BUFFER_BYTES = 8 << 20;

    private final KafkaTarget target;
    private final PublishTraces traces;

    public KafkaSinks(KafkaTarget target) {
        this(target, PublishTraces.NONE);
    }

    public KafkaSinks(KafkaTarget target, PublishTraces traces) {
        this.target = target;
        this.traces = traces;
    }

    /** The position is read only after both {@code initTransactions}, which first end what earlier producers left open. */
    @Override
    public Sink open() throws InterruptedException {
        var opened = new ArrayList<KafkaLane>();
        try {
            for (int number = 1; number <= 2; number++) {
                var producer = new KafkaProducer<byte[], byte[]>(producerConfig(number));
                opened.add(new KafkaLane(producer, target, traces));
                producer.initTransactions();
            }
            return new KafkaSink(opened.get(0), opened.get(1), KafkaSink.position(committed(), target));
        } catch (RuntimeException | InterruptedException e) {
            opened.forEach(KafkaLane::close);
            throw e;
        }
    }

    private Optional<OffsetAndMetadata> committed() throws InterruptedException {
        var options = new ListConsumerGroupOffsetsOptions().requireStable(true);
        try (var admin = Admin.create(Map.of(
                AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, target.bootstrapServers(),
                AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, BLOCK_MILLIS,
                AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, REQUEST_MILLIS))) {
            var offsets = admin.listConsumerGroupOffsets(target.group(), options)
                    .partitionsToOffsetAndMetadata()
                    .get();
            return Optional.ofNullable(offsets.get(KafkaLane.POSITION));
        } catch (ExecutionException e) {
            throw new KafkaException("the position of the outbox cannot be read: " + e.getCause(), e);
        }
    }

    private Map<String, Object> producerConfig(int lane) {
        return Map.ofEntries(
                Map.entry(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, target.bootstrapServers()),
                Map.entry(ProducerConfig.TRANSACTIONAL_ID_CONFIG, target.transactionalId(lane)),
                Map.entry(ProducerConfig.TRANSACTION_TIMEOUT_CONFIG, TRANSACTION_MILLIS),
                Map.entry(ProducerConfig.KEY_SERIALIZER_CLASS_CONFIG, ByteArraySerializer.class),
                Map.entry(ProducerConfig.VALUE_SERIALIZER_CLASS_CONFIG, ByteArraySerializer.class),
                Map.entry(ProducerConfig.BATCH_SIZE_CONFIG, BATCH_BYTES),
                Map.entry(ProducerConfig.LINGER_MS_CONFIG, LINGER_MILLIS),
                Map.entry(ProducerConfig.BUFFER_MEMORY_CONFIG, BUFFER_BYTES),
                Map.entry(ProducerConfig.MAX_BLOCK_MS_CONFIG, BLOCK_MILLIS),
                Map.entry(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, REQUEST_MILLIS),
                Map.entry(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, DELIVERY_MILLIS));
    }
}
