package io.plumbline.fleet.core.alert;

import io.plumbline.contract.fleet.AlertSilence;
import io.plumbline.contract.message.Alert;
import java.time.Instant;
import java.util.Map;

/**
 * Every alert that is remembered. Immutable.
 *
 * @param entries by the id of the alert
 * @param marks by source
 * @param silences by id; those that are or will be in force
 */
public record AlertBook(Map<String, Entry> entries, Map<String, Mark> marks, Map<String, AlertSilence> silences) {

    public static final AlertBook EMPTY = new AlertBook(Map.of(), Map.of(), Map.of());

    public AlertBook {
        entries = Map.copyOf(entries);
        marks = Map.copyOf(marks);
        silences = Map.copyOf(silences);
    }

    /**
     * An alert and who is told of it.
     *
     * @param told by sink, beside the topic, when the last letter of this episode was written; whether it was delivered, the letter box
     *     knows
     */
    public record Entry(Alert alert, Map<String, Instant> told) {

        public Entry {
            told = Map.copyOf(told);
        }
    }
}
