package io.plumbline.gateway.adapter.kafka;

import io.plumbline.contract.Topics;
import io.plumbline.gateway.adapter.tracing.PublishTraces;
import java.time.Duration;
import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.errors.InterruptException;
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

    private final String bootstrapServers;
    private final PublishTraces traces;

    public KafkaSinks(String bootstrapServers) {
        this(bootstrapServers, PublishTraces.NONE);
    }

    public KafkaSinks(String bootstrapServers, PublishTraces traces) {
        this.bootstrapServers = bootstrapServers;
        this.traces = traces;
    }

    /**
     * Fails while Kafka does not answer: what is handed to a producer may be on its way from then on. What an earlier sink still
     * had on its way may arrive beside what this one sends again.
     */
    @Override
    public Sink open() throws InterruptedException {
        var producer = new KafkaProducer<byte[], byte[]>(producerConfig());
        try {
            producer.partitionsFor(Topics.RESULTS);
            return new KafkaSink(producer, traces);
        } catch (InterruptException e) {
            producer.close(Duration.ZERO);
            throw new InterruptedException("stopped");
        } catch (RuntimeException e) {
            producer.close(Duration.ZERO);
            throw e;
        }
    }

    private Map<String, Object> producerConfig() {
        return Map.ofEntries(
                Map.entry(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers),
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
