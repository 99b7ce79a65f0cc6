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
    private long position;
    private long skipped;
    private @Nullable Open open;

    LogReader(SegmentedLog log, long position) {
        this.log = log;
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
            readOn(records, max);
        }
        return records;
    }

    /** From one segment. */
    private void readOn(List<OutboxRecord> records, int max) throws IOException {
        var segment = current();
        var extent = log.extentOf(segment.segment);
        while (records.size() < max && position < extent.end()) {
            var body = segment.scanner.next(extent.bytes());
            if (body.isEmpty()) {
                skipDamage(extent);
                return;
            }
            records.add(OutboxRecord.from(body.get()));
            position++;
        }
    }

    private void skipDamage(SegmentedLog.Extent extent) throws IOException {
        if (!extent.sealed()) {
            throw new IOException("the outbox is damaged at record " + position);
        }
        skipped += extent.end() - position;
        position = extent.end();
    }

    private Open current() throws IOException {
        var wanted = log.holding(position);
        var now = open;
        if (now != null && now.segment.equals(wanted)) {
            return now;
        }
        close();
        var opened = new Open(wanted);
        open = opened;
        var extent = log.extentOf(wanted);
        for (long number = wanted.first(); number < position; number++) {
            if (opened.scanner.next(extent.bytes()).isEmpty()) {
                break;
            }
        }
        return opened;
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

        private Open(Segment segment) throws IOException {
            this.segment = segment;
            this.file = segment.openToRead();
            this.scanner = new FrameScanner(file, 0);
        }
    }
}
