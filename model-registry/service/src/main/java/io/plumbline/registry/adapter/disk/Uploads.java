package io.plumbline.registry.adapter.disk;

import io.plumbline.registry.core.oci.Chunk;
import io.plumbline.registry.core.oci.OciException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.ToLongFunction;
import java.util.regex.Pattern;

/**
 * Uploads that have begun. A chunk goes to disk as it comes, and what came before a connection broke stays, for the client to go on
 * from there. One request at a time may write to an upload. Thread-safe.
 */
public final class Uploads {

    private static final Pattern ID = Pattern.compile("[0-9a-f-]{36}");
    private static final int BUFFER = 1 << 16;

    private static final Duration ABANDONED_AFTER = Duration.ofDays(1);

    private final Path folder;
    private final long maxBytes;
    private final Set<String> busy = ConcurrentHashMap.newKeySet();

    private Uploads(Path folder, long maxBytes) {
        this.folder = folder;
        this.maxBytes = maxBytes;
    }

    /** Deletes what was begun and then left alone for more than a day before now. */
    public static Uploads open(Path folder, long maxBytes, Instant now) throws IOException {
        Files.createDirectories(folder);
        var uploads = new Uploads(folder, maxBytes);
        uploads.deleteAbandoned(now);
        return uploads;
    }

    /** What was begun and then left alone for more than a day; answers how many. */
    int deleteAbandoned(Instant now) throws IOException {
        var deleted = 0;
        try (var files = Files.list(folder)) {
            for (var file : (Iterable<Path>) files::iterator) {
                var isIdle = !busy.contains(String.valueOf(file.getFileName()));
                if (isIdle && Files.getLastModifiedTime(file).toInstant().isBefore(now.minus(ABANDONED_AFTER))) {
                    deleted += Files.deleteIfExists(file) ? 1 : 0;
                }
            }
        }
        return deleted;
    }

    public String begin() {
        try {
            var id = UUID.randomUUID().toString();
            Files.createFile(folder.resolve(id));
            return id;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Adds a chunk; answers the size so far.
     *
     * @throws OciException if it is too much, which ends the upload, or does not belong there, or there is no such upload
     */
    public long append(String id, Chunk chunk) {
        return alone(id, file -> append(file, chunk));
    }

    /**
     * Adds the last chunk and hands over the file with all that came; then the upload has ended, whatever becomes of the file.
     *
     * @throws OciException as {@link #append} does
     */
    public void finish(String id, Chunk last, Consumer<Path> taker) {
        alone(id, file -> {
            var size = append(file, last);
            try {
                taker.accept(file);
            } finally {
                delete(file);
            }
            return size;
        });
    }

    /** @throws OciException if there is no such upload */
    public void cancel(String id) {
        alone(id, file -> {
            delete(file);
            return 0;
        });
    }

    public long size(String id) {
        return existing(id).toFile().length();
    }

    private long alone(String id, ToLongFunction<Path> work) {
        var file = existing(id);
        if (!busy.add(id)) {
            throw new OciException(
                    OciException.Code.BLOB_UPLOAD_INVALID, "another request is writing to upload '" + id + "'");
        }
        try {
            return work.applyAsLong(file);
        } finally {
            busy.remove(id);
        }
    }

    private long append(Path file, Chunk chunk) {
        try (var out = FileChannel.open(file, StandardOpenOption.WRITE)) {
            var before = out.size();
            chunk.requireAt(before);
            if (chunk.length().orElse(0) > maxBytes - before) {
                throw tooLarge(file);
            }
            out.position(before);
            copy(chunk.content(), out, file);
            var came = out.size() - before;
            if (!chunk.isComplete(came)) {
                out.truncate(before);
                throw new OciException(
                        OciException.Code.BLOB_UPLOAD_INVALID,
                        "the chunk has " + came + " bytes, and its Content-Range another number");
            }
            return before + came;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void copy(InputStream content, FileChannel out, Path file) throws IOException {
        var buffer = new byte[BUFFER];
        for (int read = next(content, buffer, out); read >= 0; read = next(content, buffer, out)) {
            if (out.position() + read > maxBytes) {
                throw tooLarge(file);
            }
            var bytes = ByteBuffer.wrap(buffer, 0, read);
            while (bytes.hasRemaining()) {
                out.write(bytes);
            }
        }
    }

    /** A connection that breaks is no failure of this side, and there is nobody left to answer. */
    private static int next(InputStream content, byte[] buffer, FileChannel out) throws IOException {
        try {
            return content.read(buffer);
        } catch (IOException e) {
            throw new OciException(
                    OciException.Code.BLOB_UPLOAD_INVALID,
                    "the connection broke; the upload has " + out.size() + " bytes so far");
        }
    }

    private OciException tooLarge(Path file) {
        delete(file);
        return new OciException(OciException.Code.SIZE_INVALID, "a blob may have at most " + maxBytes + " bytes");
    }

    private static void delete(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Path existing(String id) {
        if (!ID.matcher(id).matches() || !Files.isRegularFile(folder.resolve(id))) {
            throw new OciException(OciException.Code.BLOB_UPLOAD_UNKNOWN, "upload '" + id + "' is not known");
        }
        return folder.resolve(id);
    }
}
