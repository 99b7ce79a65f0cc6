package io.plumbline.registry.core.retention;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.plumbline.contract.artifact.BuildCard;
import io.plumbline.contract.artifact.MediaTypes;
import io.plumbline.contract.id.Digest;
import io.plumbline.contract.id.ModelName;
import io.plumbline.contract.wire.Json;
import io.plumbline.registry.adapter.disk.ImageLayout;
import io.plumbline.registry.core.build.Catalog;
import io.plumbline.registry.core.oci.Manifest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LineageTest {

    private static final ModelName MODEL = new ModelName("m");
    private static final String REPOSITORY = "models/m";

    @TempDir
    Path folder;

    private final Set<Digest> running = new HashSet<>();
    private ImageLayout layout;
    private Lineage lineage;

    @BeforeEach
    void open() throws IOException {
        layout = ImageLayout.open(folder);
        lineage = new Lineage(
                new Catalog(layout),
                (model, build) -> running.contains(build) ? Optional.of("gateway g runs it") : Optional.empty());
    }

    @Test
    void aBuildThatRunsSomewhereStays() {
        // Given
        var build = build(Optional.empty());
        assertThat(objection(build)).isEmpty();

        // When
        running.add(build.digest());

        // Then
        assertThat(objection(build)).hasValue("manifest " + build.digest() + " stays: gateway g runs it");
    }

    @Test
    void whatAKeptBuildCameFromStaysUntilItGoes() {
        // Given
        var version = version("v1");
        var parent = build(Optional.empty());
        var child = build(Optional.of(parent.digest()));

        // Then
        assertThat(objection(version))
                .hasValueSatisfying(text -> assertThat(text).endsWith("was made of it; delete that first"));
        assertThat(objection(parent))
                .hasValueSatisfying(text ->
                        assertThat(text).contains("build " + child.digest() + " of m was recalibrated from it"));
        assertThat(objection(child)).isEmpty();

        // When
        layout.deleteManifest(REPOSITORY, child.digest().value());
        layout.deleteManifest(REPOSITORY, parent.digest().value());

        // Then
        assertThat(objection(version)).isEmpty();
    }

    @Test
    void oneOfTwoPushesOfTheSameModelFileMayGo() {
        var first = version("one card");
        build(Optional.empty());
        assertThat(objection(first)).isPresent();
        version("another card");
        assertThat(objection(first)).isEmpty();
    }

    @Test
    void aSignatureGoesWithItsBuildAndNotBefore() {
        // Given
        var build = build(Optional.empty());
        var json = manifest(MediaTypes.SIGNATURE, MediaTypes.OCI_EMPTY, "{}");
        json.putObject("subject").put("digest", build.digest().value()).put("size", build.size());
        var signature = put(json);

        // Then
        assertThat(objection(signature))
                .hasValueSatisfying(
                        text -> assertThat(text).endsWith("it signs " + build.digest() + ", with which it goes"));
        layout.deleteManifest(REPOSITORY, build.digest().value());
        assertThat(layout.find(REPOSITORY, signature.digest().value())).isEmpty();
    }

    private Optional<String> objection(Manifest manifest) {
        return lineage.objection(REPOSITORY, manifest);
    }

    private Manifest version(String card) {
        var json = manifest(MediaTypes.VERSION, MediaTypes.OCI_EMPTY, "{}");
        json.withArray("layers").add(blob(MediaTypes.ONNX, "onnx")).add(blob(MediaTypes.CARD, card));
        return put(json);
    }

    private Manifest build(Optional<Digest> parent) {
        var onnx = Digest.of("onnx".getBytes(StandardCharsets.UTF_8));
        var card = new BuildCard(
                MODEL, onnx, "static-minmax", Optional.empty(), parent, "tool", List.of(), 4, Instant.EPOCH);
        return put(manifest(
                MediaTypes.BUILD, MediaTypes.BUILD_CARD, new String(Json.encode(card), StandardCharsets.UTF_8)));
    }

    private ObjectNode manifest(String artifactType, String configType, String config) {
        var json = Json.mapper().createObjectNode().put("schemaVersion", 2).put("artifactType", artifactType);
        json.set("config", blob(configType, config));
        json.putArray("layers");
        return json;
    }

    private ObjectNode blob(String mediaType, String content) {
        var bytes = content.getBytes(StandardCharsets.UTF_8);
        layout.putBlob(Digest.of(bytes), bytes);
        return Json.mapper()
                .createObjectNode()
                .put("mediaType", mediaType)
                .put("digest", Digest.of(bytes).value())
                .put("size", bytes.length);
    }

    private Manifest put(ObjectNode json) {
        var bytes = Json.encode(json);
        return layout.putManifest(REPOSITORY, Digest.of(bytes).value(), bytes);
    }
}
