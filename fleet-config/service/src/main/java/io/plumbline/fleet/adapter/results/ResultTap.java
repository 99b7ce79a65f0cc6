package io.plumbline.fleet.adapter.results;

import io.plumbline.contract.Topics;
import io.plumbline.contract.message.InferenceResult;
import io.plumbline.contract.wire.MalformedMessageException;
import io.plumbline.fleet.adapter.metrics.FleetMeters;
import io.plumbline.fleet.core.console.results.LatestResults;
import io.plumbline.fleet.core.live.ChangeFeed;
import io.plumbline.fleet.core.live.Part;
import io.quarkus.runtime.ShutdownEvent;
import io.smallrye.common.annotation.Identifier;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jboss.logging.Logger;

/**
 * Reads the newest results while pages ask for them, and for a while after. Where more come than it takes at once, it passes over all but
 * the newest: a page shows a sample, and the control plane's work does not grow with the fleet. Thread-safe.
 */
@Singleton
public final class ResultTap {

    private static final Logger LOG = Logger.getLogger(ResultTap.class);
    private static final Duration POLL = Duration.ofMillis(500);
    private static final long KEPT_OPEN_NANOS = Duration.ofSeconds(30).toNanos();
    private static final String ANSWER_MILLIS = "3000";
    private static final int AT_ONCE = 500;
    /** Of a partition, when it begins and when it was overrun. */
    private static final int BACK = 50;

    private final Map<String, Object> settings;
    private final ChangeFeed changes;
    private final FleetMeters meters;
    private final LatestResults latest = new LatestResults();

    private long wantedUntil;
    private boolean running;
    private boolean stopped;
    private volatile String problem = "";

    /** @param kafka every {@code kafka.*} property, without the prefix */
    ResultTap(@Identifier("default-kafka-broker") Map<String, Object> kafka, ChangeFeed changes, FleetMeters meters) {
        this.settings = consumer(kafka);
        this.changes = changes;
        this.meters = meters;
    }

    private static Map<String, Object> consumer(Map<String, Object> kafka) {
        var all = new HashMap<>(kafka);
        all.keySet().retainAll(ConsumerConfig.configNames());
        all.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        all.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
        all.put(ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, ANSWER_MILLIS);
        all.put(ConsumerConfig.REQUEST_TIMEOUT_MS_CONFIG, ANSWER_MILLIS);
        all.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, AT_ONCE);
        all.remove(ConsumerConfig.GROUP_ID_CONFIG);
        return all;
    }

    /** What has come so far; from now on more comes. */
    public synchronized LatestResults open() {
        wantedUntil = System.nanoTime() + KEPT_OPEN_NANOS;
        if (!running && !stopped) {
            running = true;
            var thread = new Thread(this::run, "fleet-results");
            thread.setDaemon(true);
            thread.start();
        }
        return latest;
    }

    /** Why nothing comes, in a sentence; empty if nothing is wrong. */
    public String problem() {
        return problem;
    }

    void stop(@Observes ShutdownEvent event) {
        synchronized (this) {
            stopped = true;
        }
    }

    private synchronized boolean ends() {
        running = !stopped && System.nanoTime() - wantedUntil < 0;
        return !running;
    }

    private void run() {
        try (var consumer = new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            var partitions = consumer.partitionsFor(Topics.RESULTS).stream()
                    .map(one -> new TopicPartition(one.topic(), one.partition()))
                    .toList();
            consumer.assign(partitions);
            toTheNewest(consumer, partitions);
            problem = "";
            while (!ends()) {
                listen(consumer, partitions);
            }
        } catch (KafkaException e) {
            problem = "Kafka does not give the results: " + e.getMessage();
            LOG.warnf("results-not-read reason=%s", e.getMessage());
            synchronized (this) {
                running = false;
            }
        }
    }

    private void listen(KafkaConsumer<byte[], byte[]> consumer, List<TopicPartition> partitions) {
        var records = consumer.poll(POLL);
        for (var record : records) {
            try {
                latest.add(InferenceResult.from(record.value()));
            } catch (MalformedMessageException e) {
                meters.malformed(Topics.RESULTS);
            }
        }
        if (!records.isEmpty()) {
            changes.mark(Part.RESULTS);
        }
        if (records.count() >= AT_ONCE) {
            toTheNewest(consumer, partitions);
        }
    }

    private static void toTheNewest(KafkaConsumer<byte[], byte[]> consumer, Collection<TopicPartition> partitions) {
        var begins = consumer.beginningOffsets(partitions);
        consumer.endOffsets(partitions)
                .forEach((partition, end) ->
                        consumer.seek(partition, Math.max(begins.getOrDefault(partition, 0L), end - BACK)));
    }
}
