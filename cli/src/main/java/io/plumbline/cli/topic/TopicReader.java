package io.plumbline.cli.topic;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

/**
 * Reads whole topics on a thread of its own, from the beginning or from now, committed records only unless said. Closing stops it; a
 * failure of the handler stops it too and is thrown by {@link #close}.
 */
public final class TopicReader implements AutoCloseable {

    private static final Duration POLL = Duration.ofMillis(200);

    /** Whether records of transactions that are still open are read. */
    public enum Isolation {
        COMMITTED,
        UNCOMMITTED
    }

    private final KafkaConsumer<String, byte[]> consumer;
    private final Thread thread;
    private volatile boolean closed;
    private volatile RuntimeException failure = NO_FAILURE;

    private static final RuntimeException NO_FAILURE = new IllegalStateException("no failure");

    private TopicReader(KafkaConsumer<String, byte[]> consumer, Consumer<ConsumerRecord<String, byte[]>> handler) {
        this.consumer = consumer;
        this.thread = new Thread(() -> loop(handler), "topic-reader");
        thread.setDaemon(true);
    }

    /** Every record there is and every one to come. */
    public static TopicReader fromBeginning(
            String bootstrapServers, List<String> topics, Consumer<ConsumerRecord<String, byte[]>> handler) {
        var reader = new TopicReader(consumer(bootstrapServers, topics, Isolation.COMMITTED), handler);
        reader.consumer.seekToBeginning(reader.consumer.assignment());
        reader.thread.start();
        return reader;
    }

    /** Every record to come. */
    public static TopicReader fromNow(
            String bootstrapServers, List<String> topics, Consumer<ConsumerRecord<String, byte[]>> handler) {
        return fromNow(consumer(bootstrapServers, topics, Isolation.COMMITTED), handler);
    }

    /** Every record of a topic to come. */
    public static TopicReader fromNow(
            String bootstrapServers,
            String topic,
            Isolation isolation,
            Consumer<ConsumerRecord<String, byte[]>> handler) {
        return fromNow(consumer(bootstrapServers, List.of(topic), isolation), handler);
    }

    private static TopicReader fromNow(
            KafkaConsumer<String, byte[]> consumer, Consumer<ConsumerRecord<String, byte[]>> handler) {
        var reader = new TopicReader(consumer, handler);
        reader.consumer.seekToEnd(reader.consumer.assignment());
        reader.consumer.assignment().forEach(reader.consumer::position);
        reader.thread.start();
        return reader;
    }

    private static KafkaConsumer<String, byte[]> consumer(
            String bootstrapServers, List<String> topics, Isolation isolation) {
        var settings = Map.<String, Object>of(
                ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                bootstrapServers,
                ConsumerConfig.ISOLATION_LEVEL_CONFIG,
                isolation == Isolation.COMMITTED ? "read_committed" : "read_uncommitted",
                ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG,
                false);
        var consumer = new KafkaConsumer<>(settings, new StringDeserializer(), new ByteArrayDeserializer());
        consumer.assign(topics.stream()
                .flatMap(topic -> consumer.partitionsFor(topic).stream())
                .map(partition -> new TopicPartition(partition.topic(), partition.partition()))
                .toList());
        return consumer;
    }

    private void loop(Consumer<ConsumerRecord<String, byte[]>> handler) {
        try (consumer) {
            while (!closed) {
                consumer.poll(POLL).forEach(handler);
            }
        } catch (WakeupException closing) {
            if (!closed) {
                failure = closing;
            }
        } catch (RuntimeException e) {
            failure = e;
        }
    }

    @Override
    public void close() {
        closed = true;
        consumer.wakeup();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (failure != NO_FAILURE) {
            throw new IllegalStateException("reading Kafka failed: " + failure.getMessage(), failure);
        }
    }
}
