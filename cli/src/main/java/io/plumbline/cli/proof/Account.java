package io.plumbline.cli.proof;

import io.plumbline.contract.id.Digest;
import io.plumbline.contract.id.EventId;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;

/**
 * Every message that was sent and what became of it. Thread-safe.
 *
 * <p>Exact: each good reading must have one result, each bad payload one dead letter. A reading is known by its event, a
 * bad payload by its bytes, which a dead letter carries as they came; so a lost message and a repeated one never cancel.
 */
public final class Account {

    private final Map<EventId, Entry> readings = new HashMap<>();
    private final Map<Digest, Entry> badPayloads = new HashMap<>();

    /** @param wallMillis when, in milliseconds since 1970 */
    public synchronized void sent(EventId event, long wallMillis) {
        entry(event).send(wallMillis);
    }

    /** @throws IllegalArgumentException if the same bytes were sent before: their dead letters would look alike */
    public synchronized void badSent(byte[] payload) {
        var entry = entry(Digest.of(payload));
        if (entry.sent) {
            throw new IllegalArgumentException("a bad payload with the same bytes was sent before");
        }
        entry.send(0);
    }

    public synchronized void result(EventId event) {
        entry(event).answers++;
    }

    /** @param payload the refused message as it came */
    public synchronized void deadLetter(byte[] payload) {
        entry(Digest.of(payload)).answers++;
    }

    private Entry entry(EventId event) {
        return readings.computeIfAbsent(event, key -> new Entry());
    }

    private Entry entry(Digest payload) {
        return badPayloads.computeIfAbsent(payload, key -> new Entry());
    }

    /** Messages that were sent and have not come back. */
    public synchronized long outstanding() {
        return lost(readings.values()) + lost(badPayloads.values());
    }

    /** Of the readings sent between these wall times, both included, how many have no result. */
    public synchronized long lostBetween(long fromMillis, long toMillis) {
        return readings.values().stream()
                .filter(entry -> entry.isLost() && entry.sentAt >= fromMillis && entry.sentAt <= toMillis)
                .count();
    }

    public synchronized Totals totals() {
        return new Totals(
                sent(readings.values()) + sent(badPayloads.values()),
                answers(readings.values()),
                answers(badPayloads.values()),
                lost(readings.values()) + lost(badPayloads.values()),
                surplus(readings.values()) + surplus(badPayloads.values()));
    }

    private static long sent(Collection<Entry> entries) {
        return entries.stream().filter(entry -> entry.sent).count();
    }

    private static long lost(Collection<Entry> entries) {
        return entries.stream().filter(Entry::isLost).count();
    }

    private static long answers(Collection<Entry> entries) {
        return entries.stream().mapToLong(entry -> entry.answers).sum();
    }

    private static long surplus(Collection<Entry> entries) {
        return entries.stream().mapToLong(Entry::surplus).sum();
    }

    /**
     * @param readingsSent every message, bad payloads too
     * @param lost messages without an answer
     * @param duplicates results and dead letters beyond the one that each message may have, and those of messages that
     *     were never sent
     */
    public record Totals(long readingsSent, long results, long deadLetters, long lost, long duplicates) {

        public boolean isExact() {
            return lost == 0 && duplicates == 0 && readingsSent == results + deadLetters;
        }
    }

    /** Exists as soon as a message was sent or answered, whichever is heard of first. */
    private static final class Entry {
        private boolean sent;
        private long sentAt;
        private long answers;

        private void send(long wallMillis) {
            sent = true;
            sentAt = wallMillis;
        }

        private boolean isLost() {
            return sent && answers == 0;
        }

        private long surplus() {
            return Math.max(0, answers - (sent ? 1 : 0));
        }
    }
}
