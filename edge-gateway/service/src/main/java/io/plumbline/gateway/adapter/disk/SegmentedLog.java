package io.plumbline.gateway.adapter.disk;

import io.plumbline.gateway.core.outbox.Loss;
import io.plumbline.gateway.core.outbox.Outbox;
import io.plumbline.gateway.core.outbox.OutboxHistory;
import io.plumbline.gateway.core.outbox.OutboxRecord;
import io.plumbline.gateway.core.outbox.Overflow;
import io.plumbline.gateway.core.outbox.RecentRecords;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * The outbox on disk: {@link Frame}s in {@link Segment}s. One thread appends, any number of {@link LogReader}s follow. A
 * segment is deleted as a whole once everything in it is in Kafka and covered by a snapshot; or, where the oldest may be dropped, once
 * it is covered by a snapshot and certain not to be in Kafka. What a crash tore off at the end was acknowledged to nobody; it is cut
 * away on opening.
 */
public final class SegmentedLog implements Outbox, OutboxHistory, AutoCloseable {

    private static final int REPLAY_BATCH = 512;

    private final Path folder;
    private final LogLimits limits;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition appended = lock.newCondition();

    /** First record of each segment, and the segment's durable bytes. Guarded by the lock. */
    private final TreeMap<Long, Long> segments = new TreeMap<>();
    /** Guarded by the lock. */
    private final Departures departures;
    /** Guarded by the lock. */
    private final RecentRecords recent;
    /** Guarded by the lock. */
    private long end;
    /** Guarded by the lock. */
    private long drained;
    /** Guarded by the lock. */
    private long recoverable;

    /** Only the appending thread touches these. */
    private final Frame.Writer writer = new Frame.Writer();

    private FileChannel tail;
    private boolean torn;

    private SegmentedLog(Path folder, LogLimits limits) throws IOException {
        this.folder = folder;
        this.limits = limits;
        this.departures = new Departures(folder, limits);
        this.recent = new RecentRecords(limits.segmentBytes() / 16);
        for (var segment : Segment.in(folder)) {
            segments.put(segment.first(), segment.bytes());
        }
        if (segments.isEmpty()) {
            segments.put(0L, 0L);
        }
        var last = Segment.startingAt(folder, segments.lastKey());
        this.tail = last.openToWrite();
        this.end = last.first() + cutTornTail(last.first());
        this.drained = segments.firstKey();
        this.recoverable = segments.firstKey();
        departures.open(end);
        syncFolder(folder);
    }

    /** Opens the log in this folder, which is created if need be. */
    public static SegmentedLog open(Path folder, LogLimits limits) throws IOException {
        Files.createDirectories(folder);
        return new SegmentedLog(folder, limits);
    }

    private long cutTornTail(long first) throws IOException {
        var size = tail.size();
        var scanner = new FrameScanner(tail, 0);
        var count = 0L;
        while (scanner.next(size).isPresent()) {
            count++;
        }
        if (scanner.offset() < size) {
            tail.truncate(scanner.offset());
            tail.force(true);
        }
        segments.put(first, scanner.offset());
        return count;
    }

    @Override
    public long append(List<OutboxRecord> records) throws IOException {
        var frames = writer.of(records);
        var length = frames.remaining();
        repair();
        if (tailBytes() >= limits.segmentBytes()) {
            roll();
        }
        torn = true;
        write(frames, tailBytes());
        tail.force(false);
        torn = false;
        return publish(records, length);
    }

    private long publish(List<OutboxRecord> records, int length) {
        lock.lock();
        try {
            var first = end;
            end += records.size();
            recent.add(first, records, length);
            segments.merge(segments.lastKey(), (long) length, Long::sum);
            departures.touch(segments.lastKey());
            appended.signalAll();
            return first;
        } finally {
            lock.unlock();
        }
    }

    private void write(ByteBuffer frames, long at) throws IOException {
        var position = at;
        while (frames.hasRemaining()) {
            position += tail.write(frames, position);
        }
    }

    /** After a failed append: removes what it may have left behind. */
    private void repair() throws IOException {
        if (torn) {
            tail.truncate(tailBytes());
            tail.force(true);
            torn = false;
        }
    }

