package io.plumbline.registry.adapter.kafka;

import static org.apache.kafka.clients.CommonClientConfigs.METADATA_MAX_AGE_CONFIG;
import static org.apache.kafka.clients.consumer.ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG;
import static org.apache.kafka.clients.consumer.ConsumerConfig.AUTO_OFFSET_RESET_CONFIG;
import static org.apache.kafka.clients.consumer.ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG;
import static org.apache.kafka.clients.consumer.ConsumerConfig.GROUP_ID_CONFIG;
import static org.apache.kafka.clients.consumer.ConsumerConfig.ISOLATION_LEVEL_CONFIG;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

/** Consumers that read a topic from its first record on, whose partitions are assigned by hand. */
final class ByHand {

    private static final int METADATA_MILLIS = 5_000;

    private ByHand() {}

    /** @param kafka settings of every client */
    static Supplier<Consumer<String, byte[]>> consumers(Map<String, Object> kafka) {
        var settings = new HashMap<>(kafka);
        settings.remove(GROUP_ID_CONFIG);
        settings.put(ENABLE_AUTO_COMMIT_CONFIG, false);
        settings.put(AUTO_OFFSET_RESET_CONFIG, "earliest");
        settings.put(ISOLATION_LEVEL_CONFIG, "read_committed");
        settings.put(ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
        settings.put(METADATA_MAX_AGE_CONFIG, METADATA_MILLIS);
        return () -> new KafkaConsumer<>(settings, new StringDeserializer(), new ByteArrayDeserializer());
    }

    /** All partitions of a topic; none while it is not there. */
    static List<TopicPartition> partitions(Consumer<String, byte[]> consumer, String topic) {
        List<PartitionInfo> found = consumer.partitionsFor(topic);
        return found.stream()
                .map(one -> new TopicPartition(one.topic(), one.partition()))
                .toList();
    }

    /** Whether everything before these ends was read; the position tells, because a transaction's end takes an offset of its own. */
    static boolean isAt(Map<TopicPartition, Long> ends, Consumer<String, byte[]> consumer) {
        return ends.entrySet().stream().allMatch(end -> consumer.position(end.getKey()) >= end.getValue());
    }
}
