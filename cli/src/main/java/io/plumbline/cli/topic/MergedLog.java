package io.plumbline.cli.topic;

import io.plumbline.client.ClientException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

/**
 * Everything that whole topics hold now, once, committed records only: each partition in its own order, and among partitions
 * always the record that Kafka took first. Holds a few hundred records of each partition at a time. Used by one thread.
 */
public final class MergedLog implements AutoCloseable {

    private static final Duration POLL = Duration.ofMillis(200);
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final String servers;
    private final KafkaConsumer<String, byte[]> consumer;
    private final Map<TopicPartition, Deque<ConsumerRecord<String, byte[]>>> waiting = new LinkedHashMap<>();
    private final Map<TopicPartition, Long> ends;
    private final Set<TopicPartition> unread = new HashSet<>();
    private final Map<TopicPartition, Instant> truncated = new LinkedHashMap<>();

    private MergedLog(String servers, KafkaConsumer<String, byte[]> consumer, List<TopicPartition> partitions) {
        this.servers = servers;
        this.consumer = consumer;
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
        this.ends = consumer.endOffsets(partitions);
        consumer.beginningOffsets(partitions).forEach((partition, begin) -> {
            waiting.put(partition, new ArrayDeque<>());
            if (begin < end(partition)) {
                unread.add(partition);
            }
            if (begin > 0) {
                truncated.put(partition, Instant.now().truncatedTo(ChronoUnit.SECONDS));
            }
        });
    }

    /** @throws ClientException if Kafka does not answer or has no such topic */
    public static MergedLog open(String servers, List<String> topics) throws ClientException {
        KafkaConsumer<String, byte[]> consumer;
        try {
            consumer = new KafkaConsumer<>(settings(servers), new StringDeserializer(), new ByteArrayDeserializer());
        } catch (KafkaException e) {
            throw new ClientException("--kafka " + servers + " must be HOST:PORT of a Kafka, more with commas", e);
        }
        try {
            return new MergedLog(servers, consumer, partitions(consumer, servers, topics));
        } catch (KafkaException e) {
            consumer.close();
            throw silent(servers, e);
        } catch (ClientException e) {
            consumer.close();
            throw e;
        }
    }

    private static Map<String, Object> settings(String servers) {
        return Map.of(
                ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                servers,
                ConsumerConfig.ISOLATION_LEVEL_CONFIG,
                "read_committed",
                ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG,
                false,
                ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG,
                false,
                ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG,
                10_000);
    }

    private static List<TopicPartition> partitions(
            KafkaConsumer<String, byte[]> consumer, String servers, List<String> topics) throws ClientException {
        for (var topic : topics) {
            if (consumer.partitionsFor(topic).isEmpty()) {
                throw new ClientException("Kafka at " + servers + " has no topic " + topic
                        + ": is it the Kafka that Plumbline uses? --kafka HOST:PORT names another");
            }
        }
        return topics.stream()
                .flatMap(topic -> consumer.partitionsFor(topic).stream())
                .map(partition -> new TopicPartition(partition.topic(), partition.partition()))
                .toList();
    }

    private static ClientException silent(String servers, KafkaException e) {
        var why = e instanceof TimeoutException ? "does not answer" : "cannot be read: " + e.getMessage();
        return new ClientException("Kafka at " + servers + " " + why + "; --kafka HOST:PORT names another", e);
    }

    /** Hands over every record there was when the log was opened. */
    public void read(Consumer<ConsumerRecord<String, byte[]>> handler) throws ClientException {
        try {
            while (fill()) {
                for (var queue = next(); queue.isPresent(); queue = next()) {
                    handler.accept(queue.get().removeFirst());
                }
            }
        } catch (KafkaException e) {
            throw silent(servers, e);
        }
    }

    /** When the oldest record came that these topics still have, of those of which records were deleted; known after reading. */
    public Optional<Instant> wholeSince(Collection<String> topics) {
        return truncated.entrySet().stream()
                .filter(entry -> topics.contains(entry.getKey().topic()))
                .map(Map.Entry::getValue)
                .max(Comparator.naturalOrder());
    }

    /** Waits until every partition that is not read to its end has a record; false when all are, and nothing waits. */
    private boolean fill() throws ClientException {
        var deadline = System.nanoTime() + PATIENCE.toNanos();
        while (unread.stream().anyMatch(this::isEmpty)) {
            consumer.resume(consumer.assignment());
            consumer.pause(waiting.keySet().stream().filter(p -> !isEmpty(p)).toList());
            var records = consumer.poll(POLL);
            records.forEach(this::add);
            unread.removeIf(partition -> consumer.position(partition) >= end(partition));
            if (!records.isEmpty()) {
                deadline = System.nanoTime() + PATIENCE.toNanos();
            } else if (System.nanoTime() > deadline) {
                throw new ClientException("Kafka at " + servers + " has stopped answering");
            }
        }
        return next().isPresent();
    }

    private void add(ConsumerRecord<String, byte[]> record) {
        var partition = new TopicPartition(record.topic(), record.partition());
        if (record.offset() < end(partition)) {
            var queue = waiting.get(partition);
            if (queue == null) {
                throw new IllegalStateException("a record of a partition that was not asked for is a bug");
            }
            queue.add(record);
            truncated.computeIfPresent(
                    partition,
                    (p, oldest) -> earlier(
                            oldest, Instant.ofEpochMilli(record.timestamp()).truncatedTo(ChronoUnit.SECONDS)));
        }
    }

    private static Instant earlier(Instant one, Instant two) {
        return one.isBefore(two) ? one : two;
    }

    /** Where the record is that Kafka took first; empty while a partition may still bring an earlier one. */
    private Optional<Deque<ConsumerRecord<String, byte[]>>> next() {
        if (unread.stream().anyMatch(this::isEmpty)) {
            return Optional.empty();
        }
        return waiting.values().stream()
                .filter(queue -> !queue.isEmpty())
                .min(Comparator.comparingLong(queue -> queue.getFirst().timestamp()));
    }

    private boolean isEmpty(TopicPartition partition) {
        return waiting.getOrDefault(partition, new ArrayDeque<>()).isEmpty();
    }

    private long end(TopicPartition partition) {
        return ends.getOrDefault(partition, 0L);
    }

    @Override
    public void close() {
        consumer.close();
    }
}
