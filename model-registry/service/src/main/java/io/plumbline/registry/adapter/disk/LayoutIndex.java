package io.plumbline.registry.adapter.disk;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import io.plumbline.contract.artifact.MediaTypes;
import io.plumbline.contract.id.Digest;
import io.plumbline.contract.wire.Json;
import io.plumbline.registry.core.oci.Holdings;
import io.plumbline.registry.core.oci.Manifest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * {@code index.json}: every manifest with its repository in an annotation. The name by which other tools find it is
 * {@code repository:tag}, since all repositories share the layout; an older index has the bare tag.
 */
final class LayoutIndex {

    /** Of {@code oci-layout}. */
    static final byte[] VERSION = "{\"imageLayoutVersion\":\"1.0.0\"}".getBytes(StandardCharsets.UTF_8);

    private static final String REPOSITORY = "io.plumbline.repository";
    private static final String NAME = "org.opencontainers.image.ref.name";
    private static final JsonFactory FACTORY = new JsonFactory();

    private LayoutIndex() {}

    /** Where manifests come from; empty if it cannot be read. */
    interface Source {
        Optional<Manifest> read(Digest digest) throws IOException;
    }

    /** By repository; without the manifests that cannot be read. */
    static Map<String, Holdings> decode(byte[] json, Source source) throws IOException {
        var repositories = new TreeMap<String, Holdings.Builder>();
        for (var node : Json.decode(json, JsonNode.class).path("manifests")) {
            var annotations = node.path("annotations");
            var repository = annotations.path(REPOSITORY).asText();
            var name = Optional.ofNullable(annotations.get(NAME)).map(JsonNode::asText);
            var manifest = source.read(new Digest(node.path("digest").asText()));
            manifest.ifPresent(one -> repositories
                    .computeIfAbsent(repository, key -> new Holdings.Builder())
                    .add(one, name.map(said -> tag(repository, said))));
        }
        return repositories.entrySet().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey, entry -> entry.getValue().build(), (one, other) -> one, TreeMap::new));
    }

    private static String tag(String repository, String name) {
        var prefix = repository + ":";
        return name.startsWith(prefix) ? name.substring(prefix.length()) : name;
    }

    static byte[] encode(Map<String, Holdings> repositories) {
        var out = new ByteArrayOutputStream();
        try (var json = FACTORY.createGenerator(out)) {
            json.writeStartObject();
            json.writeNumberField("schemaVersion", 2);
            json.writeStringField("mediaType", MediaTypes.OCI_INDEX);
            json.writeArrayFieldStart("manifests");
            for (var entry : repositories.entrySet()) {
                write(json, entry.getKey(), entry.getValue());
            }
            json.writeEndArray();
            json.writeEndObject();
        } catch (IOException e) {
            throw new IllegalStateException("writing to memory cannot fail; that it did is a bug", e);
        }
        return out.toByteArray();
    }

    private static void write(JsonGenerator json, String repository, Holdings holdings) throws IOException {
        Map<Digest, List<String>> names = holdings.tags().entrySet().stream()
                .collect(Collectors.groupingBy(
                        Map.Entry::getValue, Collectors.mapping(Map.Entry::getKey, Collectors.toList())));
        for (var manifest : holdings.manifests()) {
            Collection<String> tags = names.getOrDefault(manifest.digest(), List.of());
            if (tags.isEmpty()) {
                write(json, repository, manifest, null);
            }
            for (var tag : tags) {
                write(json, repository, manifest, repository + ":" + tag);
            }
        }
    }

    private static void write(JsonGenerator json, String repository, Manifest manifest, @Nullable String name)
            throws IOException {
        json.writeStartObject();
        json.writeStringField("mediaType", manifest.mediaType());
        json.writeStringField("digest", manifest.digest().value());
        json.writeNumberField("size", manifest.size());
        json.writeObjectFieldStart("annotations");
        json.writeStringField(REPOSITORY, repository);
        if (name != null) {
            json.writeStringField(NAME, name);
        }
        json.writeEndObject();
        json.writeEndObject();
    }
}
