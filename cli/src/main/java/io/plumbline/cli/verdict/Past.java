package io.plumbline.cli.verdict;

import io.plumbline.cli.topic.MergedLog;
import io.plumbline.client.ClientException;
import io.plumbline.contract.Topics;
import io.plumbline.contract.wire.MalformedMessageException;
import io.plumbline.judging.Incoming;
import io.plumbline.judging.replay.Listener;
import io.plumbline.judging.replay.LogExtent;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * What the processor judged from, once more in the order in which it came. Records that are not what they should be are passed
 * over, as the processor does after it has sent them to the dead letters.
 */
final class Past {

    private static final List<String> STATISTICS = List.of(Topics.MODEL_STATS);
    private static final List<String> LABELS = List.of(Topics.LABELS);
    private static final List<String> ALL = List.of(Topics.MODEL_STATS, Topics.RESULTS, Topics.LABELS);

    private final String kafka;
    private final Set<String> labelled;
    private final Optional<Instant> labelsSince;

    private Past(String kafka, Set<String> labelled, Optional<Instant> labelsSince) {
        this.kafka = kafka;
        this.labelled = labelled;
        this.labelsSince = labelsSince;
    }

    static Past withoutLabels(String kafka) {
        return new Past(kafka, Set.of(), Optional.empty());
    }

    static Past withLabels(String kafka) throws ClientException {
        Set<String> events = new HashSet<>();
        try (var log = MergedLog.open(kafka, LABELS)) {
            log.read(record -> {
                try {
                    events.add(
                            Incoming.label(record.key(), record.value()).event().toString());
                } catch (MalformedMessageException passedOver) {
                    // it labels nothing
                }
            });
            return new Past(kafka, events, log.wholeSince(LABELS));
        }
    }

    /** The events that have a label. */
    Set<String> labelled() {
        return labelled;
    }

    /** Results, which are by far the most, are read only where something is labelled. */
    LogExtent tell(Listener listener) throws ClientException {
        try (var log = MergedLog.open(kafka, labelled.isEmpty() ? STATISTICS : ALL)) {
            log.read(record -> tell(listener, record));
            var answersSince = log.wholeSince(List.of(Topics.RESULTS, Topics.LABELS));
            return new LogExtent(log.wholeSince(STATISTICS), answersSince.or(() -> labelsSince));
        }
    }

    private static void tell(Listener listener, ConsumerRecord<String, byte[]> record) {
        try {
            switch (record.topic()) {
                case Topics.MODEL_STATS -> delta(listener, record);
                case Topics.RESULTS -> listener.on(Incoming.result(record.key(), record.value()), arrived(record));
                default -> listener.on(Incoming.label(record.key(), record.value()), arrived(record));
            }
        } catch (MalformedMessageException passedOver) {
            // a dead letter of the processor
        }
    }

    private static void delta(Listener listener, ConsumerRecord<String, byte[]> record) {
        if (record.key() != null && listener.concerns(record.key())) {
            listener.on(Incoming.delta(record.key(), record.value()), arrived(record));
        }
    }

    private static Instant arrived(ConsumerRecord<String, byte[]> record) {
        return Instant.ofEpochMilli(record.timestamp());
    }
}
