package io.plumbline.registry.adapter.kafka;

import static org.apache.kafka.clients.CommonClientConfigs.METADATA_MAX_AGE_CONFIG;
import static org.apache.kafka.clients.consumer.ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG;
import static org.apache.kafka.clients.consumer.ConsumerConfig.AUTO_OFFSET_RESET_CONFIG;
import static org.apache.kafka.clients.consumer.ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG;
import static org.apache.kafka.clients.consumer.ConsumerConfig.GROUP_ID_CONFIG;
import static org.apache.kafka.clients.consumer.ConsumerConfig.ISOLATION_LEVEL_CONFIG;

import io.plumbline.contract.Topics;
import io.plumbline.contract.message.ModelHealth;
import io.plumbline.contract.wire.Json;
import io.plumbline.contract.wire.MalformedMessageException;
import io.plumbline.registry.core.job.Recalibrations;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.jboss.logging.Logger;

/**
 * Reads the compacted topic of verdicts from its first record on, and says when everything was heard that was there when the
 * reading began. The consumer's position tells, and not a last record: a transaction's end takes an offset that nobody is given.
 * Partitions are assigned by hand, because a group that loses its place would begin anew and hear old verdicts again. Must be closed.
 */
public final class HealthTopic implements AutoCloseable {

    private static final Logger LOG = Logger.getLogger(HealthTopic.class);

    private static final Duration POLL = Duration.ofMillis(500);
    private static final Duration SOON = Duration.ofMillis(50);
    private static final long RETRY_MILLIS = 1_000;
    private static final int METADATA_MILLIS = 5_000;

    private final Supplier<Consumer<String, byte[]>> connect;
    private final CountDownLatch closed = new CountDownLatch(1);

    /** @param connect a new consumer without partitions, each time it is asked */
    HealthTopic(Supplier<Consumer<String, byte[]>> connect) {
        this.connect = connect;
    }

    /** @param kafka settings of every client */
    public static HealthTopic of(Map<String, Object> kafka) {
        var settings = new HashMap<>(kafka);
        settings.remove(GROUP_ID_CONFIG);
        settings.put(ENABLE_AUTO_COMMIT_CONFIG, false);
        settings.put(AUTO_OFFSET_RESET_CONFIG, "earliest");
        settings.put(ISOLATION_LEVEL_CONFIG, "read_committed");
        settings.put(ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
        settings.put(METADATA_MAX_AGE_CONFIG, METADATA_MILLIS);
        return new HealthTopic(
                () -> new KafkaConsumer<>(settings, new StringDeserializer(), new ByteArrayDeserializer()));
    }

    /** Begins to read, on a thread of its own. */
    public void start(Recalibrations recalibrations) {
        var thread = new Thread(() -> run(recalibrations), "registry-health");
        thread.setDaemon(true);
        thread.start();
    }

    private void run(Recalibrations recalibrations) {
        while (!isClosed(0)) {
            try (var consumer = connect.get()) {
                read(consumer, recalibrations);
            } catch (WakeupException closing) {
                // the loop ends
            } catch (KafkaException e) {
                LOG.warnf("verdicts-not-read retryMillis=%d reason=%s", RETRY_MILLIS, e);
                isClosed(RETRY_MILLIS);
            }
        }
    }

    private void read(Consumer<String, byte[]> consumer, Recalibrations recalibrations) {
        Map<TopicPartition, Long> ends = Map.of();
        var known = true;
        while (!isClosed(0)) {
            var partitions = partitions(consumer);
            if (partitions.isEmpty()) {
                isClosed(POLL.toMillis());
                continue;
            }
            if (!ends.keySet().containsAll(partitions)) {
                recalibrations.healthIsUnknown();
                consumer.assign(partitions);
                consumer.seekToBeginning(partitions);
                ends = consumer.endOffsets(partitions);
                known = false;
            }
            consumer.poll(known ? POLL : SOON).forEach(record -> take(record, recalibrations));
            if (!known && isAt(ends, consumer)) {
                known = true;
                recalibrations.healthIsKnown();
                LOG.infof("verdicts-read partitions=%d", ends.size());
            }
        }
    }

    private static List<TopicPartition> partitions(Consumer<String, byte[]> consumer) {
        List<PartitionInfo> found = consumer.partitionsFor(Topics.MODEL_HEALTH);
        return found.stream()
                .map(one -> new TopicPartition(one.topic(), one.partition()))
                .toList();
    }

    private static boolean isAt(Map<TopicPartition, Long> ends, Consumer<String, byte[]> consumer) {
        return ends.entrySet().stream().allMatch(end -> consumer.position(end.getKey()) >= end.getValue());
    }

    private static void take(ConsumerRecord<String, byte[]> record, Recalibrations recalibrations) {
        if (record.value() == null) {
            // A tombstone of the compacted topic: the cohort is gone.
            recalibrations.gone(String.valueOf(record.key()));
            return;
        }
        try {
            recalibrations.heard(Json.decode(record.value(), ModelHealth.class));
        } catch (MalformedMessageException e) {
            LOG.warnf("message-malformed reason=%s", e.getMessage());
        }
    }

    private boolean isClosed(long afterMillis) {
        try {
            return closed.await(afterMillis, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return true;
        }
    }

    /** What is being waited for is left: the thread ends by itself. */
    @Override
    public void close() {
        closed.countDown();
    }
}
