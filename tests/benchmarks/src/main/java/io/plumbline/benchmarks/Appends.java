package io.plumbline.benchmarks;

import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * What was appended to a topic since this was opened, committed or not, read only afterwards: a reader that hurried after every
 * record would take as much of the processor as what is measured.
 */
final class Appends implements AutoCloseable {

    private static final Duration POLL = Duration.ofMillis(200);
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private final KafkaConsumer<byte[], byte[]> consumer;

    private Appends(KafkaConsumer<byte[], byte[]> consumer) {
        this.consumer = consumer;
    }

    static Appends fromNow(String bootstrapServers, String topic) {
        var settings = Map.<String, Object>of(
                ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                bootstrapServers,
                ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG,
                false);
        var consumer = new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
        consumer.assign(consumer.partitionsFor(topic).stream()
                .map(partition -> new TopicPartition(topic, partition.partition()))
                .toList());
        consumer.seekToEnd(consumer.assignment());
        consumer.assignment().forEach(consumer::position);
        return new Appends(consumer);
    }

    /** Until nothing is missing. */
    void read(Consumer<ConsumerRecord<byte[], byte[]>> reader, BooleanSupplier complete) throws IOException {
        var patience = System.nanoTime() + PATIENCE.toNanos();
        while (!complete.getAsBoolean()) {
            if (System.nanoTime() > patience) {
                throw new IOException("results are missing in Kafka after " + PATIENCE);
            }
            consumer.poll(POLL).forEach(reader);
        }
    }

    @Override
    public void close() {
        consumer.close();
    }
}
