package io.plumbline.registry.adapter.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.contract.Topics;
import io.plumbline.contract.id.DeviceId;
import io.plumbline.contract.id.EventId;
import io.plumbline.contract.message.Label;
import io.plumbline.contract.wire.Json;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

/** Kafka's own stand-in for a consumer plays the topic; a real one does where sites recalibrate from end to end. */
class LabelTopicTest {

    private static final TopicPartition FIRST = new TopicPartition(Topics.LABELS, 0);
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    private final MockConsumer<String, byte[]> consumer = new MockConsumer<>("earliest") {
        @Override
        public Map<TopicPartition, OffsetAndTimestamp> offsetsForTimes(Map<TopicPartition, Long> times) {
            askedFrom = Optional.of(times.get(FIRST));
            return Map.of(FIRST, new OffsetAndTimestamp(firstSince, times.get(FIRST)));
        }
    };
    private Optional<Long> askedFrom = Optional.empty();
    private long firstSince;
    private final AtomicReference<Instant> now = new AtomicReference<>(START);
    private final LabelTopic topic = new LabelTopic(() -> consumer, now::get);

    LabelTopicTest() {
        var node = new Node(0, "localhost", 1);
        consumer.updatePartitions(
                FIRST.topic(),
                List.of(new PartitionInfo(FIRST.topic(), 0, node, new Node[] {node}, new Node[] {node})));
        consumer.updateBeginningOffsets(Map.of(FIRST, 0L));
    }

    @Test
    void findsTheFirstLabelOfEachReadingThatIsAskedFor() {
        // Given: a second label of a reading, one of another reading, one under a foreign device, and no label at all
        has(
                label("d1", "d1/s/1", "a"),
                label("d1", "d1/s/1", "b"),
                label("d1", "d1/s/2", "a"),
                label("d1", "d2/s/3", "a"),
                new ConsumerRecord<>(FIRST.topic(), 0, 4, "d1", new byte[] {1}),
                label("d2", "d2/s/3", "c"));

        // Then
        assertThat(topic.of(Set.of(new EventId("d1/s/1"), new EventId("d2/s/3"), new EventId("d2/s/4"))))
                .contains(Map.of(new EventId("d1/s/1"), "a", new EventId("d2/s/3"), "c"));
        assertThat(consumer.closed()).isTrue();
    }

    @Test
    void beginsWhereTheOldestReadingWasTakenAndAtTheFirstRecordWhereAnIdDoesNotTell() {
        // Given: the label at 0 is older than the readings
        var oldest = "d1/s/" + START.toEpochMilli() + "-0";
        var newer = "d1/s/" + START.plusSeconds(60).toEpochMilli() + "-1";
        firstSince = 1;
        has(label("d1", oldest, "before"), label("d1", oldest, "a"), label("d1", newer, "b"));

        // Then
        assertThat(topic.of(Set.of(new EventId(oldest), new EventId(newer))))
                .contains(Map.of(new EventId(oldest), "a", new EventId(newer), "b"));
        assertThat(askedFrom).contains(START.minus(Duration.ofDays(1)).toEpochMilli());
    }

    @Test
    void aTimeThatNoGatewayCanMeanEndsNothing() {
        // Given
        var hostile = "d1/s/" + Long.MIN_VALUE + "-0";
        has(label("d1", hostile, "a"));

        // Then
        assertThat(topic.of(Set.of(new EventId(hostile)))).isPresent();
    }

    @Test
    void aTopicThatIsNotThereHasNoLabels() {
        consumer.updatePartitions(FIRST.topic(), List.of());
        assertThat(topic.of(Set.of(new EventId("d1/s/1")))).contains(Map.of());
    }

    @Test
    void whereTheTopicBreaksOrHasNoEndNobodyKnows() {
        // Given
        consumer.updateEndOffsets(Map.of(FIRST, 1L));
        consumer.schedulePollTask(() -> consumer.setPollException(new KafkaException("the disk of the broker")));

        // Then
        assertThat(topic.of(Set.of(new EventId("d1/s/1")))).isEmpty();

        // Given
        var slow = new MockConsumer<String, byte[]>("earliest");
        var node = new Node(0, "localhost", 1);
        slow.updatePartitions(
                FIRST.topic(),
                List.of(new PartitionInfo(FIRST.topic(), 0, node, new Node[] {node}, new Node[] {node})));
        slow.updateBeginningOffsets(Map.of(FIRST, 0L));
        slow.updateEndOffsets(Map.of(FIRST, 1L));
        slow.schedulePollTask(() -> now.set(START.plus(LabelTopic.LONGEST).plusMillis(1)));

        // Then
        assertThat(new LabelTopic(() -> slow, now::get).of(Set.of(new EventId("d1/s/1"))))
                .isEmpty();
    }

    @SafeVarargs
    private void has(ConsumerRecord<String, byte[]>... records) {
        consumer.updateEndOffsets(Map.of(FIRST, (long) records.length));
        consumer.schedulePollTask(() -> {
            for (int i = 0; i < records.length; i++) {
                consumer.addRecord(new ConsumerRecord<>(FIRST.topic(), 0, i, records[i].key(), records[i].value()));
            }
        });
    }

    private static ConsumerRecord<String, byte[]> label(String device, String event, String label) {
        var made = new Label(new EventId(event), new DeviceId(device), START, label);
        return new ConsumerRecord<>(FIRST.topic(), 0, 0, device, Json.encode(made));
    }
}
