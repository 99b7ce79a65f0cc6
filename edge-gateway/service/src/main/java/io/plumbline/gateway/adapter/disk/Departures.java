package io.plumbline.gateway.adapter.disk;

import io.plumbline.gateway.core.outbox.Overflow;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;

/**
 * What of a log may leave it before Kafka has it, and what has left. Only records that were never handed to Kafka may: of the others
 * nobody knows whether they arrived, and a loss is counted exactly. Not thread-safe.
 */
final class Departures {

    private final Path folder;
    private final LogLimits limits;
    private final SentMark mark;
    /** When something was appended last to each segment, by its first record; looked up on disk for those from before. */
    private final TreeMap<Long, Instant> touched = new TreeMap<>();
    /** First and next record of what has left, as far as this process knows. */
    private final TreeMap<Long, Long> gone = new TreeMap<>();
    /** What comes before may be in Kafka or on its way there. */
    private long onTheWay;

    Departures(Path folder, LogLimits limits) {
        this.folder = folder;
        this.limits = limits;
        this.mark = new SentMark(folder.resolve("sent"));
    }

    /** @param end number that the next record gets */
    void open(long end) throws IOException {
        onTheWay = Math.min(end, mark.read().orElse(end));
    }

    void touch(long segment) {
        if (limits.maxAge().isPresent()) {
            touched.put(segment, Instant.now());
        }
    }

    /** Where the oldest may be dropped, what may not be dropped may be of any age: it would block for ever. */
    boolean isTooOld(long segment) {
        return limits.maxAge().isPresent()
                && (limits.overflow() == Overflow.BLOCK || segment >= onTheWay)
                && touched.computeIfAbsent(
                                segment,
                                first -> Segment.startingAt(folder, first).touched())
                        .plus(limits.maxAge().get())
                        .isBefore(Instant.now());
    }

    /**
     * Takes the oldest segment that may leave out of these.
     *
     * @param segments by their first record
     * @param covered only what ends before this record may leave
     * @param drained Kafka has what comes before this record
     * @return its first record and the one after its last
     */
    Optional<Map.Entry<Long, Long>> claim(TreeMap<Long, Long> segments, long covered, long drained) {
        var first = segments.ceilingKey(Math.max(onTheWay, drained));
        var next = first == null ? null : segments.higherKey(first);
        if (first == null || next == null || next > covered) {
            return Optional.empty();
        }
        segments.remove(first);
        gone(first, next);
        return Optional.of(Map.entry(first, next));
    }

    void gone(long first, long next) {
        gone.put(first, next);
        touched.headMap(first, true).clear();
    }

    boolean isGone(long number) {
        var range = gone.floorEntry(number);
        return range != null && number < range.getValue();
    }

    void onTheWay(long number) {
        onTheWay = Math.max(onTheWay, number);
    }

    /** Kafka has what comes before this record; of what was handed to it since, nobody knows. */
    void settle(long number) throws IOException {
        mark.remove();
        onTheWay = Math.max(onTheWay, number);
        gone.headMap(number).values().removeIf(next -> next <= number);
    }

    /** Kafka is away. */
    void keepMark(long end) throws IOException {
        if (limits.overflow() == Overflow.DROP_OLDEST && mark.read().isEmpty()) {
            mark.write(Math.min(end, onTheWay));
        }
    }

    /**
     * While Kafka is away: the number of the first record that was never handed to it. Only what is behind that may be dropped, because
     * only of that it is certain that it is not in Kafka. Absent while records flow.
     */
    private record SentMark(Path file) {

        /** Empty where it is not there or not whole. */
        private OptionalLong read() throws IOException {
            try {
                return OptionalLong.of(Long.parseLong(Files.readString(file).strip()));
            } catch (NoSuchFileException | NumberFormatException unknown) {
                return OptionalLong.empty();
            }
        }

        private void write(long number) throws IOException {
            GatewayFolder.replace(file, String.valueOf(number).getBytes(StandardCharsets.UTF_8));
        }

        private void remove() throws IOException {
            if (Files.deleteIfExists(file)) {
                GatewayFolder.syncParent(file);
            }
        }
    }
}
