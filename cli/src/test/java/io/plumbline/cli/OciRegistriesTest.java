package io.plumbline.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.contract.id.Digest;
import io.plumbline.support.DockerRegistry;
import io.plumbline.support.TokenGate;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
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
            var key = SignedBuild.newKey();
            var trust = Files.write(
                    folder.resolve("trust.json"), SignedBuild.trust(key).toJson());
            var build = new SignedBuild("model.int8.onnx").in(folder.resolve("build"), key);

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
            assertThat(pulled.json().path("files")).hasSize(5);
            assertThat(out.resolve("manifest.json")).hasSameBinaryContentAs(build.resolve("manifest.json"));
        }
    }

    @Test
    void aRegistryWithoutReferrersKeepsSignaturesUnderATagThatStandsForThem() throws IOException {
        // Given
        var registry = new MemoryRegistry();
        registry.knowsReferrers = false;
        var keys = List.of(SignedBuild.newKey(), SignedBuild.newKey());
        try (var server = new LocalServer(registry)) {
            var place = server.url() + "/lab/m";
            for (var key : keys) {
                var build = new SignedBuild("model.int8.onnx").in(folder.resolve("build"), key);

                // When
                assertThat(run("model", "push", build, "--tag", "night", "--oci", place)
                                .err())
                        .isEmpty();
            }

            // Then
            for (var key : keys) {
                var trust = Files.write(
                        folder.resolve("trust.json"), SignedBuild.trust(key).toJson());
                var out = folder.resolve(
                        Digest.of(SignedBuild.trust(key).toJson()).shortHex());
                var pulled = run("model", "pull", "m", "night", "-o", out, "--trust", trust, "--oci", place);
                assertThat(pulled.err()).isEmpty();
                assertThat(out.resolve("signatures/002.json")).exists();
            }
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
}