    private void roll() throws IOException {
        var next = Segment.startingAt(folder, end());
        var opened = next.openToWrite();
        syncFolder(folder);
        tail.close();
        tail = opened;
        lock.lock();
        try {
            segments.put(next.first(), 0L);
            deleteUnneeded();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public boolean hasRoom() {
        return waitingBytes() < limits.maxBytes() && locked(() -> drained >= end || isYoung());
    }

    private boolean isYoung() {
        return waiting().keySet().stream().noneMatch(departures::isTooOld);
    }

    /** Bytes of the files in which records are that Kafka does not have yet. */
    public long waitingBytes() {
        return locked(
                () -> waiting().values().stream().mapToLong(Long::longValue).sum());
    }

    private Map<Long, Long> waiting() {
        var from = segments.floorKey(drained);
        return segments.tailMap(from == null ? drained : from, true);
    }

    @Override
    public Optional<Loss> oldest() throws IOException {
        if (limits.overflow() == Overflow.BLOCK) {
            return Optional.empty();
        }
        if (isTailTooOld()) {
            roll();
        }
        var range = claim();
        return range.isPresent()
                ? Optional.of(Segment.startingAt(folder, range.get().getKey())
                        .asLoss(range.get().getValue()))
                : Optional.empty();
    }

    private Optional<Map.Entry<Long, Long>> claim() {
        return locked(() -> departures.claim(segments, recoverable, drained));
    }

    private boolean isTailTooOld() {
        return locked(() -> end > segments.lastKey() && departures.isTooOld(segments.lastKey()));
    }

    @Override
    public void drop(Loss loss) throws IOException {
        lock.lock();
        try {
            if (segments.size() > 1 && segments.lastKey() > loss.first()) {
                segments.remove(loss.first());
            }
            departures.gone(loss.first(), loss.next());
        } finally {
            lock.unlock();
        }
        Files.deleteIfExists(Segment.startingAt(folder, loss.first()).file());
    }

    boolean isDropped(long number) {
        return locked(() -> departures.isGone(number));
    }

    /** Records before this one may be on their way to Kafka from now on. */
    void onTheWay(long number) {
        lock.lock();
        try {
            departures.onTheWay(number);
        } finally {
            lock.unlock();
        }
    }

    /** The same as {@link #readFrom}, by the one who hands to Kafka what it reads; Kafka has everything before this record. */
    public LogReader drainFrom(long number) throws IOException {
        lock.lock();
        try {
            departures.settle(number);
            return new LogReader(this, Math.max(number, segments.firstKey()), true);
        } finally {
            lock.unlock();
        }
    }

    /** Kafka is away, and so nothing more is handed to it. */
    public void drainInterrupted() throws IOException {
        lock.lock();
        try {
            departures.keepMark(end);
        } finally {
            lock.unlock();
        }
    }

    @Override
    public long end() {
        return locked(() -> end);
    }

    @Override
    public long pending() {
        return locked(() -> end - drained);
    }

    /** Number of the oldest record that is still there. */
    public long begin() {
        return locked(() -> segments.firstKey());
    }

    @Override
    public void recoverable(long number) {
        lock.lock();
        try {
            recoverable = Math.max(recoverable, number);
            deleteUnneeded();
        } finally {
            lock.unlock();
        }
    }

    /** Kafka has everything before this record. */
    public void drained(long number) {
        lock.lock();
        try {
            drained = Math.max(drained, Math.min(number, end));
            deleteUnneeded();
        } finally {
            lock.unlock();
        }
    }

    /** The position that {@link #drained(long)} reached. */
    public long drained() {
        return locked(() -> drained);
    }

    private void deleteUnneeded() {
        var needed = Math.min(drained, recoverable);
        while (segments.size() > 1 && segments.higherKey(segments.firstKey()) <= needed) {
            var file = Segment.startingAt(folder, segments.firstKey()).file();
            if (!file.toFile().delete() && Files.exists(file)) {
                return;
            }
            segments.pollFirstEntry();
        }
    }

    /** Reads on from this record, or from the oldest one that is still there. Each reader belongs to one thread. */
    public LogReader readFrom(long number) {
        return new LogReader(this, Math.max(number, begin()), false);
    }

    @Override
    public long replay(long from, Consumer<OutboxRecord> consumer) throws IOException {
        var stop = end();
        try (var reader = readFrom(from)) {
            while (reader.position() < stop) {
                reader.read(REPLAY_BATCH, Duration.ZERO).forEach(consumer);
            }
            return reader.skipped();
        } catch (InterruptedException e) {
            throw new IOException("interrupted while the outbox was read", e);
        }
    }

    /** Waits until there is a record with this number; false if there is none after that time. */
    boolean await(long number, Duration atMost) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            var nanos = atMost.toNanos();
            while (end <= number) {
                if (nanos <= 0) {
                    return false;
                }
                nanos = appended.awaitNanos(nanos);
            }
            return true;
        } finally {
            lock.unlock();
        }
    }

    /** Records from this one on that need not be read from disk, for the last time. */
    List<OutboxRecord> takeRecent(long number, int most) {
        return locked(() ->
                segments.floorKey(number) == null || departures.isGone(number) ? List.of() : recent.take(number, most));
    }

    /** The segment that holds this record. */
    Segment holding(long number) {
        lock.lock();
        try {
            var first = segments.floorKey(number);
            return Segment.startingAt(folder, first == null ? segments.firstKey() : first);
        } finally {
            lock.unlock();
        }
    }

    /** What of this segment is durable, and the number of the record after it. */
    Extent extentOf(Segment segment) {
        lock.lock();
        try {
            var bytes = segments.getOrDefault(segment.first(), 0L);
            Map.Entry<Long, Long> next = segments.higherEntry(segment.first());
            return new Extent(bytes, next == null ? end : next.getKey(), next != null);
        } finally {
            lock.unlock();
        }
    }

    /**
     * @param bytes durable bytes
     * @param end number of the record after the last one in it
     * @param sealed nothing is appended to it any more
     */
    record Extent(long bytes, long end, boolean sealed) {}

    private long tailBytes() {
        return locked(() -> segments.lastEntry().getValue());
    }

    private <T> T locked(Supplier<T> action) {
        lock.lock();
        try {
            return action.get();
        } finally {
            lock.unlock();
        }
    }

    private static void syncFolder(Path folder) throws IOException {
        try (var channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    @Override
    public void close() throws IOException {
        tail.close();
    }
}
