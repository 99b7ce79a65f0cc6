package io.plumbline.fleet.core.alert;

import io.plumbline.contract.fleet.AlertSilence;
import io.plumbline.contract.message.Alert;
import io.plumbline.fleet.core.post.Letter;
import java.time.Instant;
import java.util.List;
import java.util.Set;

/**
 * One transaction: what to write, and the book that follows.
 *
 * @param entries that are new or differ
 * @param marks that moved
 * @param silences that are new or differ
 * @param letters to be written, or to take the place of one that waits
 * @param holds letters that wait, to everybody but the topic, and are not to be delivered before
 * @param forgotten ids of alerts
 * @param forgottenMarks their sources
 * @param now wall-clock time of the change
 */
public record BookChange(
        AlertBook after,
        List<AlertBook.Entry> entries,
        List<Mark> marks,
        List<AlertSilence> silences,
        List<Letter> letters,
        List<Hold> holds,
        Set<String> forgotten,
        Set<String> forgottenMarks,
        Instant now) {

    public BookChange {
        entries = List.copyOf(entries);
        marks = List.copyOf(marks);
        silences = List.copyOf(silences);
        letters = List.copyOf(letters);
        holds = List.copyOf(holds);
        forgotten = Set.copyOf(forgotten);
        forgottenMarks = Set.copyOf(forgottenMarks);
    }

    /** Letters of an alert that a silence holds back. */
    public record Hold(String alert, Instant until) {}

    /** Whether there is nothing to write. */
    public boolean isEmpty() {
        return entries.isEmpty()
                && marks.isEmpty()
                && silences.isEmpty()
                && letters.isEmpty()
                && holds.isEmpty()
                && forgotten.isEmpty()
                && forgottenMarks.isEmpty();
    }

    /** The alerts as they are now, where they differ. */
    public List<Alert> alerts() {
        return entries.stream().map(AlertBook.Entry::alert).toList();
    }
}
