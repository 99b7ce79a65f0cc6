package io.plumbline.gateway.adapter.disk;

import io.plumbline.gateway.core.outbox.Loss;
import io.plumbline.gateway.core.outbox.OutboxRecord;
import io.plumbline.gateway.core.outbox.RecordKind;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.regex.Pattern;

/**
 * One file of the log, named after the number of its first record in 20 decimal digits.
 *
 * @param first number of its first record
 */
record Segment(Path file, long first) implements Comparable<Segment> {

    private static final Pattern NAME = Pattern.compile("\\d{20}\\.log");

    static Segment startingAt(Path folder, long first) {
        return new Segment(folder.resolve(String.format("%020d.log", first)), first);
    }

    /** All segments of a folder, oldest first. */
    static List<Segment> in(Path folder) throws IOException {
        try (var files = Files.list(folder)) {
            return files.filter(
                            file -> NAME.matcher(file.getFileName().toString()).matches())
                    .map(file -> new Segment(
                            file, Long.parseLong(file.getFileName().toString().substring(0, 20))))
                    .sorted()
                    .toList();
        }
    }

    FileChannel openToWrite() throws IOException {
        return FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
    }

    FileChannel openToRead() throws IOException {
        return FileChannel.open(file, StandardOpenOption.READ);
    }

    long bytes() {
        try {
            return Files.size(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** When something was appended last. */
    Instant touched() {
        try {
            return Files.getLastModifiedTime(file).toInstant();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * What is lost with it; damaged records are not counted, as nobody knows what they were.
     *
     * @param next number of the record after its last one
     */
    Loss asLoss(long next) throws IOException {
        var counts = new EnumMap<RecordKind, Long>(RecordKind.class);
        try (var channel = openToRead()) {
            var size = channel.size();
            var scanner = new FrameScanner(channel, 0);
            for (var body = scanner.next(size); body.isPresent(); body = scanner.next(size)) {
                counts.merge(OutboxRecord.from(body.get()).kind(), 1L, Long::sum);
            }
        }
        return new Loss(
                first,
                next,
                counts.getOrDefault(RecordKind.RESULT, 0L),
                counts.getOrDefault(RecordKind.DEAD_LETTER, 0L),
                counts.getOrDefault(RecordKind.STATS, 0L) + counts.getOrDefault(RecordKind.EVENT, 0L));
    }

    @Override
    public int compareTo(Segment other) {
        return Long.compare(first, other.first);
    }
}
