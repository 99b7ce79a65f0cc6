package io.plumbline.gateway.adapter.kafka;

import io.plumbline.gateway.adapter.tracing.PublishTraces;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Opens {@link KafkaSink}s. */
public final class KafkaSinks implements Sink.Factory {

    private static final int BLOCK_MILLIS = 15_000;
    private static final int REQUEST_MILLIS = 10_000;
    /** A record that is given up would be overtaken by those behind it; the sink watches for silence itself. */
    private static final int DELIVERY_MILLIS = Integer.MAX_VALUE;

    /** Records come in groups already, because the reading path keeps a pace. */
    private static final int LINGER_MILLIS = 0;

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

    /** What an earlier sink still had on its way may arrive beside what this one sends again. */
    @Override
    public Sink open() throws InterruptedException {
        var position = new KafkaPosition(Admin.create(adminConfig()), target);
        try {
            var known = position.known();
            return new KafkaSink(new KafkaProducer<>(producerConfig()), position, known, traces);
        } catch (RuntimeException | InterruptedException e) {
            position.close();
            throw e;
        }
    }

    private Map<String, Object> adminConfig() {
        return Map.of(
                AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, target.bootstrapServers(),
                AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, BLOCK_MILLIS,
                AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, REQUEST_MILLIS);
    }

    private Map<String, Object> producerConfig() {
        return Map.ofEntries(
                Map.entry(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, target.bootstrapServers()),
                Map.entry(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true),
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
