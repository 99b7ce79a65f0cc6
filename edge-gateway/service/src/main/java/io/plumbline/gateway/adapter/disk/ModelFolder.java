package io.plumbline.gateway.adapter.disk;

import io.plumbline.contract.id.Digest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Manifests, blobs and signatures that were fetched, bounded in bytes. Content is named by its digest and checked whenever
 * it is read; damaged content is thrown away. Thread-safe.
 *
 * <pre>
 *  models/
 *    content/HEX       a manifest or blob; its time is that of its last use
 *    partial/HEX       a blob that has not come whole yet
 *    signatures/HEX    the envelope that signs the manifest HEX
 * </pre>
 */
public final class ModelFolder {

    private final Path content;
    private final Path partial;
    private final Path signatures;
    private final long maxBytes;
    private final Set<Digest> open = ConcurrentHashMap.newKeySet();
    private final AtomicLong damaged = new AtomicLong();
    private final AtomicLong evicted = new AtomicLong();

    /** @param maxBytes what {@link #evict} brings the folder down to, as far as it may */
    public ModelFolder(Path root, long maxBytes) throws IOException {
        this.content = Files.createDirectories(root.resolve("content"));
        this.partial = Files.createDirectories(root.resolve("partial"));
        this.signatures = Files.createDirectories(root.resolve("signatures"));
        this.maxBytes = maxBytes;
    }

    /** Content with this digest, if it is there undamaged. */
    public Optional<byte[]> content(Digest digest) throws IOException {
        var file = content.resolve(digest.hex());
        var bytes = GatewayFolder.read(file);
        return bytes.isPresent() && isIntact(file, Digest.of(bytes.get()), digest) ? bytes : Optional.empty();
    }

    /** Whether content with this digest is there undamaged, whatever its size: little of it is in memory at a time. */
    public boolean holds(Digest digest) throws IOException {
        var file = content.resolve(digest.hex());
        return Files.isRegularFile(file) && isIntact(file, Digest.of(file), digest);
    }

    private boolean isIntact(Path file, Digest actual, Digest named) throws IOException {
        if (actual.equals(named)) {
            touch(file);
            return true;
        }
        damaged.incrementAndGet();
        Files.deleteIfExists(file);
        return false;
    }

    /** A folder that cannot be written can still be read. */
    private static void touch(Path file) {
        try {
            Files.setLastModifiedTime(file, FileTime.from(Instant.now()));
        } catch (IOException e) {
            // Then it only looks older than it is.
        }
    }

    /** Keeps content under its digest. */
    public void keep(byte[] bytes) throws IOException {
        GatewayFolder.replace(content.resolve(Digest.of(bytes).hex()), bytes);
    }

    /** What has come of a blob; one caller at a time for each. */
    public Partial partial(Digest digest) throws IOException {
        open.add(digest);
        return new Partial(this, digest, partial.resolve(digest.hex()));
    }

    void closed(Digest digest) {
        open.remove(digest);
    }

    /** The file is whole and durable; its name is not yet. */
    void adopt(Path file, Digest digest) throws IOException {
        Files.move(
                file,
                content.resolve(digest.hex()),
                StandardCopyOption.ATOMIC_MOVE,
                StandardCopyOption.REPLACE_EXISTING);
        GatewayFolder.syncParent(content.resolve(digest.hex()));
    }

    /** The envelope that was kept for this manifest. It is to be verified again. */
    public Optional<byte[]> signature(Digest manifest) throws IOException {
        return GatewayFolder.read(signatures.resolve(manifest.hex()));
    }

    public void keepSignature(Digest manifest, byte[] envelope) throws IOException {
        GatewayFolder.replace(signatures.resolve(manifest.hex()), envelope);
    }

    private record Entry(Path file, long bytes, FileTime used) {

        private static Entry of(Path file) throws IOException {
            return new Entry(file, Files.size(file), Files.getLastModifiedTime(file));
        }

        private boolean isOf(Set<String> names) {
            return names.contains(String.valueOf(file.getFileName()));
        }
    }

    private List<Entry> entries() throws IOException {
        var entries = new ArrayList<Entry>();
        for (var place : List.of(content, partial, signatures)) {
            try (var files = Files.newDirectoryStream(place)) {
                for (var file : files) {
                    entries.add(Entry.of(file));
                }
            }
        }
        return entries;
    }

    /** Whether there is more than there should be. */
    public boolean isOverfull() throws IOException {
        return bytes() > maxBytes;
    }

    /** Bytes on disk. */
    public long bytes() throws IOException {
        return entries().stream().mapToLong(Entry::bytes).sum();
    }

    /**
     * Removes what was not used for longest until the bound is kept.
     *
     * @param spared is never removed, however much it is; neither is what is just being fetched
     */
    public synchronized void evict(Set<Digest> spared) throws IOException {
        var names = new HashSet<String>();
        spared.forEach(digest -> names.add(digest.hex()));
        open.forEach(digest -> names.add(digest.hex()));
        var entries = entries();
        var bytes = entries.stream().mapToLong(Entry::bytes).sum();
        entries.sort(Comparator.comparing(Entry::used));
        for (var entry : entries) {
            if (bytes <= maxBytes) {
                return;
            }
            if (!entry.isOf(names) && Files.deleteIfExists(entry.file())) {
                bytes -= entry.bytes();
                evicted.incrementAndGet();
            }
        }
    }

    /** Files whose content did not have its digest any more. */
    public long damaged() {
        return damaged.get();
    }

    /** Files that made room. */
    public long evicted() {
        return evicted.get();
    }
}
