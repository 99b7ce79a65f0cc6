package io.plumbline.registry.core.retention;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.plumbline.contract.artifact.BuildCard;
import io.plumbline.contract.artifact.MediaTypes;
import io.plumbline.contract.id.Digest;
import io.plumbline.contract.id.ModelName;
import io.plumbline.contract.wire.Json;
import io.plumbline.registry.core.oci.Manifest;
import io.plumbline.registry.core.oci.Repositories;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Versions and builds of one model, of which there is what says where they came from. */
final class StoredModels {

    static final ModelName MODEL = new ModelName("m");
    static final String REPOSITORY = "models/m";

    private final Repositories repositories;

    StoredModels(Repositories repositories) {
        this.repositories = repositories;
    }

    Manifest version(String card) {
        var json = manifest(MediaTypes.VERSION, MediaTypes.OCI_EMPTY, "{}");
        json.withArray("layers").add(blob(MediaTypes.ONNX, "onnx")).add(blob(MediaTypes.CARD, card));
        return put(json);
    }

    Manifest build(Optional<Digest> parent) {
        return build("static-minmax", parent, Instant.EPOCH);
    }

    Manifest build(String recipe, Optional<Digest> parent, Instant createdAt) {
        var onnx = Digest.of("onnx".getBytes(StandardCharsets.UTF_8));
        var card = new BuildCard(MODEL, onnx, recipe, Optional.empty(), parent, "tool", List.of(), 4, createdAt);
        return put(manifest(
                MediaTypes.BUILD, MediaTypes.BUILD_CARD, new String(Json.encode(card), StandardCharsets.UTF_8)));
    }

    Manifest signature(Manifest build) {
        var json = manifest(MediaTypes.SIGNATURE, MediaTypes.OCI_EMPTY, "{}");
        json.putObject("subject").put("digest", build.digest().value()).put("size", build.size());
        return put(json);
    }

    void tag(Manifest manifest, String tag) {
        var stored =
                repositories.manifest(REPOSITORY, manifest.digest().value()).orElseThrow();
        repositories.putManifest(REPOSITORY, tag, stored.content());
    }

    private ObjectNode manifest(String artifactType, String configType, String config) {
        var json = Json.mapper().createObjectNode().put("schemaVersion", 2).put("artifactType", artifactType);
        json.set("config", blob(configType, config));
        json.putArray("layers");
        return json;
    }

    private ObjectNode blob(String mediaType, String content) {
        var bytes = content.getBytes(StandardCharsets.UTF_8);
        repositories.putBlob(Digest.of(bytes), bytes);
        return Json.mapper()
                .createObjectNode()
                .put("mediaType", mediaType)
                .put("digest", Digest.of(bytes).value())
                .put("size", bytes.length);
    }

    private Manifest put(ObjectNode json) {
        var bytes = Json.encode(json);
        return repositories.putManifest(REPOSITORY, Digest.of(bytes).value(), bytes);
    }
}
