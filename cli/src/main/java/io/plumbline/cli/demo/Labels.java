package io.plumbline.cli.demo;

import io.plumbline.cli.climate.ReplayException;
import io.plumbline.cli.climate.Stretch;
import io.plumbline.contract.Topics;
import io.plumbline.contract.message.Label;
import io.plumbline.contract.wire.Json;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jspecify.annotations.Nullable;

/** The people who label readings: they know the truth a little later than the motes speak. */
final class Labels implements AutoCloseable {

    private static final Duration LAST_CHANCE = Duration.ofSeconds(5);

    private final KafkaProducer<String, byte[]> producer;
    private final AtomicReference<@Nullable Exception> failure = new AtomicReference<>();

    Labels(String bootstrapServers) {
        this.producer = new KafkaProducer<>(
                Map.of(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers, ProducerConfig.LINGER_MS_CONFIG, 20),
                new StringSerializer(),
                new ByteArraySerializer());
    }

    void send(Stretch.Spoken spoken) {
        var truth = spoken.reading().event() ? "event" : "normal";
        var label = new Label(spoken.event(), spoken.device(), spoken.time(), truth);
        var message = new ProducerRecord<>(Topics.LABELS, spoken.device().value(), Json.encode(label));
        producer.send(message, (done, failed) -> {
            if (failed != null) {
                failure.compareAndSet(null, failed);
            }
        });
    }

    /** @throws ReplayException if Kafka did not take every label so far */
    void flush() throws ReplayException {
        producer.flush();
        var failed = failure.get();
        if (failed != null) {
            throw new ReplayException("a label could not be sent: " + failed, failed);
        }
    }

    @Override
    public void close() {
        producer.close(LAST_CHANCE);
    }
}
