package io.plumbline.cli.verdict;

import io.plumbline.cli.topic.MergedLog;
import io.plumbline.client.ClientException;
import io.plumbline.contract.Topics;
import io.plumbline.contract.message.RecalibrationEvent;
import io.plumbline.contract.message.VerdictEvent;
import io.plumbline.contract.wire.Json;
import io.plumbline.contract.wire.MalformedMessageException;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** All that the log has of what was said, in the order in which it was. */
record Said(List<VerdictEvent> verdicts, List<RecalibrationEvent> recalibrations) {

    Said {
        verdicts = List.copyOf(verdicts);
        recalibrations = List.copyOf(recalibrations);
    }

    /** @param err is told how many records were passed over */
    static Said read(String kafka, PrintWriter err) throws ClientException {
        var reading = new Reading();
        try (var log = MergedLog.open(kafka, List.of(Topics.VERDICTS, Topics.RECALIBRATIONS))) {
            log.read(reading::add);
        }
        if (reading.unreadable > 0) {
            err.println("warning: " + reading.unreadable + " records cannot be read and are passed over");
            err.flush();
        }
        return new Said(reading.verdicts, reading.recalibrations);
    }

    private static final class Reading {

        private final List<VerdictEvent> verdicts = new ArrayList<>();
        private final List<RecalibrationEvent> recalibrations = new ArrayList<>();
        private int unreadable;

        private void add(ConsumerRecord<String, byte[]> record) {
            try {
                if (record.topic().equals(Topics.VERDICTS)) {
                    verdicts.add(Json.decode(record.value(), VerdictEvent.class));
                } else {
                    var event = Json.decode(record.value(), RecalibrationEvent.class);
                    if (event.decides()) {
                        recalibrations.add(event);
                    }
                }
            } catch (MalformedMessageException e) {
                unreadable++;
            }
        }
    }

    /**
     * The verdict of this id, or the only one whose id begins so; of several records of one verdict the newest.
     *
     * @throws ClientException if there is none, or more than one begins so
     */
    VerdictEvent verdict(String id) throws ClientException {
        var wanted = with(event -> event.id().equals(id));
        var found = wanted.isEmpty() ? with(event -> event.id().startsWith(id)) : wanted;
        var ids = found.stream().map(VerdictEvent::id).distinct().toList();
        if (ids.isEmpty()) {
            throw new ClientException(
                    "there is no verdict '" + id + "' in " + Topics.VERDICTS + ", which has " + verdicts.size()
                            + "; plumbline drift lists them, and plumbline rollout explain decides again what a rollout did");
        }
        if (ids.size() > 1) {
            throw new ClientException("'" + id + "' may be any of " + String.join(", ", ids) + "; give more of the id");
        }
        return found.get(found.size() - 1);
    }

    private List<VerdictEvent> with(Predicate<VerdictEvent> which) {
        return verdicts.stream().filter(which).toList();
    }

    List<RecalibrationEvent.Requested> requests() {
        return recalibrations.stream()
                .filter(RecalibrationEvent.Requested.class::isInstance)
                .map(RecalibrationEvent.Requested.class::cast)
                .toList();
    }
}
