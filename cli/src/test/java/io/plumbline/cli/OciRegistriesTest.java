package io.plumbline.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.contract.artifact.BuildCard;
import io.plumbline.contract.artifact.DsseEnvelope;
import io.plumbline.contract.artifact.MediaTypes;
import io.plumbline.contract.artifact.TrustedKey;
import io.plumbline.contract.artifact.TrustedKeys;
import io.plumbline.contract.id.Digest;
import io.plumbline.contract.id.ModelName;
import io.plumbline.contract.wire.Json;
import io.plumbline.support.DockerRegistry;
import io.plumbline.support.TokenGate;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPairGenerator;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Models in registries that are not Plumbline's and ask who one is. */
class OciRegistriesTest {

    private static final Path CLIMATE = Path.of(System.getProperty("plumbline.root"), "cli/src/main/resources/climate");

    @TempDir
    Path folder;

    private Path model;

    @BeforeEach
    void prepare() throws IOException {
        model = Files.createDirectory(folder.resolve("model"));
        Files.copy(CLIMATE.resolve("climate_event_fp32.onnx"), model.resolve("model.onnx"));
        Files.copy(CLIMATE.resolve("model.yaml"), model.resolve("model.yaml"));
    }

    @Test
    void aRegistryWithATokenServerTakesAModelAndGivesItBack() throws IOException {
        try (var server = new LocalServer(new MemoryRegistry());
                var gate = new TokenGate(server.url(), "ada", "lovelace")) {
            // Given
            var place = gate.url() + "/lab/climate";
            var unknown = push(place);
            login(gate.authority(), "ada", "wrong");
            var wrong = push(place);
            login(gate.authority(), "ada", "lovelace");

            // When
            var pushed = push(place);
            var out = folder.resolve("out");
            var pulled = run("model", "pull", "climate-event", "v1", "-o", out, "--oci", place, "--json");

            // Then
            assertThat(unknown.err()).contains("wants to know who asks: run docker login " + gate.authority());
            assertThat(wrong.err()).contains("answered ada with 401").doesNotContain("wrong");
            assertThat(pushed.err()).isEmpty();
            assertThat(pulled.err()).isEmpty();
            assertThat(pushed.out()).contains(pulled.json().path("manifest").asText());
            assertThat(out.resolve("model.onnx")).hasSameBinaryContentAs(model.resolve("model.onnx"));
            assertThat(gate.scopes()).containsOnly("repository:lab/climate:pull", "repository:lab/climate:pull,push");
            assertThat(run("model", "pull", "greenhouse", "v1", "-o", folder.resolve("x"), "--oci", place)
                            .err())
                    .contains("is of model 'climate-event' and not of 'greenhouse'");
        }
    }

    /** Which knows no referrers: their tag stands for them. */
    @Test
    void dockersRegistryKeepsASignedBuildWithItsSignature() throws Exception {
        var data = Files.createDirectory(folder.resolve("registry"));
        try (var registry = DockerRegistry.start(data)) {
            // Given
            var place = "http://" + registry.authority() + "/lab/climate";
            assertThat(push(place).err()).contains("wants to know who asks");
            login(registry.authority(), DockerRegistry.USER, DockerRegistry.PASSWORD);
            var trust = folder.resolve("trust.json");
            var build = signedBuild(trust);

            // When
            var version = push(place);
            var pushed = run("model", "push", build, "--oci", place, "--tag", "night");
            var again = run("model", "push", build, "--oci", place, "--tag", "night");
            var out = folder.resolve("out");
            var pulled = run("model", "pull", "m", "night", "-o", out, "--trust", trust, "--oci", place, "--json");

            // Then
            assertThat(version.err()).isEmpty();
            assertThat(pushed.err() + again.err()).isEmpty();
            assertThat(pulled.err()).isEmpty();
            assertThat(pulled.json().path("signer").asText()).isNotEmpty();
            assertThat(pulled.json().path("files")).hasSize(4);
            assertThat(out.resolve("manifest.json")).hasSameBinaryContentAs(build.resolve("manifest.json"));
        }
    }

