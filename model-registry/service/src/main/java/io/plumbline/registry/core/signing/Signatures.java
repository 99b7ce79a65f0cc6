package io.plumbline.registry.core.signing;

import io.plumbline.contract.artifact.DsseEnvelope;
import io.plumbline.contract.artifact.MediaTypes;
import io.plumbline.contract.artifact.SignatureManifest;
import io.plumbline.contract.id.Digest;
import io.plumbline.contract.wire.Json;
import io.plumbline.contract.wire.MalformedMessageException;
import io.plumbline.registry.core.oci.Manifest;
import io.plumbline.registry.core.oci.Repositories;
import java.util.List;
import java.util.Optional;

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

    /** Those of these manifests that are signatures of this one. */
    public static List<Manifest> of(List<Manifest> manifests, Digest subject) {
        return manifests.stream()
                .filter(manifest -> manifest.artifactType().equals(MediaTypes.SIGNATURE))
                .filter(manifest -> manifest.subject().filter(subject::equals).isPresent())
                .toList();
    }

    /** What these signatures say; what cannot be read is passed over. */
    public static List<DsseEnvelope> envelopes(Repositories repositories, List<Manifest> signatures) {
        return signatures.stream()
                .flatMap(manifest -> manifest.layers().stream()
                        .filter(layer -> layer.mediaType().equals(MediaTypes.SIGNATURE))
                        .limit(1))
                .filter(layer -> layer.size() <= DsseEnvelope.MOST_BYTES)
                .flatMap(layer -> repositories.blob(layer.digest()).stream())
                .flatMap(content -> envelope(content).stream())
                .toList();
    }

    /** Anybody may have pushed it, before such things were refused. */
    private static Optional<DsseEnvelope> envelope(byte[] content) {
        try {
            return Optional.of(Json.decode(content, DsseEnvelope.class));
        } catch (MalformedMessageException e) {
            return Optional.empty();
        }
    }
}
