package io.plumbline.client;

import io.plumbline.client.Artifact.Content;
import io.plumbline.contract.artifact.BuildCard;
import io.plumbline.contract.artifact.DsseEnvelope;
import io.plumbline.contract.artifact.MediaTypes;
import io.plumbline.contract.id.Digest;
import io.plumbline.contract.id.ModelName;
import io.plumbline.contract.login.Authorization;
import io.plumbline.contract.wire.Json;
import io.plumbline.inference.card.CardException;
import io.plumbline.inference.card.ModelCard;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Pushes and pulls whole artifacts of one repository; files of any size go through little memory. */
public final class ArtifactClient {

    private final String repository;
    private final OciContent content;
    private final SignatureClient signatures;

    /**
     * An FP32 model as its owner hands it over.
     *
     * @param layers in the order of the manifest
     * @param annotations of the manifest, by the conventions of OCI; the same ones give the same manifest
     */
    public record Version(ModelName model, List<Layer> layers, Map<String, String> annotations) {

        public Version {
            layers = List.copyOf(layers);
            annotations = Map.copyOf(annotations);
        }

        /** @param title the name of its file */
        public record Layer(String mediaType, String title, Content content) {}

        /** The manifest, whose blobs are not looked at. */
        byte[] manifest() {
            var manifest = Json.mapper().createObjectNode();
            manifest.put("schemaVersion", 2)
                    .put("mediaType", MediaTypes.OCI_MANIFEST)
                    .put("artifactType", MediaTypes.VERSION);
            manifest.set("config", OciContent.descriptor(MediaTypes.OCI_EMPTY, Content.of(MediaTypes.empty())));
            var list = manifest.putArray("layers");
            for (var layer : layers) {
                var descriptor = OciContent.descriptor(layer.mediaType(), layer.content());
                descriptor.putObject("annotations").put(MediaTypes.TITLE, layer.title());
                list.add(descriptor);
            }
            if (!annotations.isEmpty()) {
                var object = manifest.putObject("annotations");
                new TreeMap<>(annotations).forEach(object::put);
            }
            return Json.encode(manifest);
        }
    }

    public ArtifactClient(URI registry, String repository) {
        this(new Http("registry", registry), repository);
    }

    /** Of a registry that may ask who one is. */
    public ArtifactClient(URI registry, String repository, Authorization authorization) {
        this(Http.asked("registry", registry, authorization), repository);
    }

    public ArtifactClient(Http http, String repository) {
        this.repository = repository;
        this.content = new OciContent(http);
        this.signatures = new SignatureClient(http);
    }

    /** @param tag empty for none: then it is known by its digest alone */
    public Digest push(Version version, Optional<String> tag) throws ClientException {
        content.put(repository, MediaTypes.OCI_EMPTY, Content.of(MediaTypes.empty()));
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
        return Digest.isValid(reference)
                ? content.manifest(repository, new Digest(reference))
                : content.tagged(repository, reference);
    }

    /** Whether the manifest is there, with these signatures at least. */
    public boolean has(Digest manifest, List<DsseEnvelope> envelopes) throws ClientException {
        return content.findManifest(repository, manifest).isPresent()
                && signatures(manifest).envelopes().containsAll(envelopes);
    }

    /**
     * Of which model a version or a build is, by its own card.
     *
     * @throws ClientException if it is neither, or its card cannot be read
     */
    public ModelName model(Artifact artifact) throws ClientException {
        if (artifact.type().equals(MediaTypes.BUILD)) {
            return buildCard(artifact).model();
        }
        var card = artifact.layer(MediaTypes.CARD);
        if (artifact.type().equals(MediaTypes.VERSION) && card.isPresent()) {
            return model(content.blob(repository, card.get()));
        }
        throw new ClientException(artifact.digest() + " is neither a version nor a build of a model");
    }

    /** Where a build came from. */
    public BuildCard buildCard(Artifact build) throws ClientException {
        return content.blob(repository, build.config(), BuildCard.class);
    }

    private static ModelName model(byte[] card) throws ClientException {
        try {
            return ModelCard.parse(card).model();
        } catch (CardException e) {
            throw new ClientException(String.valueOf(e.getMessage()), e);
        }
    }

    /** Writes a blob to a file, which is gone again unless it has its digest. */
    public void blob(Artifact.Blob blob, Path file) throws ClientException {
        content.download(repository, blob, file);
    }

    /** What lies beside this manifest and says to be its signature; none of it is verified. */
    public SignatureClient.Found signatures(Digest manifest) throws ClientException {
        return signatures.of(repository, manifest);
    }
}
