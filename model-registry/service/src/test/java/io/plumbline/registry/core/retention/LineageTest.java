package io.plumbline.registry.core.retention;

import static io.plumbline.registry.core.retention.StoredModels.REPOSITORY;
import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.contract.id.Digest;
import io.plumbline.registry.adapter.disk.ImageLayout;
import io.plumbline.registry.core.build.Catalog;
import io.plumbline.registry.core.oci.Manifest;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LineageTest {

    @TempDir
    Path folder;

    private final Set<Digest> running = new HashSet<>();
    private ImageLayout layout;
    private StoredModels models;
    private Lineage lineage;

    @BeforeEach
    void open() throws IOException {
        layout = ImageLayout.open(folder);
        models = new StoredModels(layout);
        lineage = new Lineage(
                new Catalog(layout),
                (model, build) -> running.contains(build) ? Optional.of("gateway g runs it") : Optional.empty());
    }

    @Test
    void aBuildThatRunsSomewhereStays() {
        // Given
        var build = models.build(Optional.empty());
        assertThat(objection(build)).isEmpty();

        // When
        running.add(build.digest());

        // Then
        assertThat(objection(build)).hasValue("manifest " + build.digest() + " stays: gateway g runs it");
    }

    @Test
    void whatAKeptBuildCameFromStaysUntilItGoes() {
        // Given
        var version = models.version("v1");
        var parent = models.build(Optional.empty());
        var child = models.build(Optional.of(parent.digest()));

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
        var first = models.version("one card");
        models.build(Optional.empty());
        assertThat(objection(first)).isPresent();
        models.version("another card");
        assertThat(objection(first)).isEmpty();
    }

    @Test
    void aSignatureGoesWithItsBuildAndNotBefore() {
        // Given
        var build = models.build(Optional.empty());
        var signature = models.signature(build);

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
}
