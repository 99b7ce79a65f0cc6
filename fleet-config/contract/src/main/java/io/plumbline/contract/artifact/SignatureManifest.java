package io.plumbline.contract.artifact;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.plumbline.contract.id.Digest;
import io.plumbline.contract.wire.Json;

/**
 * The manifest by which a signature lies beside what it signs: it refers to it, and has the envelope as its only layer.
 *
 * @see <a href="https://github.com/opencontainers/image-spec/blob/v1.1.0/manifest.md">OCI image manifest 1.1</a>
 */
public final class SignatureManifest {

    private SignatureManifest() {}

    /**
     * The manifest's bytes; what they name, {@link MediaTypes#empty} and the envelope, has to be in the registry first.
     *
     * @param subject digest of the manifest that is signed, which need not be there yet
     * @param size of that manifest in bytes
     * @param envelope a {@link DsseEnvelope} as JSON
     */
    public static byte[] of(Digest subject, long size, byte[] envelope) {
        var empty = MediaTypes.empty();
        var manifest = Json.mapper().createObjectNode();
        manifest.put("schemaVersion", 2)
                .put("mediaType", MediaTypes.OCI_MANIFEST)
                .put("artifactType", MediaTypes.SIGNATURE);
        manifest.set("config", descriptor(MediaTypes.OCI_EMPTY, Digest.of(empty), empty.length));
        manifest.putArray("layers").add(descriptor(MediaTypes.SIGNATURE, Digest.of(envelope), envelope.length));
        manifest.set("subject", descriptor(MediaTypes.OCI_MANIFEST, subject, size));
        return Json.encode(manifest);
    }

    private static ObjectNode descriptor(String mediaType, Digest digest, long size) {
        return Json.mapper()
                .createObjectNode()
                .put("mediaType", mediaType)
                .put("digest", digest.value())
                .put("size", size);
    }
}
