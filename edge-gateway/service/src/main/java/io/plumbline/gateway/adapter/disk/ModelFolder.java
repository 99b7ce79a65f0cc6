package io.plumbline.gateway.adapter.disk;

import io.plumbline.contract.id.Digest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Manifests, blobs and signatures that were fetched, so that a start needs no registry. Content is named by its digest and
 * checked whenever it is read; damaged content is as good as none. Thread-safe.
 *
 * <pre>
 *  models/
 *    content/HEX       a manifest or blob
 *    signatures/HEX    the envelope that signs the manifest HEX
 * </pre>
 */
public final class ModelFolder {

    private final Path content;
    private final Path signatures;

    public ModelFolder(Path root) throws IOException {
        this.content = Files.createDirectories(root.resolve("content"));
        this.signatures = Files.createDirectories(root.resolve("signatures"));
    }

    /** Content with this digest, if it is there undamaged. */
    public Optional<byte[]> content(Digest digest) throws IOException {
        return GatewayFolder.read(content.resolve(digest.hex()))
                .filter(bytes -> Digest.of(bytes).equals(digest));
    }

    /** Keeps content under its digest. */
    public void keep(byte[] bytes) throws IOException {
        GatewayFolder.replace(content.resolve(Digest.of(bytes).hex()), bytes);
    }

    /** The envelope that was kept for this manifest. It is to be verified again. */
    public Optional<byte[]> signature(Digest manifest) throws IOException {
        return GatewayFolder.read(signatures.resolve(manifest.hex()));
    }

    public void keepSignature(Digest manifest, byte[] envelope) throws IOException {
        GatewayFolder.replace(signatures.resolve(manifest.hex()), envelope);
    }
}
