package io.plumbline.registry.core.signing;

import io.plumbline.contract.artifact.DsseEnvelope;
import io.plumbline.contract.artifact.MediaTypes;
import io.plumbline.contract.artifact.SignatureManifest;
import io.plumbline.contract.id.Digest;
import io.plumbline.contract.wire.Json;
import io.plumbline.registry.core.oci.Repositories;

/** How a signature lies beside what it signs: a manifest that refers to it, with the envelope as its layer. */
public final class Signatures {

    private Signatures() {}

    /**
     * @param subject digest of the manifest, which need not be there yet
     * @param size of the manifest in bytes
     */
    public static void put(
            Repositories repositories, String repository, Digest subject, int size, DsseEnvelope envelope) {
        var content = Json.encode(envelope);
        var empty = MediaTypes.empty();
        repositories.putBlob(Digest.of(empty), empty);
        repositories.putBlob(Digest.of(content), content);
        var manifest = SignatureManifest.of(subject, size, content);
        repositories.putManifest(repository, Digest.of(manifest).value(), manifest);
    }
}