    @Test
    void whereABlobIsElsewhereThePasswordIsNotShownThere() throws IOException {
        // Given
        var shown = new CopyOnWriteArrayList<String>();
        var registry = new MemoryRegistry();
        try (var store = new LocalServer(exchange -> {
                    shown.add(String.valueOf(exchange.getRequestHeaders().getFirst("Authorization")));
                    registry.handle(exchange);
                });
                var server = new LocalServer(exchange -> {
                    if (exchange.getRequestHeaders().getFirst("Authorization") == null) {
                        exchange.getResponseHeaders().add("WWW-Authenticate", "Basic realm=\"r\"");
                        exchange.sendResponseHeaders(401, -1);
                        exchange.close();
                    } else if (exchange.getRequestMethod().equals("GET")
                            && exchange.getRequestURI().getPath().contains("/blobs/")) {
                        exchange.getResponseHeaders().add("Location", store.url() + exchange.getRequestURI());
                        exchange.sendResponseHeaders(307, -1);
                        exchange.close();
                    } else {
                        registry.handle(exchange);
                    }
                })) {
            login(server.url().substring("http://".length()), "ada", "lovelace");
            var place = server.url() + "/lab/climate";
            push(place);

            // When
            var out = folder.resolve("out");
            var pulled = run("model", "pull", "climate-event", "v1", "-o", out, "--oci", place);

            // Then
            assertThat(pulled.err()).isEmpty();
            assertThat(out.resolve("model.yaml")).exists();
            assertThat(shown).isNotEmpty().containsOnly("null");
        }
    }

    @Test
    void aWrongAddressIsSaidInOneLine() {
        assertThat(push("ghcr.io/me/climate").err()).contains("must look like https://host/repository");
        assertThat(push("https://ghcr.io").err()).contains("must look like https://host/repository");
        assertThat(push("https://ghcr.io/me/climate:v1").err()).contains("without a tag");
        assertThat(push("https://ada:secret@ghcr.io/me").err())
                .contains("--oci must not hold a password")
                .doesNotContain("secret");
        assertThat(run("model", "push", model, "--oci", "https://ghcr.io/me", "--wait")
                        .err())
                .contains("--wait is for Plumbline's registry");
    }

    private Tool.Said run(Object... words) {
        return Tool.in(Map.of(), folder).call(words);
    }

    private Tool.Said push(String place) {
        return run("model", "push", model, "--tag", "v1", "--oci", place);
    }

    private void login(String authority, String user, String password) throws IOException {
        var auth = Base64.getEncoder().encodeToString((user + ":" + password).getBytes(StandardCharsets.UTF_8));
        var config = "{\"auths\":{\"" + authority + "\":{\"auth\":\"" + auth + "\"}}}";
        Files.writeString(Files.createDirectories(folder.resolve(".docker")).resolve("config.json"), config);
    }

    /** A folder as {@code model pull} writes it. */
    private Path signedBuild(Path trust) throws Exception {
        var build = Files.createDirectories(folder.resolve("build/signatures")).getParent();
        var source = Digest.of(new byte[] {1});
        var card = Json.encode(new BuildCard(
                new ModelName("m"),
                source,
                "dynamic",
                Optional.empty(),
                Optional.empty(),
                "quantizer",
                List.of(),
                7,
                Instant.EPOCH));
        var onnx = "weights".getBytes(StandardCharsets.UTF_8);
        var manifest = Json.encode(Json.mapper().readTree("""
                {"schemaVersion": 2, "mediaType": "%s", "artifactType": "%s",
                 "config": {"mediaType": "%s", "digest": "%s", "size": %d},
                 "layers": [{"mediaType": "%s", "digest": "%s", "size": %d, "annotations": {"%s": "model.int8.onnx"}}]}
                """.formatted(
                        MediaTypes.OCI_MANIFEST,
                        MediaTypes.BUILD,
                        MediaTypes.BUILD_CARD,
                        Digest.of(card),
                        card.length,
                        MediaTypes.ONNX,
                        Digest.of(onnx),
                        onnx.length,
                        MediaTypes.TITLE)));
        Files.write(build.resolve("manifest.json"), manifest);
        Files.write(build.resolve("config.json"), card);
        Files.write(build.resolve("model.int8.onnx"), onnx);
        var pair = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        var key = TrustedKey.of(pair.getPublic());
        var content = Digest.of(manifest).value().getBytes(StandardCharsets.UTF_8);
        var envelope = DsseEnvelope.sign(DsseEnvelope.MANIFEST_DIGEST, content, key.id(), pair.getPrivate());
        Files.write(build.resolve("signatures/001.json"), Json.encode(envelope));
        Files.write(trust, new TrustedKeys(List.of(key)).toJson());
        return build;
    }
}
