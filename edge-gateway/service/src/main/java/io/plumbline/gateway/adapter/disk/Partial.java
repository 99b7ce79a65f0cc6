package io.plumbline.gateway.adapter.disk;

import io.plumbline.contract.id.Digest;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** The part of a blob that has come so far; it stays on disk when it is closed. Thread-safe. */
public final class Partial implements AutoCloseable {

    private final ModelFolder folder;
    private final Digest digest;
    private final Path file;
    private final FileChannel channel;

    Partial(ModelFolder folder, Digest digest, Path file) throws IOException {
        this.folder = folder;
        this.digest = digest;
        this.file = file;
        this.channel =
                FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
    }

    public Digest digest() {
        return digest;
    }

    /** Bytes that are there. */
    public synchronized long size() throws IOException {
        return channel.size();
    }

    /** Puts these bytes behind those that are there. */
    public synchronized void append(byte[] bytes) throws IOException {
        var end = channel.size();
        var left = ByteBuffer.wrap(bytes);
        while (left.hasRemaining()) {
            end += channel.write(left, end);
        }
    }

    /** Forgets all that came. */
    public synchronized void clear() throws IOException {
        channel.truncate(0);
    }

    /**
     * Makes content of it if it has its digest, and throws it away if not: what is wrong once stays wrong.
     *
     * @return the digest of what came
     */
    public synchronized Digest complete() throws IOException {
        var actual = Digest.of(file);
        if (actual.equals(digest)) {
            channel.force(true);
            folder.adopt(file, digest);
        } else {
            channel.truncate(0);
        }
        return actual;
    }

    @Override
    public synchronized void close() throws IOException {
        try {
            if (channel.isOpen() && channel.size() == 0) {
                Files.deleteIfExists(file);
            }
        } finally {
            channel.close();
            folder.closed(digest);
        }
    }
}
