package io.plumbline.registry.adapter.disk;

import io.plumbline.contract.artifact.MediaTypes;
import io.plumbline.contract.id.Digest;
import io.plumbline.contract.wire.MalformedMessageException;
import io.plumbline.registry.core.oci.Holdings;
import io.plumbline.registry.core.oci.Manifest;
import io.plumbline.registry.core.oci.Names;
import io.plumbline.registry.core.oci.OciException;
import io.plumbline.registry.core.oci.Repositories;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeMap;
import org.jboss.logging.Logger;

/**
 * One OCI image layout for all repositories: {@code index.json} and the blobs. What the index says is also in memory, the bytes of
 * manifests are not. Thread-safe within one process.
 *
 * @see <a href="https://github.com/opencontainers/image-spec/blob/v1.1.0/image-layout.md">OCI image layout 1.1</a>
 */
public final class ImageLayout implements Repositories {

    private static final Logger LOG = Logger.getLogger(ImageLayout.class);

    private final Path root;
    private final BlobFiles blobs;

    /** Replaced as a whole, after the index on disk was. */
    private volatile Map<String, Holdings> repositories = Map.of();

    private ImageLayout(Path root) {
        this.root = root;
        this.blobs = new BlobFiles(root.resolve("blobs/sha256"));
    }

    /**
     * Opens the layout, or makes an empty one.
     *
     * @throws IOException also if there are blobs and no index
     */
    public static ImageLayout open(Path root) throws IOException {
        var layout = new ImageLayout(root);
        var index = root.resolve("index.json");
        if (Files.exists(index)) {
            layout.read(Files.readAllBytes(index));
        } else if (layout.blobs.isNotEmpty()) {
            throw new IOException(
                    "blobs are there, and the index.json that names them is gone: as nothing names them, they would be deleted");
        } else {
            DurableFiles.write(root.resolve("oci-layout"), LayoutIndex.VERSION);
            DurableFiles.write(index, LayoutIndex.encode(Map.of()));
        }
        return layout;
    }

    private void read(byte[] index) throws IOException {
        var known = new HashMap<Digest, Optional<Manifest>>();
        repositories = LayoutIndex.decode(
                index,
                digest -> known.computeIfAbsent(digest, one -> blobs.read(one).flatMap(ImageLayout::parsed)));
        var lost = known.entrySet().stream()
                .filter(one -> one.getValue().isEmpty())
                .map(Map.Entry::getKey)
                .toList();
        if (!lost.isEmpty()) {
            keepAll(index, lost);
        }
    }

    private static Optional<Manifest> parsed(byte[] content) {
        try {
            return Optional.of(Manifest.parse(content));
        } catch (MalformedMessageException e) {
            return Optional.empty();
        }
    }

    /** What a lost manifest named must not be taken for unreferenced, and its names are not forgotten. */
    private void keepAll(byte[] index, List<Digest> lost) throws IOException {
        var copy = root.resolve("index.json.before-loss");
        if (Files.notExists(copy)) {
            DurableFiles.write(copy, index);
        }
        var unused = blobs.hold();
        LOG.errorf(
                "manifests-lost the registry goes on without them and deletes no blob before its next start; push them"
                        + " again, their names are in the file manifest=%s file=%s",
                lost, copy);
    }

    @Override
    public void putBlob(Digest digest, byte[] content) {
        blobs.put(digest, content);
    }

    @Override
    public void putBlob(Digest digest, Path content) {
        blobs.put(digest, content);
    }

    @Override
    public Optional<byte[]> blob(Digest digest) {
        return blobs.read(digest);
    }

    @Override
    public boolean hasBlob(Digest digest) {
        return blobs.claim(digest);
    }

    @Override
    public Optional<Path> file(Digest digest) {
        return blobs.find(digest);
    }

    @Override
    public synchronized void deleteBlob(Digest digest) {
        if (blobs.find(digest).isEmpty()) {
            throw new OciException(OciException.Code.BLOB_UNKNOWN, "blob " + digest + " is not in the registry");
        }
        References.firstUser(repositories, digest).ifPresent(user -> {
            throw new OciException(
                    OciException.Code.DENIED,
                    "blob " + digest + " belongs to " + user + "; delete what needs it first");
        });
        if (!blobs.delete(digest)) {
            throw new OciException(
                    OciException.Code.DENIED,
                    "a backup is being read, which may need blob " + digest + "; try again after it");
        }
    }

    @Override
    public Manifest check(String repository, String reference, byte[] content) {
        Names.repository(repository);
        var manifest = parse(Names.reference(reference), content);
        for (var blob : manifest.blobs()) {
            if (!hasBlob(blob.digest())) {
                throw new OciException(
                        OciException.Code.MANIFEST_BLOB_UNKNOWN, "blob " + blob.digest() + " is not in the registry");
            }
            blobs.requireSize(blob);
        }
        for (var child : manifest.manifests()) {
            if (find(repository, child.digest().value()).isEmpty()) {
                throw new OciException(
                        OciException.Code.MANIFEST_BLOB_UNKNOWN,
                        "manifest " + child.digest() + " is not in '" + repository + "'");
            }
        }
        return manifest;
    }

