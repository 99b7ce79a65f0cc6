package io.plumbline.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.contract.artifact.MediaTypes;
import io.plumbline.contract.artifact.ModelSummary;
import io.plumbline.contract.artifact.ModelView;
import io.plumbline.contract.artifact.TrustedKey;
import io.plumbline.contract.id.Digest;
import io.plumbline.contract.wire.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code model list}, {@code show} and {@code pull}, with a signed build in a registry. */
class ModelPullTest {

    private static final String REPOSITORY = SignedBuild.REPOSITORY;

    @TempDir
    Path folder;

    private final MemoryRegistry registry = new MemoryRegistry();
    private final KeyPair key = SignedBuild.newKey();
    private LocalServer server;
    private SignedBuild signed;
    private Digest build;

    @BeforeEach
    void prepare() throws Exception {
        server = new LocalServer(registry);
        signed = new SignedBuild("model.int8.onnx").in(registry);
        signed.sign(registry, key);
        build = signed.digest();
        registry.contents.put("/api/v1/trust", SignedBuild.trust(key).toJson());
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void whatIsPulledIsPushedElsewhereWithItsDigestAndItsSignature() throws IOException {
        // When
        var target = folder.resolve("out");
        var trust = Files.write(folder.resolve("trust.json"), registry.contents.get("/api/v1/trust"));
        var pulled = pull(build, target, "--trust", trust);
        var other = new MemoryRegistry();
        Tool.Said pushed;
        try (var elsewhere = new LocalServer(other)) {
            pushed = Tool.run("model", "push", target, "--tag", "night", "--registry", elsewhere.url());
        }

        // Then
        assertThat(pulled.err()).isEmpty();
        assertThat(pulled.out().lines())
                .containsExactly(
                        "pulled " + build + " into " + target + ", signed by trusted key "
                                + TrustedKey.of(key.getPublic()).id(),
                        "  config.json",
                        "  model.int8.onnx",
                        "  model.yaml",
                        "  signatures/001.json",
                        "  manifest.json");
        assertThat(target.resolve("model.int8.onnx")).hasContent("weights");
        assertThat(pushed.err()).isEmpty();
        assertThat(pushed.out().lines()).containsExactly("pushed m night as " + build);
        registry.contents.forEach((path, content) -> {
            if (path.startsWith(REPOSITORY + "/")) {
                assertThat(other.contents).containsEntry(path, content);
            }
        });
    }

    @Test
    void whatIsThereIsNotOverwrittenUnlessTold() throws IOException {
        var target = Files.createDirectory(folder.resolve("out"));
        assertThat(pull(build, target).exit()).isZero();
        assertThat(pull(build, target).err()).contains("out is not empty: give another folder, or --force");
        Files.writeString(target.resolve("mine.txt"), "mine");
        Files.writeString(target.resolve("model.yaml"), "mine");
        assertThat(pull(build, target, "--force").exit()).isZero();
        assertThat(target.resolve("mine.txt")).hasContent("mine");
        assertThat(target.resolve("model.yaml")).hasContent("card");
    }

    @Test
    void contentThatIsNotWhatItsDigestPromisesLeavesNothingBehind() {
        // Given
        registry.contents.replaceAll((path, content) ->
                path.endsWith(Digest.of(SignedBuild.bytes("weights")).value())
                        ? SignedBuild.bytes("poison!")
                        : content);

        // When
        var said = pull(build, folder.resolve("out"));

        // Then
        assertThat(said.exit()).isEqualTo(1);
        assertThat(said.err()).contains("does not have the content its digest promises");
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void aSignatureThatCannotBeReadIsLeftOut() {
        // Given
        var json = "{\"artifactType\": \"" + MediaTypes.SIGNATURE + "\", \"subject\": {\"digest\": \"" + build + "\"}}";
        var bytes = SignedBuild.bytes(json);
        registry.contents.put(REPOSITORY + "/manifests/" + Digest.of(bytes), bytes);

        // When
        var said = pull(build, folder.resolve("out"));

        // Then
        assertThat(said.exit()).isZero();
        assertThat(said.err().strip())
                .isEqualTo("warning: 1 signatures of " + build + " cannot be read, and are left out");
        assertThat(folder.resolve("out/signatures")).isDirectoryContaining("glob:**001.json");
    }

    @Test
    void whatNoKeyOfTheTrustRootSignedIsNotWritten() throws Exception {
        var trust = Files.write(
                folder.resolve("trust.json"),
                SignedBuild.trust(SignedBuild.newKey()).toJson());
        assertThat(pull(build, folder.resolve("out"), "--trust", trust).err())
                .contains("nothing is written: none of the 1 signatures of " + build + " is by a key of " + trust);
        assertThat(folder.resolve("out")).doesNotExist();
    }

    @Test
    void whatTheTrustRootTakesBackIsNotWrittenAndNotVerified() throws Exception {
        // Given
        var trust = Files.write(folder.resolve("trust.json"), registry.contents.get("/api/v1/trust"));
        Tool.run("trust", "floor", trust, "m", "2026-01-02T03:04:06Z");

        // Then
        var old = "build " + build + " of model m was made at 2026-01-02T03:04:05Z, before 2026-01-02T03:04:06Z";
        assertThat(pull(build, folder.resolve("out"), "--trust", trust).err()).contains("nothing is written: " + old);
        assertThat(verify(trust).err()).contains(old);

        // When
        Tool.run("trust", "floor", trust, "m", "2026-01-02T03:04:05Z");
        assertThat(verify(trust).exit()).isZero();
        Tool.run("trust", "revoke", trust, build);

        // Then
        assertThat(pull(build, folder.resolve("out"), "--trust", trust).err())
                .contains("nothing is written: build " + build + " is revoked by the trust root");
        assertThat(folder.resolve("out")).doesNotExist();
        assertThat(verify(trust).err()).contains("build " + build + " is revoked by the trust root");
    }

    private Tool.Said verify(Path trust) {
        return Tool.run("model", "verify", "m", build, "--trust", trust, "--registry", server.url());
    }

    @Test
    void aLayerCannotNameAFileOutsideTheFolder() {
        for (var title : List.of(
                "../evil",
                "/etc/evil",
                "manifest.json",
                "Manifest.JSON",
                "Signatures",
                "NUL",
                "con.txt",
                "model.",
                ".ssh",
                "a/b",
                "x".repeat(200))) {
            var said = pull(new SignedBuild(title).in(registry).digest(), folder.resolve("out"));
            assertThat(said.err()).as(title).contains("which cannot be the name of a file here");
        }
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void aFolderThatIsPulledIntoAgainKeepsNoSignatureOfBefore() throws Exception {
        // Given
        var target = folder.resolve("out");
        signed.sign(registry, SignedBuild.newKey());
        pull(build, target);
        assertThat(target.resolve("signatures/002.json")).exists();
        var next = new SignedBuild("model.onnx").in(registry);
        next.sign(registry, key);
        var other = next.digest();

        // When
        var foreign = Files.readAllBytes(target.resolve("signatures/001.json"));
        var pulled = pull(other, target, "--force");

        // Then
        assertThat(pulled.err()).isEmpty();
        assertThat(target.resolve("signatures/002.json")).doesNotExist();

        // When
        var mine = Files.write(target.resolve("signatures/mine.json"), foreign);
        var elsewhere = new MemoryRegistry();
        try (var server = new LocalServer(elsewhere)) {
            var pushed = Tool.run("model", "push", target, "--registry", server.url());

            // Then
            assertThat(pushed.err().strip())
                    .isEqualTo("warning: " + mine + " does not sign " + other + ", and is left out");
            assertThat(elsewhere.asked)
                    .filteredOn(one -> one.startsWith("PUT " + REPOSITORY + "/manifests/"))
                    .hasSize(2);
        }
    }

    @Test
    void aPulledFolderThatWasChangedIsNotPushed() throws IOException {
        var target = folder.resolve("out");
        pull(build, target);
        Files.writeString(target.resolve("model.yaml"), "changed");
        assertThat(Tool.run("model", "push", target, "--registry", server.url()).err())
                .contains(
                        "model.yaml is not what " + target.resolve("manifest.json") + " names: put it back, or delete");
        assertThat(Tool.run("model", "push", target, "--card", "x", "--registry", server.url())
                        .err())
                .contains("is an artifact as it was pulled, which is pushed as it is: leave out --card");
    }

    @Test
    void modelsAreListedAndShownWithWhatWasRefused() {
        // Given
        registry.contents.put(
                "/api/v1/models",
                Json.encode(List.of(new ModelSummary(SignedBuild.MODEL, 1, 1, "FAILED", List.of("v1")))));
        var shown = new ModelView.Build(build, SignedBuild.card(), Optional.empty());
        var version = new ModelView.Version(
                build, build, "FAILED", "recipe fp16: no node", List.of(shown), List.of("v1", "latest"));
        var refusal = new ModelView.Refusal("v2", build, "the version has no model card layer", SignedBuild.MADE);
        registry.contents.put(
                "/api/v1/models/m", Json.encode(new ModelView(SignedBuild.MODEL, List.of(version), List.of(refusal))));

        // When
        var listed = Tool.run("model", "list", "--registry", server.url());
        var said = Tool.run("model", "show", "m", "--registry", server.url());

        // Then
        assertThat(listed.out().lines())
                .containsExactly("MODEL  VERSIONS  BUILDS  NEWEST  STATE", "m             1       1  v1      FAILED");
        assertThat(said.err()).isEmpty();
        assertThat(said.out().lines())
                .containsExactly(
                        "version " + build + " v1 latest: FAILED",
                        "  FP32 " + build,
                        "  failed: recipe fp16: no node",
                        "  build " + build + ": static-minmax, 9 B, made 2026-01-02 03:04:05 by quantizer",
                        "    calibrated on " + SignedBuild.card().version(),
                        "    signed by the registry's key "
                                + TrustedKey.of(key.getPublic()).id(),
                        "refused v2 at 2026-01-02 03:04:05: the version has no model card layer",
                        "  " + build);
        var json = Tool.run("model", "show", "m", "--json", "--registry", server.url())
                .json();
        assertThat(json.at("/view/versions/0/state").asText()).isEqualTo("FAILED");
        assertThat(json.at("/signatures").get(build.value())).hasSize(1);
    }

    @Test
    void aModelThatIsNotThereIsSaidInOneLine() {
        assertThat(Tool.run("model", "show", "m", "--registry", server.url()).err())
                .contains("answered GET /api/v1/models/m with 404");
        assertThat(pull("v9", folder.resolve("out")).err()).contains("/manifests/v9 with 404");
        assertThat(pull("no tag", folder.resolve("out")).exit()).isEqualTo(2);
    }

    private Tool.Said pull(Object build, Path target, Object... more) {
        var words = new java.util.ArrayList<Object>(
                List.of("model", "pull", "m", build, "-o", target, "--registry", server.url()));
        words.addAll(List.of(more));
        return Tool.run(words.toArray());
    }
}
