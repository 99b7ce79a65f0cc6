package io.plumbline.registry.adapter.disk;

import io.plumbline.contract.id.Digest;
import io.plumbline.registry.core.oci.Manifest;
import io.plumbline.registry.core.oci.OciException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jboss.logging.Logger;

/**
 * Blobs as files named by the hexadecimal part of their digest. A file's time is when it was last wanted: what is about to be named
 * by a manifest is young, and is not collected. Thread-safe.
 */
final class BlobFiles {

    private static final Logger LOG = Logger.getLogger(BlobFiles.class);
    private static final String DAMAGED = ".damaged";

    private final Path folder;
    private final InstantSource clock = Clock.systemUTC();
    private int holds;

    BlobFiles(Path folder) {
        this.folder = folder;
    }

    /** While one is open, nothing is deleted. */
    final class Hold implements AutoCloseable {

        private boolean closed;

        private Hold() {}

        @Override
        public void close() {
            synchronized (BlobFiles.this) {
                holds -= closed ? 0 : 1;
                closed = true;
            }
        }
    }

    synchronized Hold hold() {
        holds++;
        return new Hold();
    }

    boolean isNotEmpty() throws IOException {
        if (!Files.isDirectory(folder)) {
            return false;
        }
        try (var files = Files.list(folder)) {
            return files.findAny().isPresent();
        }
    }

    Path place(Digest digest) {
        return folder.resolve(digest.hex());
    }

    Optional<Path> find(Digest digest) {
        return Optional.of(place(digest)).filter(Files::isRegularFile);
    }

    /** Empty if it is not there, or is not any more what it was: then it is set aside, and may be put again. */
    Optional<byte[]> read(Digest digest) {
        try {
            var content = undamaged(digest);
            return content.isPresent() ? content : setAside(digest);
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Optional<byte[]> undamaged(Digest digest) throws IOException {
        return Optional.of(Files.readAllBytes(place(digest)))
                .filter(content -> Digest.of(content).equals(digest));
    }

    /** Unless it is what it was again: another may have set the damaged one aside since, and somebody have pushed it. */
    private synchronized Optional<byte[]> setAside(Digest digest) throws IOException {
        var mended = undamaged(digest);
        if (mended.isEmpty()) {
            var aside = folder.resolve(digest.hex() + DAMAGED);
            LOG.errorf(
                    "blob-damaged its content has another digest: the disk may be failing; pushing it again mends it blob=%s file=%s",
                    digest, aside);
            Files.move(place(digest), aside, StandardCopyOption.REPLACE_EXISTING);
        }
        return mended;
    }

    /** Whether it is there; it is young again then. */
    synchronized boolean claim(Digest digest) {
        var file = find(digest);
        file.ifPresent(this::touch);
        return file.isPresent();
    }

    private void touch(Path file) {
        try {
            Files.setLastModifiedTime(file, FileTime.from(clock.instant()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** @throws OciException if the digest is not the content's */
    void put(Digest digest, byte[] content) {
        requireSame(Digest.of(content), digest);
        if (!claim(digest)) {
            try {
                DurableFiles.write(place(digest), content);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /**
     * Takes the file, which is gone from where it was, also when it is refused.
     *
     * @throws OciException if the digest is not the content's
     */
    void put(Digest digest, Path content) {
        try {
            try {
                requireSame(Digest.of(content), digest);
                touch(content);
                if (!claim(digest)) {
                    DurableFiles.move(content, place(digest));
                }
            } finally {
                Files.deleteIfExists(content);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void requireSame(Digest actual, Digest promised) {
        if (!actual.equals(promised)) {
            throw new OciException(
                    OciException.Code.DIGEST_INVALID, "the content's digest is " + actual + ", not " + promised);
        }
    }

    /** @throws OciException if the blob has another size than the descriptor says */
    void requireSize(Manifest.Descriptor blob) {
        var size = place(blob.digest()).toFile().length();
        if (size != blob.size()) {
            throw new OciException(
                    OciException.Code.MANIFEST_INVALID,
                    "blob " + blob.digest() + " has " + size + " bytes, not " + blob.size());
        }
    }

    /** Whether that may be now. */
    synchronized boolean delete(Digest digest) {
        if (holds > 0) {
            return false;
        }
        remove(place(digest));
        return true;
    }

    /** The blobs that nobody wanted since; what a killed process left half written is deleted on the way. */
    List<Digest> olderThan(Instant since) {
        var old = new ArrayList<Digest>();
        if (!Files.isDirectory(folder)) {
            return old;
        }
        try (var files = Files.list(folder)) {
            files.filter(file -> isOlder(file, since)).forEach(file -> {
                var digest = "sha256:" + file.getFileName();
                if (Digest.isValid(digest)) {
                    old.add(new Digest(digest));
                } else if (DurableFiles.isTemporary(file)) {
                    remove(file);
                }
            });
            return old;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Bytes that were freed: none if somebody has wanted it since. */
    synchronized long deleteOlderThan(Digest digest, Instant since) {
        var file = place(digest);
        if (holds > 0 || !isOlder(file, since)) {
            return 0;
        }
        var size = file.toFile().length();
        remove(file);
        return size;
    }

    private static boolean isOlder(Path file, Instant since) {
        try {
            return Files.getLastModifiedTime(file).toInstant().isBefore(since);
        } catch (NoSuchFileException e) {
            return false;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void remove(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
