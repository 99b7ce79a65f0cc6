package io.plumbline.processor.topology;

import io.plumbline.contract.Topics;
import io.plumbline.contract.message.InferenceResult;
import io.plumbline.contract.message.Label;
import io.plumbline.contract.message.ModelHealth;
import io.plumbline.contract.message.RecalibrationEvent;
import io.plumbline.contract.message.StatsDelta;
import io.plumbline.contract.message.VerdictEvent;
import io.plumbline.contract.wire.Json;
import io.plumbline.judging.References;
import io.plumbline.judging.policy.JudgingPolicy;
import io.plumbline.signals.trace.Trail;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.function.Function;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.test.TestRecord;

/** The whole topology on a driver without brokers, with what came out of it. */
final class Bench implements AutoCloseable {

    private static final String APPLICATION = "bench";

    final CountingMetrics metrics = new CountingMetrics();
    private final TopologyTestDriver driver;

    /* The driver flushes after every record: on disk that takes ten times as long, and most tests are not about it. */
    Bench() {
        this((model, build) -> Optional.of(Given.REFERENCE));
    }

    Bench(References references) {
        this(
                parts -> VerdictTopology.build(parts, org.apache.kafka.streams.state.Stores::inMemoryKeyValueStore),
                references,
                new Properties());
    }

    /** Told to this trail. */
    static Bench telling(Trail trail) {
        return new Bench(
                parts -> VerdictTopology.build(
                        new Parts(parts.policy(), parts.references(), parts.metrics(), trail),
                        org.apache.kafka.streams.state.Stores::inMemoryKeyValueStore),
                (model, build) -> Optional.of(Given.REFERENCE),
                new Properties());
    }

    private Bench(Function<Parts, Topology> build, References references, Properties config) {
        config.put(StreamsConfig.APPLICATION_ID_CONFIG, APPLICATION);
        config.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, "none:1");
        config.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.EXACTLY_ONCE_V2);
        var parts = new Parts(JudgingPolicy.DEFAULT, references, metrics);
        driver = new TopologyTestDriver(build.apply(parts), config, Given.START);
    }

    /** With its state on disk, as in production. */
    static Bench onDisk(Path folder) {
        var config = new Properties();
        config.put(StreamsConfig.STATE_DIR_CONFIG, folder.toString());
        config.put(StreamsConfig.ROCKSDB_CONFIG_SETTER_CLASS_CONFIG, BoundedRocks.class);
        return new Bench(VerdictTopology::build, (model, build) -> Optional.of(Given.REFERENCE), config);
    }

    void send(StatsDelta... deltas) {
        for (var delta : deltas) {
            sendRaw(
                    Topics.MODEL_STATS,
                    delta.partitionKey(),
                    delta.toBytes(),
                    delta.key().windowStart());
        }
    }

    /** @param traceparent of its record; empty for none */
    void send(StatsDelta delta, String traceparent) {
        var headers = new RecordHeaders();
        if (!traceparent.isEmpty()) {
            headers.add("traceparent", traceparent.getBytes(StandardCharsets.US_ASCII));
        }
        driver.createInputTopic(Topics.MODEL_STATS, new StringSerializer(), new ByteArraySerializer())
                .pipeInput(new TestRecord<>(
                        delta.partitionKey(),
                        delta.toBytes(),
                        headers,
                        delta.key().windowStart()));
    }

    void send(InferenceResult... results) {
        for (var result : results) {
            sendRaw(Topics.RESULTS, result.device().value(), result.toBytes(), result.eventTime());
        }
    }

    void send(Label... labels) {
        for (var label : labels) {
            sendRaw(Topics.LABELS, label.device().value(), Json.encode(label), label.eventTime());
        }
    }

    void sendRaw(String topic, String key, byte[] value, Instant timestamp) {
        driver.createInputTopic(topic, new StringSerializer(), new ByteArraySerializer())
                .pipeInput(key, value, timestamp);
    }

    @SuppressWarnings("NullAway") // a tombstone is null to Kafka
    void sendGone(String topic, String key) {
        driver.createInputTopic(topic, new StringSerializer(), new ByteArraySerializer())
                .pipeInput(key, (byte[]) null, Given.START);
    }

    /** The wall clock goes on by this much. */
    void waits(Duration wall) {
        driver.advanceWallClockTime(wall);
    }

    List<VerdictEvent> verdicts() {
        return values(Topics.VERDICTS, VerdictEvent.class);
    }

    /** The newest health record since the last call, once it has been told. */
    ModelHealth health() {
        waits(Duration.ofSeconds(1));
        var all = values(Topics.MODEL_HEALTH, ModelHealth.class);
        return all.get(all.size() - 1);
    }

    List<RecalibrationEvent.Requested> requests() {
        return values(Topics.RECALIBRATIONS, RecalibrationEvent.class).stream()
                .map(RecalibrationEvent.Requested.class::cast)
                .toList();
    }

    <T> List<T> values(String topic, Class<T> type) {
        return records(topic).stream()
                .filter(record -> record.value() != null)
                .map(record -> Json.decode(record.value(), type))
                .toList();
    }

    List<TestRecord<String, byte[]>> records(String topic) {
        if (!driver.producedTopicNames().contains(topic)) {
            return List.of();
        }
        return driver.createOutputTopic(topic, new StringDeserializer(), new ByteArrayDeserializer())
                .readRecordsToList();
    }

    /** The number of entries that a store holds. */
    int size(Stores<?> store) {
        var count = 0;
        try (var all = driver.getKeyValueStore(store.name()).all()) {
            while (all.hasNext()) {
                all.next();
                count++;
            }
        }
        return count;
    }

    /** What the changelog topics hold after compaction: the state that survives the loss of the disk. */
    Map<Stores<?>, Map<String, byte[]>> changelogs() {
        Map<Stores<?>, Map<String, byte[]>> all = new LinkedHashMap<>();
        for (var store : Stores.all()) {
            Map<String, byte[]> compacted = new LinkedHashMap<>();
            for (var record : new ArrayList<>(records(APPLICATION + "-" + store.name() + "-changelog"))) {
                if (record.value() == null) {
                    compacted.remove(record.key());
                } else {
                    compacted.put(record.key(), record.value());
                }
            }
            all.put(store, compacted);
        }
        return all;
    }

    /** Rebuilds the state as a restarted process does. */
    void restore(Map<Stores<?>, Map<String, byte[]>> changelogs) {
        changelogs.forEach((store, entries) -> {
            var state = driver.<String, byte[]>getKeyValueStore(store.name());
            entries.forEach(state::put);
        });
    }

    @Override
    public void close() {
        driver.close();
    }
}
