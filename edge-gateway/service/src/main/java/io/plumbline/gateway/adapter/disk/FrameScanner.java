package io.plumbline.gateway.adapter.disk;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.Optional;

/** Reads frames one after the other from a place in a file. Not thread-safe. */
final class FrameScanner {

    private static final int CHUNK_BYTES = 64 << 10;

    private final FileChannel file;
    private final ByteBuffer header = ByteBuffer.allocate(Frame.HEADER_BYTES);
    private ByteBuffer chunk = ByteBuffer.allocate(CHUNK_BYTES).flip();
    private long chunkOffset;
    private long offset;

    /** @param offset in bytes, where a frame begins */
    FrameScanner(FileChannel file, long offset) {
        this.file = file;
        this.offset = offset;
        this.chunkOffset = offset;
    }

    /** Where the next frame begins: the end of the last whole one. */
    long offset() {
        return offset;
    }

    /**
     * The next body.
     *
     * @param limit in bytes; nothing beyond it is looked at
     * @return empty when there is no whole, undamaged frame before the limit
     */
    Optional<byte[]> next(long limit) throws IOException {
        header.clear();
        if (!fill(header, offset, limit)) {
            return Optional.empty();
        }
        var length = Frame.bodyLength(header);
        if (length < 0 || offset + Frame.HEADER_BYTES + length > limit) {
            return Optional.empty();
        }
        var body = new byte[length];
        if (!fill(ByteBuffer.wrap(body), offset + Frame.HEADER_BYTES, limit) || !Frame.isIntact(header, body)) {
            return Optional.empty();
        }
        offset += Frame.HEADER_BYTES + length;
        return Optional.of(body);
    }

    private boolean fill(ByteBuffer target, long from, long limit) throws IOException {
        if (from + target.remaining() > limit) {
            return false;
        }
        var position = from;
        while (target.hasRemaining()) {
            var at = position - chunkOffset;
            if (at < 0 || at >= chunk.limit()) {
                if (!load(position, limit)) {
                    return false;
                }
                at = 0;
            }
            var count = Math.min(target.remaining(), chunk.limit() - (int) at);
            target.put(chunk.slice((int) at, count));
            position += count;
        }
        return true;
    }

    private boolean load(long position, long limit) throws IOException {
        chunk.clear().limit((int) Math.min(CHUNK_BYTES, limit - position));
        while (chunk.hasRemaining() && file.read(chunk, position + chunk.position()) >= 0) {}
        chunk.flip();
        chunkOffset = position;
        return chunk.hasRemaining();
    }
}