    private static Manifest parse(String reference, byte[] content) {
        try {
            var manifest = Manifest.parse(content);
            if (Digest.isValid(reference) && !reference.equals(manifest.digest().value())) {
                throw new OciException(
                        OciException.Code.DIGEST_INVALID, "the manifest's digest is " + manifest.digest());
            }
            if (!manifest.hasKnownType()) {
                throw new OciException(
                        OciException.Code.MANIFEST_INVALID,
                        "media type '" + manifest.mediaType()
                                + "' is neither OCI's nor Docker's for an image manifest or index of this form");
            }
            return manifest;
        } catch (MalformedMessageException e) {
            throw new OciException(OciException.Code.MANIFEST_INVALID, String.valueOf(e.getMessage()));
        }
    }

    @Override
    public synchronized Manifest putManifest(String repository, String reference, byte[] content) {
        var manifest = check(repository, reference, content);
        var tag = Digest.isValid(reference) ? Optional.<String>empty() : Optional.of(reference);
        var holdings = holdings(repository);
        putBlob(manifest.digest(), content);
        if (!holdings.has(manifest, tag)) {
            replace(repository, holdings.with(manifest, tag));
        }
        return manifest;
    }

    @Override
    public synchronized void deleteManifest(String repository, String reference) {
        var holdings = holdings(repository);
        var manifest = holdings.find(Names.reference(reference))
                .orElseThrow(() -> OciException.manifestUnknown(repository, reference));
        if (!Digest.isValid(reference)) {
            replace(repository, holdings.withoutTag(reference));
            return;
        }
        var gone = new ArrayList<Digest>(List.of(manifest.digest()));
        holdings.manifests().stream()
                .filter(one -> one.artifactType().equals(MediaTypes.SIGNATURE))
                .filter(one -> one.subject().filter(manifest.digest()::equals).isPresent())
                .forEach(signature -> gone.add(signature.digest()));
        replace(repository, holdings.without(gone));
    }

    /** On disk first: what a failed write left in memory would count as stored, and be gone after the next start. */
    private void replace(String repository, Holdings holdings) {
        var next = new TreeMap<>(repositories);
        next.put(repository, holdings);
        if (holdings.isEmpty()) {
            next.remove(repository);
        }
        try {
            DurableFiles.write(root.resolve("index.json"), LayoutIndex.encode(next));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        repositories = next;
    }

    private Holdings holdings(String repository) {
        return repositories.getOrDefault(repository, Holdings.NONE);
    }

    @Override
    public Optional<Manifest> find(String repository, String reference) {
        return holdings(repository).find(reference);
    }

    @Override
    public Optional<Stored> manifest(String repository, String reference) {
        return find(repository, reference)
                .flatMap(manifest -> blobs.read(manifest.digest()).map(content -> new Stored(manifest, content)));
    }

    @Override
    public List<Manifest> manifests(String repository) {
        return holdings(repository).manifests();
    }

    @Override
    public List<String> tags(String repository) {
        return List.copyOf(holdings(repository).tags().keySet());
    }

    @Override
    public List<String> repositories() {
        return List.copyOf(repositories.keySet());
    }

    /** What there is at this moment, for {@link LayoutArchive}; its blobs stay until it is closed. */
    synchronized Snapshot snapshot() {
        var held = blobs.hold();
        return new Snapshot(LayoutIndex.encode(repositories), References.digests(repositories), blobs, held);
    }

    /** The index and the blobs of one moment. */
    static final class Snapshot implements AutoCloseable {

        private final byte[] index;
        private final SortedSet<Digest> digests;
        private final BlobFiles files;
        private final BlobFiles.Hold held;

        private Snapshot(byte[] index, SortedSet<Digest> digests, BlobFiles files, BlobFiles.Hold held) {
            this.index = index;
            this.digests = digests;
            this.files = files;
            this.held = held;
        }

        byte[] index() {
            return index;
        }

        SortedSet<Digest> digests() {
            return digests;
        }

        Path file(Digest digest) {
            return files.place(digest);
        }

        @Override
        public void close() {
            held.close();
        }
    }

    /** Blobs that no manifest names and that nobody asked for since then. */
    synchronized List<Digest> unreferenced(Instant since) {
        var needed = References.digests(repositories);
        return blobs.olderThan(since).stream()
                .filter(digest -> !needed.contains(digest))
                .toList();
    }

    /** Deletes those of them that are still unreferenced, and answers how many bytes that freed. */
    synchronized long deleteUnreferenced(List<Digest> digests, Instant since) {
        var needed = References.digests(repositories);
        return digests.stream()
                .filter(digest -> !needed.contains(digest))
                .mapToLong(digest -> blobs.deleteOlderThan(digest, since))
                .sum();
    }
}
