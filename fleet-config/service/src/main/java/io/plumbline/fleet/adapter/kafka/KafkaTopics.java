package io.plumbline.fleet.adapter.kafka;

import io.plumbline.contract.Topics;
import io.smallrye.common.annotation.Identifier;
import io.smallrye.mutiny.Uni;
import io.smallrye.reactive.messaging.MutinyEmitter;
import io.smallrye.reactive.messaging.kafka.Record;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.BiConsumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.eclipse.microprofile.reactive.messaging.Channel;
import org.jspecify.annotations.Nullable;

/** The kept topics in Kafka. For one thread. */
@Singleton
public final class KafkaTopics implements KeptTopics {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Duration POLL = Duration.ofMillis(200);
    private static final String ANSWER_MILLIS = "3000";
    /** Less than the channel holds, which refuses more. */
    private static final int BATCH = 100;

    private final Map<String, Object> settings;
    private final Map<String, MutinyEmitter<Record<String, byte[]>>> channels;

    /** @param kafka every {@code kafka.*} property, without the prefix */
    KafkaTopics(
            @Identifier("default-kafka-broker") Map<String, Object> kafka,
            @Channel("assignments") MutinyEmitter<Record<String, byte[]>> assignments,
            @Channel("policies") MutinyEmitter<Record<String, byte[]>> policies) {
        this.settings = consumer(kafka);
        this.channels = Map.of(Topics.ASSIGNMENTS, assignments, Topics.POLICIES, policies);
    }

    private static Map<String, Object> consumer(Map<String, Object> kafka) {
        var all = new HashMap<>(kafka);
        all.keySet().retainAll(ConsumerConfig.configNames());
        all.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        all.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
        all.put(ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, ANSWER_MILLIS);
        all.put(ConsumerConfig.REQUEST_TIMEOUT_MS_CONFIG, ANSWER_MILLIS);
        all.remove(ConsumerConfig.GROUP_ID_CONFIG);
        return all;
    }

    @Override
    public void read(String topic, BiConsumer<String, Optional<String>> each) {
        try (var consumer = new KafkaConsumer<>(settings, new StringDeserializer(), new ByteArrayDeserializer())) {
            var partitions = consumer.partitionsFor(topic).stream()
                    .map(one -> new TopicPartition(one.topic(), one.partition()))
                    .toList();
            if (partitions.isEmpty()) {
                throw new IllegalStateException("topic " + topic + " is not there");
            }
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            var ends = consumer.endOffsets(partitions);
            while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
                for (var record : consumer.poll(POLL)) {
                    each.accept(
                            record.key(),
                            Optional.ofNullable(record.value())
                                    .map(value -> new String(value, StandardCharsets.UTF_8)));
                }
            }
        }
    }

    @Override
    public void publish(String topic, List<Entry> entries) {
        var channel = Objects.requireNonNull(channels.get(topic));
        for (int from = 0; from < entries.size(); from += BATCH) {
            var sent = entries.subList(from, Math.min(entries.size(), from + BATCH)).stream()
                    .map(entry -> channel.send(Record.of(entry.key(), bytes(entry))))
                    .toList();
            Uni.join().all(sent).andFailFast().await().atMost(PATIENCE);
        }
    }

    private static byte @Nullable [] bytes(Entry entry) {
        return entry.value().map(text -> text.getBytes(StandardCharsets.UTF_8)).orElse(null);
    }
}
