package io.plumbline.registry.core.oci;

import com.fasterxml.jackson.databind.JsonNode;
import io.plumbline.contract.artifact.MediaTypes;
import io.plumbline.contract.id.Digest;
import io.plumbline.contract.wire.Json;
import io.plumbline.contract.wire.MalformedMessageException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What the registry needs to know of a manifest: of an image, with a config and layers, or of an index, with further manifests.
 *
 * @param artifactType empty text when there is none
 * @param subject what it refers to
 * @param config empty for an index
 * @param manifests what an index lists
 */
public record Manifest(
        Digest digest,
        int size,
        String mediaType,
        String artifactType,
        Optional<Digest> subject,
        Optional<Descriptor> config,
        List<Descriptor> layers,
        List<Descriptor> manifests,
        Map<String, String> annotations) {

    private static final Set<String> IMAGES =
            Set.of(MediaTypes.OCI_MANIFEST, "application/vnd.docker.distribution.manifest.v2+json");
    private static final Set<String> INDEXES =
            Set.of(MediaTypes.OCI_INDEX, "application/vnd.docker.distribution.manifest.list.v2+json");

    public Manifest {
        layers = List.copyOf(layers);
        manifests = List.copyOf(manifests);
        annotations = Map.copyOf(annotations);
    }

    /**
     * @param size in bytes, as it was declared; -1 where it was not
     * @param title of the layer; empty text when there is none
     */
    public record Descriptor(String mediaType, Digest digest, long size, String title) {}

    /** @throws MalformedMessageException if the bytes are neither an OCI image manifest nor an image index */
    public static Manifest parse(byte[] bytes) {
        JsonBounds.check(bytes);
        var json = Json.decode(bytes, JsonNode.class);
        var isIndex = json.path("manifests").isArray();
        requireForm(json, isIndex);
        var config = isIndex ? Optional.<Descriptor>empty() : Optional.of(descriptor(json.path("config")));
        return new Manifest(
                Digest.of(bytes),
                bytes.length,
                json.path("mediaType").asText(isIndex ? MediaTypes.OCI_INDEX : MediaTypes.OCI_MANIFEST),
                json.path("artifactType")
                        .asText(config.map(Descriptor::mediaType).orElse("")),
                subject(json),
                config,
                descriptors(json.path("layers")),
                descriptors(json.path("manifests")),
                annotations(json));
    }

    /** One of both, and nothing that could be taken for the other. */
    private static void requireForm(JsonNode json, boolean isIndex) {
        var isSound = isIndex
                ? !json.has("config") && !json.has("layers")
                : json.path("config").isObject() && json.path("layers").isArray() && !json.has("manifests");
        if (json.path("schemaVersion").asInt() != 2 || !isSound) {
            throw new MalformedMessageException(
                    "an OCI manifest has schemaVersion 2, and a config and layers, or manifests");
        }
    }

    /**
     * Whether the media type is one of OCI or Docker that tells the truth. It becomes the content type of answers, so no other
     * is to be stored.
     */
    public boolean hasKnownType() {
        return (config.isPresent() ? IMAGES : INDEXES).contains(mediaType);
    }

    private static Optional<Digest> subject(JsonNode json) {
        var subject = json.path("subject");
        return subject.isObject() ? Optional.of(descriptor(subject).digest()) : Optional.empty();
    }

    private static Map<String, String> annotations(JsonNode json) {
        var annotations = new HashMap<String, String>();
        json.path("annotations")
                .properties()
                .forEach(entry ->
                        annotations.put(entry.getKey(), entry.getValue().asText()));
        return annotations;
    }

    private static List<Descriptor> descriptors(JsonNode nodes) {
        var all = new ArrayList<Descriptor>();
        nodes.forEach(node -> all.add(descriptor(node)));
        return all;
    }

    private static Descriptor descriptor(JsonNode node) {
        var digest = node.path("digest").asText();
        if (!Digest.isValid(digest)) {
            throw new MalformedMessageException("'" + digest + "' is no sha256 digest");
        }
        return new Descriptor(
                node.path("mediaType").asText(),
                new Digest(digest),
                node.path("size").asLong(-1),
                node.path("annotations").path(MediaTypes.TITLE).asText(""));
    }

    /** Every blob the manifest needs. */
    public List<Descriptor> blobs() {
        var all = new ArrayList<Descriptor>();
        config.ifPresent(all::add);
        all.addAll(layers);
        return all;
    }

    public Optional<Digest> layer(String mediaType) {
        return layers.stream()
                .filter(layer -> layer.mediaType().equals(mediaType))
                .map(Descriptor::digest)
                .findFirst();
    }

    public Optional<Digest> layer(String mediaType, String title) {
        return layers.stream()
                .filter(layer ->
                        layer.mediaType().equals(mediaType) && layer.title().equals(title))
                .map(Descriptor::digest)
                .findFirst();
    }
}
