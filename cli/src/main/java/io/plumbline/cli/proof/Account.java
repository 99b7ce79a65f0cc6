package io.plumbline.cli.proof;

import io.plumbline.contract.id.EventId;
import java.util.HashMap;
import java.util.Map;

/**
 * Every reading that was sent and what became of it. Thread-safe.
 *
 * <p>Exact: each good reading must have one result, each bad payload one dead letter.
 */
public final class Account {

    private final Map<EventId, Entry> entries = new HashMap<>();
    private long badSent;
    private long deadLetters;
    private long results;
    private long strangers;

    public synchronized void sent(EventId event, long wallMillis) {
        entries.computeIfAbsent(event, key -> new Entry()).sentAt = wallMillis;
    }

    public synchronized void badSent() {
        badSent++;
    }

    public synchronized void result(EventId event) {
        results++;
        entries.computeIfAbsent(event, key -> new Entry()).results++;
    }

    public synchronized void deadLetter() {
        deadLetters++;
    }

    /** Readings and bad payloads that were sent and have not come back. */
    public synchronized long outstanding() {
        var open = entries.values().stream().filter(entry -> entry.results == 0).count();
        return open + Math.max(0, badSent - deadLetters);
    }

    /** Of the readings sent between these wall times, how many have no result. */
    public synchronized long lostBetween(long fromMillis, long toMillis) {
        return entries.values().stream()
                .filter(entry -> entry.sentAt >= fromMillis && entry.sentAt <= toMillis && entry.results == 0)
                .count();
    }

    public synchronized Totals totals() {
        long lost = 0;
        long duplicates = 0;
        long unsent = 0;
        for (var entry : entries.values()) {
            if (entry.sentAt == 0) {
                unsent++;
            } else if (entry.results == 0) {
                lost++;
            }
            duplicates += Math.max(0, entry.results - 1);
        }
        lost += Math.max(0, badSent - deadLetters);
        duplicates += Math.max(0, deadLetters - badSent);
        return new Totals(
                entries.size() - unsent + badSent, results, deadLetters, lost, duplicates + unsent + strangers);
    }

    /** @param duplicates results and dead letters beyond the one that each message may have */
    public record Totals(long readingsSent, long results, long deadLetters, long lost, long duplicates) {

        public boolean isExact() {
            return lost == 0 && duplicates == 0 && readingsSent == results + deadLetters;
        }
    }

    private static final class Entry {
        private long sentAt;
        private int results;
    }
}
