package io.plumbline.registry.adapter.disk;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.plumbline.contract.id.Digest;
import io.plumbline.contract.wire.Json;
import io.plumbline.contract.wire.MalformedMessageException;
import io.plumbline.registry.core.oci.Manifest;
import io.plumbline.registry.core.oci.Names;
import io.plumbline.registry.core.oci.OciException;
import io.plumbline.registry.core.oci.Repositories;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/**
 * One OCI image layout for all repositories. {@code index.json} lists every manifest with its repository and, where it has
 * one, its tag in annotations; blobs are files named by their digest. Thread-safe within one process.
 *
 * @see <a href="https://github.com/opencontainers/image-spec/blob/v1.1.0/image-layout.md">OCI image layout 1.1</a>
 */
public final class ImageLayout implements Repositories {

    private static final String REPOSITORY = "io.plumbline.repository";
    private static final String TAG = "org.opencontainers.image.ref.name";

    private final Path root;
    private final List<Entry> entries = new ArrayList<>();
    private final Map<Digest, Stored> manifests = new LinkedHashMap<>();

    private record Entry(String repository, Digest digest, Optional<String> tag) {}

    private ImageLayout(Path root) {
        this.root = root;
    }

    /** Opens the layout, or makes an empty one. */
    public static ImageLayout open(Path root) throws IOException {
        var layout = new ImageLayout(root);
        if (Files.exists(root.resolve("index.json"))) {
            layout.read();
        } else {
            DurableFiles.write(
                    root.resolve("oci-layout"), "{\"imageLayoutVersion\":\"1.0.0\"}".getBytes(StandardCharsets.UTF_8));
            layout.writeIndex(List.of());
        }
        return layout;
    }

    private void read() throws IOException {
        var index = Json.decode(Files.readAllBytes(root.resolve("index.json")), JsonNode.class);
        for (var node : index.path("manifests")) {
            var annotations = node.path("annotations");
            var digest = new Digest(node.path("digest").asText());
            var tag = Optional.ofNullable(annotations.get(TAG)).map(JsonNode::asText);
            var content = Files.readAllBytes(place(digest));
            entries.add(new Entry(annotations.path(REPOSITORY).asText(), digest, tag));
            manifests.put(digest, new Stored(Manifest.parse(content), content));
        }
    }

    @Override
    public void putBlob(Digest digest, byte[] content) {
        requireSame(Digest.of(content), digest);
        if (!hasBlob(digest)) {
            write(place(digest), content);
        }
    }

    @Override
    public void putBlob(Digest digest, Path content) {
        try {
            try {
                requireSame(Digest.of(content), digest);
                if (!hasBlob(digest)) {
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

    @Override
    public Optional<byte[]> blob(Digest digest) {
        try {
            var file = file(digest);
            return file.isPresent() ? Optional.of(Files.readAllBytes(file.get())) : Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public boolean hasBlob(Digest digest) {
        return file(digest).isPresent();
    }

    @Override
    public Optional<Path> file(Digest digest) {
        return Optional.of(place(digest)).filter(Files::isRegularFile);
    }

    @Override
    public Manifest check(String repository, String reference, byte[] content) {
        Names.repository(repository);
        var manifest = parse(Names.reference(reference), content);
        for (var blob : manifest.blobs()) {
            if (!hasBlob(blob)) {
                throw new OciException(
                        OciException.Code.MANIFEST_BLOB_UNKNOWN, "blob " + blob + " is not in the registry");
            }
        }
        return manifest;
    }

    @Override
    public synchronized Manifest putManifest(String repository, String reference, byte[] content) {
        var manifest = check(repository, reference, content);
        putBlob(manifest.digest(), content);
        manifests.put(manifest.digest(), new Stored(manifest, content));
        var tag = Digest.isValid(reference) ? Optional.<String>empty() : Optional.of(reference);
        enter(new Entry(repository, manifest.digest(), tag));
        return manifest;
    }

    /** On disk first: what a failed write left in memory would count as stored, and be gone after the next start. */
    private void enter(Entry entry) {
        if (entries.contains(entry)) {
            return;
        }
        var next = new ArrayList<>(entries);
        entry.tag()
                .ifPresent(name -> next.removeIf(one ->
                        one.repository().equals(entry.repository()) && one.tag().equals(entry.tag())));
        next.add(entry);
        writeIndex(next);
        entries.clear();
        entries.addAll(next);
    }

    private static Manifest parse(String reference, byte[] content) {
        try {
            var manifest = Manifest.parse(content);
            if (Digest.isValid(reference) && !reference.equals(manifest.digest().value())) {
                throw new OciException(
                        OciException.Code.DIGEST_INVALID, "the manifest's digest is " + manifest.digest());
            }
            return manifest;
        } catch (MalformedMessageException e) {
            throw new OciException(OciException.Code.MANIFEST_INVALID, String.valueOf(e.getMessage()));
        }
    }

    @Override
    public synchronized Optional<Stored> manifest(String repository, String reference) {
        return entries.stream()
                .filter(entry -> entry.repository().equals(repository))
                .filter(entry -> entry.digest().value().equals(reference)
                        || entry.tag().filter(reference::equals).isPresent())
                .map(entry -> manifests.get(entry.digest()))
                .filter(java.util.Objects::nonNull)
                .findFirst();
    }

    @Override
    public synchronized List<Manifest> manifests(String repository) {
        return entries.stream()
                .filter(entry -> entry.repository().equals(repository))
                .map(Entry::digest)
                .distinct()
                .map(manifests::get)
                .filter(java.util.Objects::nonNull)
                .map(Stored::manifest)
                .toList();
    }

    @Override
    public synchronized List<String> tags(String repository) {
        return entries.stream()
                .filter(entry -> entry.repository().equals(repository))
                .flatMap(entry -> entry.tag().stream())
                .sorted()
                .toList();
    }

    @Override
    public synchronized List<String> repositories() {
        return List.copyOf(new TreeSet<>(entries.stream().map(Entry::repository).toList()));
    }

    private void writeIndex(List<Entry> all) {
        var index = Json.mapper().createObjectNode();
        index.put("schemaVersion", 2).put("mediaType", "application/vnd.oci.image.index.v1+json");
        var list = index.putArray("manifests");
        all.forEach(entry -> list.add(descriptor(entry)));
        write(root.resolve("index.json"), Json.encode(index));
    }

    private ObjectNode descriptor(Entry entry) {
        var stored = manifests.get(entry.digest());
        if (stored == null) {
            throw new IllegalStateException("an index entry without its manifest is a bug");
        }
        var node = Json.mapper().createObjectNode();
        node.put("mediaType", stored.manifest().mediaType())
                .put("digest", entry.digest().value())
                .put("size", stored.content().length);
        var annotations = node.putObject("annotations").put(REPOSITORY, entry.repository());
        entry.tag().ifPresent(tag -> annotations.put(TAG, tag));
        return node;
    }

    private Path place(Digest digest) {
        return root.resolve("blobs/sha256").resolve(digest.hex());
    }

    private static void write(Path file, byte[] content) {
        try {
            DurableFiles.write(file, content);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
