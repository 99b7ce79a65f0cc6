package io.plumbline.registry.core.oci;

import io.plumbline.contract.id.Digest;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Content by digest, and names for it. All repositories share their blobs. Thread-safe; what was put is durable when the call
 * returns, and what was deleted stays so.
 */
public interface Repositories {

    /** @throws OciException if the digest is not the content's */
    void putBlob(Digest digest, byte[] content);

    /**
     * Takes the file as the blob; it is gone from where it was, also when it is refused.
     *
     * @throws OciException if the digest is not the content's
     */
    void putBlob(Digest digest, Path content);

    Optional<byte[]> blob(Digest digest);

    /** Where the blob lies, to be read only: for those who do not need all of it in memory. */
    Optional<Path> file(Digest digest);

    /** Whether it is there; it is then kept for a while though no manifest names it yet. */
    boolean hasBlob(Digest digest);

    /** @throws OciException if it is not there, or a manifest needs it */
    void deleteBlob(Digest digest);

    /**
     * What {@link #putManifest} would store.
     *
     * @throws OciException as that does
     */
    Manifest check(String repository, String reference, byte[] content);

    /**
     * @param reference a tag or the manifest's own digest
     * @throws OciException if it is no manifest, or what it names is missing or of another size
     */
    Manifest putManifest(String repository, String reference, byte[] content);

    /**
     * @param reference a tag, of which only the name goes, or a digest, of which all tags and signatures go with it
     * @throws OciException if there is no such thing
     */
    void deleteManifest(String repository, String reference);

    /** @param reference a tag or a digest */
    Optional<Manifest> find(String repository, String reference);

    /**
     * The manifest with its exact bytes.
     *
     * @param reference a tag or a digest
     */
    Optional<Stored> manifest(String repository, String reference);

    /** Every manifest of a repository, oldest first. */
    List<Manifest> manifests(String repository);

    /** In {@link Holdings#TAG_ORDER}. */
    List<String> tags(String repository);

    /** In alphabetical order. */
    List<String> repositories();

    /** Exact bytes and what they mean. The bytes are not to be changed. */
    final class Stored {
        private final Manifest manifest;
        private final byte[] content;

        public Stored(Manifest manifest, byte[] content) {
            this.manifest = manifest;
            this.content = content;
        }

        public Manifest manifest() {
            return manifest;
        }

        public byte[] content() {
            return content;
        }
    }
}
