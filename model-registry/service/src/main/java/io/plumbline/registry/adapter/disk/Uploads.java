package io.plumbline.registry.adapter.disk;

import io.plumbline.registry.core.oci.OciException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import java.util.regex.Pattern;

/** Uploads that have begun. A chunk goes to disk as it comes. */
public final class Uploads {

    private static final Pattern ID = Pattern.compile("[0-9a-f-]{36}");

    private static final Duration ABANDONED_AFTER = Duration.ofDays(1);

    private final Path folder;
    private final long maxBytes;

    private Uploads(Path folder, long maxBytes) {
        this.folder = folder;
        this.maxBytes = maxBytes;
    }

    /** Deletes what was begun and then left alone for more than a day before now. */
    public static Uploads open(Path folder, long maxBytes, Instant now) throws IOException {
        Files.createDirectories(folder);
        try (var files = Files.list(folder)) {
            for (var file : (Iterable<Path>) files::iterator) {
                if (Files.getLastModifiedTime(file).toInstant().isBefore(now.minus(ABANDONED_AFTER))) {
                    Files.delete(file);
                }
            }
        }
        return new Uploads(folder, maxBytes);
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
     * @throws OciException if it is too much, which ends the upload, or there is no such upload
     */
    public long append(String id, InputStream chunk) {
        var file = existing(id);
        try (var out = Files.newOutputStream(file, StandardOpenOption.APPEND)) {
            var left = maxBytes - Files.size(file);
            var buffer = new byte[1 << 16];
            for (int read = chunk.read(buffer); read >= 0; read = chunk.read(buffer)) {
                left -= read;
                if (left < 0) {
                    Files.delete(file);
                    throw new OciException(
                            OciException.Code.SIZE_INVALID, "a blob may have at most " + maxBytes + " bytes");
                }
                out.write(buffer, 0, read);
            }
            out.flush();
            return Files.size(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public long size(String id) {
        try {
            return Files.size(existing(id));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The file with all that came, for the caller to take away. */
    public Path finish(String id) {
        return existing(id);
    }

    private Path existing(String id) {
        if (!ID.matcher(id).matches() || !Files.isRegularFile(folder.resolve(id))) {
            throw new OciException(OciException.Code.BLOB_UPLOAD_UNKNOWN, "upload '" + id + "' is not known");
        }
        return folder.resolve(id);
    }
}
