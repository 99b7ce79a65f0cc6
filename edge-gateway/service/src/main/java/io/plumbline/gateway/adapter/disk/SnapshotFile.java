package io.plumbline.gateway.adapter.disk;

import io.plumbline.gateway.core.snapshot.Snapshot;
import io.plumbline.gateway.core.snapshot.SnapshotStore;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The newest snapshot, as one {@link Frame} whose body is:
 *
 * <pre>
 *  offset 0            8             16
 *         +------------+-------------+---------+
 *         | covers     | drained     | state   |
 *         | i64        | i64         | bytes   |
 *         +------------+-------------+---------+
 * </pre>
 */
public final class SnapshotFile implements SnapshotStore {

    private static final int NUMBERS_BYTES = 16;

    private final FramedFile file;
    private final SegmentedLog log;

    public SnapshotFile(Path file, SegmentedLog log) {
        this.file = new FramedFile(file);
        this.log = log;
    }

    @Override
    public void save(Snapshot snapshot) throws IOException {
        var body = ByteBuffer.allocate(NUMBERS_BYTES + snapshot.state().length)
                .putLong(snapshot.covers())
                .putLong(log.drained())
                .put(snapshot.state())
                .array();
        file.save(body);
    }

    @Override
    public Optional<Snapshot> load() throws IOException {
        return body().map(body -> {
            var numbers = ByteBuffer.wrap(body);
            var state = new byte[body.length - NUMBERS_BYTES];
            numbers.get(NUMBERS_BYTES, state);
            return new Snapshot(numbers.getLong(0), state);
        });
    }

    /** What was known to be in Kafka when the snapshot was saved: a lower bound. */
    public long drained() throws IOException {
        return body().map(body -> ByteBuffer.wrap(body).getLong(8)).orElse(0L);
    }

    /** Empty where there is none, or none that is whole. */
    private Optional<byte[]> body() throws IOException {
        return file.load().filter(body -> body.length >= NUMBERS_BYTES);
    }
}
