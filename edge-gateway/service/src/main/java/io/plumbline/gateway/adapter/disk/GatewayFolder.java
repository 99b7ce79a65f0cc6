package io.plumbline.gateway.adapter.disk;

import io.plumbline.gateway.config.IllegalConfigurationException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.Set;

/**
 * Where a gateway keeps everything, and the lock that keeps a second gateway out of it.
 *
 * <pre>
 *  data-dir/
 *    lock             held while the gateway runs
 *    identity.json    who it is, if it came by invitation; for its owner alone
 *    outbox/          {@link SegmentedLog}, and how much of it Kafka has
 *    snapshot         {@link SnapshotFile}
 *    windows          {@link WindowFile}
 *    slots.json       {@link SlotFile}
 *    models/          {@link ModelFolder}
 *    sources/         what was taken of the directories of cameras
 * </pre>
 */
public final class GatewayFolder implements AutoCloseable {

    private static final Set<StandardOpenOption> DRAFT =
            Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING);

    private final Path root;
    private final FileLock lock;

    private GatewayFolder(Path root, FileLock lock) {
        this.root = root;
        this.lock = lock;
    }

    /**
     * Creates the folder if need be, and locks it.
     *
     * @throws IllegalConfigurationException if it is no folder, or another gateway's: waiting would not help
     * @throws IOException if the disk does not take it now: it is full, read-only or broken
     */
    public static GatewayFolder open(Path root) throws IOException {
        try {
            Files.createDirectories(root);
        } catch (FileAlreadyExistsException e) {
            throw unusable(root, "must be a folder that this process can write (" + e + ")");
        }
        var file = FileChannel.open(root.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        try {
            return new GatewayFolder(root, lock(root, file));
        } catch (IOException | RuntimeException e) {
            file.close();
            throw e;
        }
    }

    private static FileLock lock(Path root, FileChannel file) throws IOException {
        try {
            var lock = file.tryLock();
            if (lock != null) {
                return lock;
            }
        } catch (OverlappingFileLockException e) {
            throw unusable(root, "is in use by another gateway of this process; give each gateway its own");
        }
        throw unusable(root, "is in use by another process; stop it, or give each gateway its own folder");
    }

    private static IllegalConfigurationException unusable(Path root, String rule) {
        return new IllegalConfigurationException("plumbline.gateway.data-dir", root.toString(), rule);
    }

    public Path outbox() {
        return root.resolve("outbox");
    }

    /** How much of the outbox Kafka has. */
    public Path drainMark() {
        return outbox().resolve("drained");
    }

    public Path snapshot() {
        return root.resolve("snapshot");
    }

    public Path windows() {
        return root.resolve("windows");
    }

    /** Who this gateway is, if it came by invitation. */
    public Path identity() {
        return identity(root);
    }

    /** The same of a folder that need not be there. */
    public static Path identity(Path root) {
        return root.resolve("identity.json");
    }

    public Path slots() {
        return root.resolve("slots.json");
    }

    /** Where it is remembered with which options a build runs. */
    public Path engines() {
        return root.resolve("engines.json");
    }

    /** Where it is remembered which files of cameras were taken. */
    public Path sources() {
        return root.resolve("sources");
    }

    public Path models() {
        return root.resolve("models");
    }

    @Override
    public void close() throws IOException {
        lock.acquiredBy().close();
    }

    /** Content of a file, or nothing if it is not there. */
    public static Optional<byte[]> read(Path file) throws IOException {
        return Files.exists(file) ? Optional.of(Files.readAllBytes(file)) : Optional.empty();
    }

    /** The same, for a file that nobody but its owner can read, at no moment. */
    public static void replaceSecret(Path file, byte[] content) throws IOException {
        Files.deleteIfExists(draft(file));
        var posix = Files.getFileStore(root(file)).supportsFileAttributeView("posix");
        FileAttribute<?>[] owner = posix
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
                }
                : new FileAttribute<?>[0];
        replace(file, content, owner);
    }

    /** Writes a file so that after a crash there is the old content or the new one, whole. */
    public static void replace(Path file, byte[] content) throws IOException {
        replace(file, content, new FileAttribute<?>[0]);
    }

    private static void replace(Path file, byte[] content, FileAttribute<?>[] attributes) throws IOException {
        var draft = draft(file);
        try (var out = FileChannel.open(draft, DRAFT, attributes)) {
            var bytes = java.nio.ByteBuffer.wrap(content);
            while (bytes.hasRemaining()) {
                out.write(bytes);
            }
            out.force(true);
        }
        Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        syncParent(file);
    }

    private static Path draft(Path file) {
        return file.resolveSibling(file.getFileName() + ".draft");
    }

    private static Path root(Path file) {
        return file.toAbsolutePath().resolveSibling(".").normalize();
    }

    static void syncParent(Path file) throws IOException {
        var parent = file.getParent();
        if (parent != null) {
            try (var folder = FileChannel.open(parent, StandardOpenOption.READ)) {
                folder.force(true);
            }
        }
    }
}
