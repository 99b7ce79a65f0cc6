package io.plumbline.cli.client;

import io.plumbline.contract.artifact.DsseEnvelope;
import io.plumbline.contract.artifact.MediaTypes;
import io.plumbline.contract.id.Digest;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Pushes and pulls whole artifacts of one repository; files of any size go through little memory. */
public final class ArtifactClient {

    private final String repository;
    private final OciContent content;
    private final SignatureClient signatures;

    public ArtifactClient(URI registry, String repository) {
        this(new Http("registry", registry), repository);
    }

    ArtifactClient(Http http, String repository) {
        this.repository = repository;
        this.content = new OciContent(http);
        this.signatures = new SignatureClient(http);
    }

    /** @param tag empty for none: then it is known by its digest alone */
    public Digest push(Version version, Optional<String> tag) throws ClientException {
        content.put(repository, MediaTypes.OCI_EMPTY, Content.of(OciContent.EMPTY));
        for (var layer : version.layers()) {
            content.put(repository, layer.mediaType(), layer.content());
        }
        return put(version.manifest(), tag);
    }

    /**
     * Pushes an artifact as it was elsewhere: it keeps its digest, and with it what was signed.
     *
     * @param blobs everything that the manifest names
     * @param envelopes signatures of the manifest
     */
    public Digest push(
            Artifact artifact, Map<Digest, Content> blobs, List<DsseEnvelope> envelopes, Optional<String> tag)
            throws ClientException {
        for (var blob : artifact.blobs()) {
            var bytes = blobs.get(blob.digest());
            if (bytes == null) {
                throw new ClientException("blob " + blob.digest() + " of the manifest is missing");
            }
            content.put(repository, blob.mediaType(), bytes);
        }
        // the signatures first: a build without one would be seen, and no gateway would run it
        for (var envelope : envelopes) {
            signatures.add(repository, artifact, envelope);
        }
        return put(artifact.toBytes(), tag);
    }

    private Digest put(byte[] manifest, Optional<String> tag) throws ClientException {
        var digest = Digest.of(manifest);
        content.putManifest(repository, tag.orElse(digest.value()), manifest);
        return digest;
    }

    /** @param reference a tag or a digest */
    public Artifact get(String reference) throws ClientException {
        return Artifact.of(
                Digest.isValid(reference)
                        ? content.bytes(repository, new Digest(reference))
                        : content.tagged(repository, reference));
    }

    /** Writes a blob to a file, which is gone again unless it has its digest. */
    public void blob(Artifact.Blob blob, Path file) throws ClientException {
        content.download(repository, blob, file);
    }

    /** Every envelope that says to be a signature of this manifest; none of them is verified. */
    public List<DsseEnvelope> signatures(Digest manifest) throws ClientException {
        return signatures.of(repository, manifest);
    }
}
