package io.plumbline.registry.adapter.kafka;

import io.plumbline.contract.Topics;
import io.plumbline.contract.message.ModelHealth;
import io.plumbline.contract.wire.Json;
import io.plumbline.contract.wire.MalformedMessageException;
import io.plumbline.registry.core.job.Recalibrations;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.jboss.logging.Logger;

/**
 * Reads the compacted topic of verdicts from its first record on, and says when everything was heard that was there when the
 * reading began.
 * Partitions are assigned by hand, because a group that loses its place would begin anew and hear old verdicts again. Must be closed.
 */
public final class HealthTopic implements AutoCloseable {

    private static final Logger LOG = Logger.getLogger(HealthTopic.class);

    private static final Duration POLL = Duration.ofMillis(500);
    private static final Duration SOON = Duration.ofMillis(50);
    private static final long RETRY_MILLIS = 1_000;

    private final Supplier<Consumer<String, byte[]>> connect;
    private final CountDownLatch closed = new CountDownLatch(1);

    /** @param connect a new consumer without partitions, each time it is asked */
    HealthTopic(Supplier<Consumer<String, byte[]>> connect) {
        this.connect = connect;
    }

    /** @param kafka settings of every client */
    public static HealthTopic of(Map<String, Object> kafka) {
        return new HealthTopic(ByHand.consumers(kafka));
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
            var partitions = ByHand.partitions(consumer, Topics.MODEL_HEALTH);
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
            if (!known && ByHand.isAt(ends, consumer)) {
                known = true;
                recalibrations.healthIsKnown();
                LOG.infof("verdicts-read partitions=%d", ends.size());
            }
        }
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
