package io.plumbline.registry.core.signing;

import io.plumbline.contract.artifact.DsseEnvelope;
import io.plumbline.contract.artifact.MediaTypes;
import io.plumbline.contract.id.Digest;
import io.plumbline.contract.wire.Json;
import io.plumbline.registry.core.oci.Repositories;
import java.nio.charset.StandardCharsets;

/** How a signature lies beside what it signs: a manifest that refers to it, with the envelope as its layer. */
public final class Signatures {

    private static final byte[] EMPTY = "{}".getBytes(StandardCharsets.UTF_8);

    private Signatures() {}

    /**
     * @param subject digest of the manifest, which need not be there yet
     * @param size of the manifest in bytes
     */
    public static void put(
            Repositories repositories, String repository, Digest subject, int size, DsseEnvelope envelope) {
        var content = Json.encode(envelope);
        repositories.putBlob(Digest.of(EMPTY), EMPTY);
        repositories.putBlob(Digest.of(content), content);
        var manifest = Json.mapper().createObjectNode();
        manifest.put("schemaVersion", 2)
                .put("mediaType", MediaTypes.OCI_MANIFEST)
                .put("artifactType", MediaTypes.SIGNATURE);
        manifest.putObject("config")
                .put("mediaType", MediaTypes.OCI_EMPTY)
                .put("digest", Digest.of(EMPTY).value())
                .put("size", EMPTY.length);
        manifest.putArray("layers")
                .addObject()
                .put("mediaType", MediaTypes.SIGNATURE)
                .put("digest", Digest.of(content).value())
                .put("size", content.length);
        manifest.putObject("subject")
                .put("mediaType", MediaTypes.OCI_MANIFEST)
                .put("digest", subject.value())
                .put("size", size);
        var bytes = Json.encode(manifest);
        repositories.putManifest(repository, Digest.of(bytes).value(), bytes);
    }
}
