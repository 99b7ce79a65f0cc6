package io.plumbline.registry.core.oci;

import com.fasterxml.jackson.databind.JsonNode;
import io.plumbline.contract.id.Digest;
import io.plumbline.contract.wire.Json;
import io.plumbline.contract.wire.MalformedMessageException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What the registry needs to know of a manifest.
 *
 * @param artifactType empty text when there is none
 * @param subject what it refers to
 */
public record Manifest(
        Digest digest,
        int size,
        String mediaType,
        String artifactType,
        Optional<Digest> subject,
        Descriptor config,
        List<Descriptor> layers,
        Map<String, String> annotations) {

    public Manifest {
        layers = List.copyOf(layers);
        annotations = Map.copyOf(annotations);
    }

    /** @param title of the layer; empty text when there is none */
    public record Descriptor(String mediaType, Digest digest, long size, String title) {}

    /** @throws MalformedMessageException if the bytes are no OCI image manifest */
    public static Manifest parse(byte[] bytes) {
        var json = Json.decode(bytes, JsonNode.class);
        if (json.path("schemaVersion").asInt() != 2
                || !json.path("config").isObject()
                || !json.path("layers").isArray()) {
            throw new MalformedMessageException("an OCI image manifest has schemaVersion 2, a config and layers");
        }
        var layers = new ArrayList<Descriptor>();
        json.path("layers").forEach(layer -> layers.add(descriptor(layer)));
        var annotations = new HashMap<String, String>();
        json.path("annotations")
                .properties()
                .forEach(entry ->
                        annotations.put(entry.getKey(), entry.getValue().asText()));
        var subject = json.path("subject");
        return new Manifest(
                Digest.of(bytes),
                bytes.length,
                json.path("mediaType").asText("application/vnd.oci.image.manifest.v1+json"),
                json.path("artifactType")
                        .asText(json.path("config").path("mediaType").asText()),
                subject.isObject() ? Optional.of(descriptor(subject).digest()) : Optional.empty(),
                descriptor(json.path("config")),
                layers,
                annotations);
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
                node.path("annotations").path("org.opencontainers.image.title").asText(""));
    }

    /** Every blob the manifest needs. */
    public List<Digest> blobs() {
        var all = new ArrayList<Digest>();
        all.add(config.digest());
        layers.forEach(layer -> all.add(layer.digest()));
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
