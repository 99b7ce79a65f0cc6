package io.plumbline.registry.adapter.kafka;

import io.plumbline.contract.Topics;
import io.plumbline.contract.id.EventId;
import io.plumbline.contract.message.Label;
import io.plumbline.contract.wire.Json;
import io.plumbline.contract.wire.MalformedMessageException;
import io.plumbline.registry.core.label.Labels;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.KafkaException;
import org.jboss.logging.Logger;

/**
 * Reads the topic of labels each time it is asked, which is a few times per recalibration: following all labels of the fleet for that would
 * cost more. It begins where the oldest of the readings was taken, as nobody labels what is yet to come; at the first record where an id does not tell.
 * Decoded are those of devices that are asked for. Thread-safe.
 */
public final class LabelTopic implements Labels {

    private static final Logger LOG = Logger.getLogger(LabelTopic.class);

    /** Gateways wait for nothing meanwhile, and answers of others do. */
    static final Duration LONGEST = Duration.ofSeconds(30);

    private static final Duration POLL = Duration.ofMillis(100);

    /** Clocks of devices may be ahead of Kafka's. */
    private static final Duration MARGIN = Duration.ofDays(1);

    private final Supplier<Consumer<String, byte[]>> connect;
    private final InstantSource clock;

    /** @param connect a new consumer without partitions, each time it is asked */
    LabelTopic(Supplier<Consumer<String, byte[]>> connect, InstantSource clock) {
        this.connect = connect;
        this.clock = clock;
    }

    /** @param kafka settings of every client */
    public static LabelTopic of(Map<String, Object> kafka, InstantSource clock) {
        return new LabelTopic(ByHand.consumers(kafka), clock);
    }

    @Override
    public Optional<Map<EventId, String>> of(Set<EventId> readings) {
        try (var consumer = connect.get()) {
            return read(consumer, new Found(readings));
        } catch (KafkaException e) {
            LOG.warnf("labels-not-read reason=%s", e);
            return Optional.empty();
        }
    }

    private Optional<Map<EventId, String>> read(Consumer<String, byte[]> consumer, Found found) {
        var partitions = ByHand.partitions(consumer, Topics.LABELS);
        consumer.assign(partitions);
        found.oldest().ifPresentOrElse(time -> seek(consumer, time), () -> consumer.seekToBeginning(partitions));
        var ends = consumer.endOffsets(partitions);
        var until = clock.instant().plus(LONGEST);
        while (!ByHand.isAt(ends, consumer)) {
            if (clock.instant().isAfter(until)) {
                LOG.warnf("labels-not-read reason=the topic was not read to its end within %d s", LONGEST.toSeconds());
                return Optional.empty();
            }
            consumer.poll(POLL).forEach(found::take);
        }
        return Optional.of(found.labels);
    }

    private static void seek(Consumer<String, byte[]> consumer, Instant time) {
        var from = Math.max(MARGIN.toMillis(), time.toEpochMilli()) - MARGIN.toMillis();
        var times = consumer.assignment().stream().collect(Collectors.toMap(partition -> partition, partition -> from));
        consumer.offsetsForTimes(times).forEach((partition, first) -> {
            if (first == null) {
                consumer.seekToEnd(List.of(partition));
            } else {
                consumer.seek(partition, first.offset());
            }
        });
    }

    private static final class Found {

        private final Set<EventId> wanted;
        /** An id begins with its device's name, which is the key of a label. */
        private final Set<String> devices;

        private final Map<EventId, String> labels = new HashMap<>();

        private Found(Set<EventId> wanted) {
            this.wanted = wanted;
            this.devices = wanted.stream().map(Found::device).collect(Collectors.toSet());
        }

        /** When the oldest was taken; empty where one of them does not tell. */
        private Optional<Instant> oldest() {
            var times = wanted.stream()
                    .flatMap(event -> event.deviceTime().stream())
                    .toList();
            return times.size() == wanted.size() ? times.stream().min(Comparator.naturalOrder()) : Optional.empty();
        }

        private static String device(EventId event) {
            var end = event.value().indexOf('/');
            return end < 0 ? event.value() : event.value().substring(0, end);
        }

        private void take(ConsumerRecord<String, byte[]> record) {
            if (record.value() == null || !devices.contains(record.key())) {
                return;
            }
            try {
                var label = Json.decode(record.value(), Label.class);
                if (wanted.contains(label.event())
                        && device(label.event()).equals(label.device().value())) {
                    labels.putIfAbsent(label.event(), label.label());
                }
            } catch (MalformedMessageException e) {
                // the processor puts it among the dead letters, with the reason
                LOG.debugf("label-malformed reason=%s", e.getMessage());
            }
        }
    }
}
