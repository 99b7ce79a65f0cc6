package io.plumbline.gateway.adapter.disk;

import io.plumbline.gateway.core.outbox.OutboxRecord;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Follows a {@link SegmentedLog}, in order, up to what is durable. Not thread-safe. */
public final class LogReader implements AutoCloseable {

    private final SegmentedLog log;
    private final boolean drains;
    private long position;
    private long skipped;
    private @Nullable Open open;

    /** @param drains whether what it reads may be on its way to Kafka from then on */
    LogReader(SegmentedLog log, long position, boolean drains) {
        this.log = log;
        this.drains = drains;
        this.position = position;
    }

    /** Number of the record that is read next. */
    public long position() {
        return position;
    }

    /** Records that could not be read because their segment is damaged. */
    public long skipped() {
        return skipped;
    }

    /**
     * The next records.
     *
     * @param max at most this many
     * @param wait how long to wait for the first one
     * @return empty if there is none yet
     */
    public List<OutboxRecord> read(int max, Duration wait) throws IOException, InterruptedException {
        var records = new ArrayList<OutboxRecord>();
        if (!log.await(position, wait)) {
            return records;
        }
        while (records.size() < max && position < log.end()) {
            if (!drains || !takeRecent(records, max)) {
                readOn(records, max);
            }
        }
        return records;
    }

    /** Whether what comes next need not be read. */
    private boolean takeRecent(List<OutboxRecord> records, int max) {
        log.onTheWay(position + max);
        var recent = log.takeRecent(position, max - records.size());
        records.addAll(recent);
        position += recent.size();
        return !recent.isEmpty();
    }

    /** From one segment. */
    private void readOn(List<OutboxRecord> records, int max) throws IOException {
        var segment = current();
        if (position < segment.segment.first()) {
            skipTo(segment.segment.first());
            return;
        }
        var extent = log.extentOf(segment.segment);
        while (records.size() < max && position < extent.end()) {
            var body = segment.scanner.next(extent.bytes());
            if (body.isEmpty()) {
                skipDamage(extent);
                return;
            }
            records.add(OutboxRecord.from(body.get()));
            position++;
            segment.number++;
        }
    }

    private void skipDamage(SegmentedLog.Extent extent) throws IOException {
        if (!extent.sealed()) {
            throw new IOException("the outbox is damaged at record " + position);
        }
        skipTo(extent.end());
    }

    /** What was dropped is accounted for elsewhere. */
    private void skipTo(long next) {
        skipped += log.isDropped(position) ? 0 : next - position;
        position = next;
    }

    private Open current() throws IOException {
        var wanted = log.holding(position);
        var now = open;
        if (now == null || !now.segment.equals(wanted) || now.number > position) {
            close();
            now = new Open(wanted);
            open = now;
        }
        var bytes = log.extentOf(wanted).bytes();
        while (now.number < position && now.scanner.next(bytes).isPresent()) {
            now.number++;
        }
        return now;
    }

    @Override
    public void close() throws IOException {
        var now = open;
        if (now != null) {
            now.file.close();
            open = null;
        }
    }

    private static final class Open {
        private final Segment segment;
        private final FileChannel file;
        private final FrameScanner scanner;
        /** Of the record that the scanner comes to next. */
        private long number;

        private Open(Segment segment) throws IOException {
            this.segment = segment;
            this.file = segment.openToRead();
            this.scanner = new FrameScanner(file, 0);
            this.number = segment.first();
        }
    }
}
