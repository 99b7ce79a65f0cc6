package io.plumbline.gateway.adapter.disk;

import io.plumbline.gateway.core.pipeline.Snapshot;
import io.plumbline.gateway.core.pipeline.SnapshotStore;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
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

    private final Path file;
    private final SegmentedLog log;

    public SnapshotFile(Path file, SegmentedLog log) {
        this.file = file;
        this.log = log;
    }

    @Override
    public void save(Snapshot snapshot) throws IOException {
        var body = ByteBuffer.allocate(NUMBERS_BYTES + snapshot.state().length)
                .putLong(snapshot.covers())
                .putLong(log.drained())
                .put(snapshot.state())
                .array();
        GatewayFolder.replace(file, Frame.of(List.of(body)).array());
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
        var content = GatewayFolder.read(file);
        if (content.isEmpty() || content.get().length < Frame.HEADER_BYTES + NUMBERS_BYTES) {
            return Optional.empty();
        }
        var frame = ByteBuffer.wrap(content.get());
        var body = new byte[content.get().length - Frame.HEADER_BYTES];
        frame.get(Frame.HEADER_BYTES, body);
        return Frame.bodyLength(frame) == body.length && Frame.isIntact(frame, body)
                ? Optional.of(body)
                : Optional.empty();
    }
}
