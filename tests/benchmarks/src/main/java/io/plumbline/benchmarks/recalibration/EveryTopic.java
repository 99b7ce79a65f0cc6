package io.plumbline.benchmarks.recalibration;

import java.time.Duration;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jspecify.annotations.Nullable;

/**
 * Hears every record of every topic of a broker from the beginning, also of Kafka's own topics and of those that are created later, on a
 * thread of its own.
 */
final class EveryTopic implements AutoCloseable {

    private static final Duration POLL = Duration.ofMillis(200);

    private final KafkaConsumer<byte[], byte[]> consumer;
    private final Thread thread;
    /** Why not everything was heard. */
    private volatile @Nullable RuntimeException failure;

    private final AtomicReference<@Nullable Goal> goal = new AtomicReference<>();
    private volatile boolean closed;

    /** Ends when everything was heard that was there when it was asked for. */
    private static final class Goal {
        private final CompletableFuture<Void> reached = new CompletableFuture<>();
        private Map<TopicPartition, Long> ends = Map.of();

        private boolean isReached(KafkaConsumer<byte[], byte[]> consumer) {
            if (ends.isEmpty()) {
                Set<TopicPartition> all = new HashSet<>();
                consumer.listTopics()
                        .forEach((topic, partitions) -> partitions.forEach(
                                partition -> all.add(new TopicPartition(topic, partition.partition()))));
                ends = consumer.endOffsets(all);
            }
            return consumer.assignment().containsAll(ends.keySet())
                    && ends.entrySet().stream().allMatch(end -> consumer.position(end.getKey()) >= end.getValue());
        }
    }

    EveryTopic(String bootstrapServers, Consumer<ConsumerRecord<byte[], byte[]>> listener) {
        this.consumer = new KafkaConsumer<>(
                Map.of(
                        ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                        bootstrapServers,
                        ConsumerConfig.GROUP_ID_CONFIG,
                        "every-topic",
                        ConsumerConfig.AUTO_OFFSET_RESET_CONFIG,
                        "earliest",
                        ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG,
                        false,
                        ConsumerConfig.EXCLUDE_INTERNAL_TOPICS_CONFIG,
                        false,
                        ConsumerConfig.METADATA_MAX_AGE_CONFIG,
                        500),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer());
        this.thread = new Thread(() -> run(listener), "every-topic");
        thread.setDaemon(true);
        thread.start();
    }

    private void run(Consumer<ConsumerRecord<byte[], byte[]>> listener) {
        try (consumer) {
            consumer.subscribe(Pattern.compile(".*"));
            while (!closed) {
                consumer.poll(POLL).forEach(listener);
                var wanted = goal.get();
                if (wanted != null && wanted.isReached(consumer)) {
                    goal.set(null);
                    wanted.reached.complete(null);
                }
            }
        } catch (RuntimeException e) {
            failure = e;
            var wanted = goal.get();
            if (wanted != null) {
                wanted.reached.completeExceptionally(e);
            }
        }
    }

    private void requireWhole() {
        if (failure != null) {
            throw new IllegalStateException("reading every topic failed: " + failure, failure);
        }
    }

    /** Waits until everything was heard that is there now. */
    void drain(Duration atMost) throws InterruptedException, TimeoutException {
        var wanted = new Goal();
        goal.set(wanted);
        requireWhole();
        try {
            wanted.reached.get(atMost.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            throw new IllegalStateException("reading every topic failed: " + e.getCause(), e);
        }
    }

    @Override
    public void close() {
        closed = true;
        try {
            thread.join();
            requireWhole();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
