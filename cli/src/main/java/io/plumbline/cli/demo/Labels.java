package io.plumbline.cli.demo;

import io.plumbline.cli.climate.Stretch;
import io.plumbline.contract.Topics;
import io.plumbline.contract.message.Label;
import io.plumbline.contract.wire.Json;
import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** The people who label readings: they know the truth a little later than the motes speak. */
final class Labels implements AutoCloseable {

    private final KafkaProducer<String, byte[]> producer;

    Labels(String bootstrapServers) {
        this.producer = new KafkaProducer<>(
                Map.of(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers, ProducerConfig.LINGER_MS_CONFIG, 20),
                new StringSerializer(),
                new ByteArraySerializer());
    }

    void send(Stretch.Spoken spoken) {
        var truth = spoken.reading().event() ? "event" : "normal";
        var label = new Label(spoken.event(), spoken.device(), spoken.time(), truth);
        producer.send(new ProducerRecord<>(
                Topics.LABELS,
                null,
                spoken.time().toEpochMilli(),
                spoken.device().value(),
                Json.encode(label)));
    }

    @Override
    public void close() {
        producer.close();
    }
}
