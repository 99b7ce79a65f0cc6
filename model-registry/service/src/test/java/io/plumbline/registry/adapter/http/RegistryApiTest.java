package io.plumbline.registry.adapter.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.fasterxml.jackson.databind.JsonNode;
import io.plumbline.contract.artifact.DsseEnvelope;
import io.plumbline.contract.artifact.MediaTypes;
import io.plumbline.contract.artifact.ModelSummary;
import io.plumbline.contract.artifact.ModelView;
import io.plumbline.contract.id.Digest;
import io.plumbline.contract.id.ModelName;
import io.plumbline.contract.wire.Json;
import io.plumbline.inference.Npy;
import io.plumbline.inference.Tensor;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyFactory;
import java.security.spec.X509EncodedKeySpec;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

@QuarkusTest
@TestProfile(WithoutKafka.class)
class RegistryApiTest {

    private static final Path CLIMATE = Path.of(System.getProperty("plumbline.root"), "cli/src/main/resources/climate");

    @TestHTTPResource("/")
    URI base;

    private final HttpClient http = HttpClient.newHttpClient();

    @Test
    void aPushedVersionIsBuiltAndSignedByRecipe() throws Exception {
        // Given
        var repository = "models/climate-event";
        var manifest = version(repository);

        // When
        assertThat(send(request("/v2/" + repository + "/manifests/v1").PUT(BodyPublishers.ofByteArray(manifest)))
                        .statusCode())
                .isEqualTo(201);

        // Then
        Awaitility.await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> {
            var version = view("climate-event").versions().get(0);
            assertThat(version.because()).isEmpty();
            assertThat(version.state()).isEqualTo("READY");
        });
        var builds = view("climate-event").versions().get(0).builds();
        assertThat(view("climate-event").versions().get(0).tags()).containsExactly("v1");
        assertThat(models()).contains(new ModelSummary(new ModelName("climate-event"), 1, 2, "READY", List.of("v1")));
        assertThat(builds)
                .extracting(build -> build.card().recipe())
                .containsExactlyInAnyOrder("dynamic", "static-minmax");
        for (var build : builds) {
            assertThat(build.card().sizeBytes()).isLessThan(40_000);
            assertSigned(repository, build.manifest());
        }
    }

    @Test
    void theApiKeepsToTheDistributionSpecification() throws Exception {
        var content = "hello".getBytes(StandardCharsets.UTF_8);
        var digest = Digest.of(content);
        assertThat(send(request("/v2/").GET()).statusCode()).isEqualTo(200);
        assertThat(send(request("/v2/a/b/blobs/" + digest).GET()).statusCode()).isEqualTo(404);

        var wrong = send(request("/v2/a/b/blobs/uploads/?digest=" + Digest.of(new byte[0]))
                .POST(BodyPublishers.ofByteArray(content)));
        assertThat(wrong.statusCode()).isEqualTo(400);
        assertThat(error(wrong)).isEqualTo("DIGEST_INVALID");

        var begun = send(request("/v2/a/b/blobs/uploads/").POST(BodyPublishers.noBody()));
        assertThat(begun.statusCode()).isEqualTo(202);
        var location = begun.headers().firstValue("Location").orElseThrow();
        var chunk = send(request(path(location))
                .method("PATCH", BodyPublishers.ofByteArray("hel".getBytes(StandardCharsets.UTF_8))));
        assertThat(chunk.headers().firstValue("Range")).contains("0-2");
        var end = send(request(path(location) + "?digest=" + digest)
                .PUT(BodyPublishers.ofByteArray("lo".getBytes(StandardCharsets.UTF_8))));
        assertThat(end.statusCode()).isEqualTo(201);
        assertThat(end.headers().firstValue("Docker-Content-Digest")).contains(digest.value());

        var part = send(
                request("/v2/a/b/blobs/" + digest).header("Range", "bytes=1-3").GET());
        assertThat(part.statusCode()).isEqualTo(206);
        assertThat(new String(part.body(), StandardCharsets.UTF_8)).isEqualTo("ell");
        assertThat(part.headers().firstValue("Content-Range")).contains("bytes 1-3/5");
        var head = send(request("/v2/a/b/blobs/" + digest).method("HEAD", BodyPublishers.noBody()));
        assertThat(head.headers().firstValue("Content-Length")).contains("5");
        assertThat(head.body()).isEmpty();
        assertThat(send(request("/v2/a/b/blobs/" + digest).GET()).body()).isEqualTo(content);
        var beyond = send(
                request("/v2/a/b/blobs/" + digest).header("Range", "bytes=5-").GET());
        assertThat(beyond.statusCode()).isEqualTo(416);
        assertThat(beyond.headers().firstValue("Content-Range")).contains("bytes */5");

        assertThat(error(send(request("/v2/a/b/manifests/v1").PUT(BodyPublishers.ofString("{}")))))
                .isEqualTo("MANIFEST_INVALID");
        assertThat(error(send(request("/v2/a/b/manifests/nothing").GET()))).isEqualTo("MANIFEST_UNKNOWN");
        assertThat(error(send(request("/v2/a/b/tags/list").GET()))).isEqualTo("NAME_UNKNOWN");
        assertThat(error(send(request("/v2/A/manifests/x").GET()))).isEqualTo("NAME_INVALID");
        assertThat(error(send(request("/v2/a/b/blobs/sha256:zz").GET()))).isEqualTo("DIGEST_INVALID");
    }

    @Test
    void whatCouldNotBeReadBackAsAVersionOrABuildIsRefused() throws Exception {
        // Given
        var repository = "models/greenhouse";
        var version = version(repository);
        var json = Json.mapper().createObjectNode().put("schemaVersion", 2).put("artifactType", MediaTypes.BUILD);
        json.set("config", push(repository, MediaTypes.BUILD_CARD, "{}".getBytes(StandardCharsets.UTF_8), ""));
        json.putArray("layers");

        for (var manifest : List.of(version, Json.encode(json))) {
            // When
            var answer = send(request("/v2/" + repository + "/manifests/v1").PUT(BodyPublishers.ofByteArray(manifest)));

            // Then
            assertThat(answer.statusCode()).isEqualTo(400);
            assertThat(error(answer)).isEqualTo("MANIFEST_INVALID");
        }
        assertThat(view("greenhouse").versions()).isEmpty();
        assertThat(view("greenhouse").refused())
                .extracting(ModelView.Refusal::reference, ModelView.Refusal::manifest)
                .containsExactly(tuple("v1", Digest.of(version)), tuple("v1", Digest.of(Json.encode(json))));
        assertThat(view("greenhouse").refused().get(0).because())
                .contains("the card is of model 'climate-event', which belongs into models/climate-event");
        assertThat(models()).extracting(ModelSummary::model).doesNotContain(new ModelName("greenhouse"));
        assertThat(send(request("/api/v1/models/nothing").GET()).statusCode()).isEqualTo(404);
    }

    @Test
    void aManifestOfMoreThanFourMegabytesIsRefused() throws Exception {
        var answer = send(request("/v2/a/b/manifests/v1").PUT(BodyPublishers.ofByteArray(new byte[(4 << 20) + 1])));
        assertThat(answer.statusCode()).isEqualTo(413);
        assertThat(error(answer)).isEqualTo("SIZE_INVALID");
    }

    private void assertSigned(String repository, Digest build) throws Exception {
        var query = "/v2/" + repository + "/referrers/" + build + "?artifactType=" + MediaTypes.SIGNATURE;
        var referrers =
                Json.decode(send(request(query.replace("+", "%2B")).GET()).body(), JsonNode.class);
        assertThat(Json.decode(send(request(query).GET()).body(), JsonNode.class))
                .as("also where a client left the '+' bare")
                .isEqualTo(referrers);
        assertThat(referrers.path("manifests")).hasSize(1);
        var signature = Json.decode(
                send(request("/v2/" + repository + "/manifests/"
                                        + referrers
                                                .path("manifests")
                                                .get(0)
                                                .path("digest")
                                                .asText())
                                .GET())
                        .body(),
                JsonNode.class);
        var layer = signature.path("layers").get(0).path("digest").asText();
        var envelope = Json.decode(
                send(request("/v2/" + repository + "/blobs/" + layer).GET()).body(), DsseEnvelope.class);
        var trust = Json.decode(send(request("/api/v1/trust").GET()).body(), String[].class);
        var key = KeyFactory.getInstance("Ed25519")
                .generatePublic(new X509EncodedKeySpec(Base64.getDecoder().decode(trust[0])));
        assertThat(envelope.isSignedBy(List.of(key))).isTrue();
        assertThat(new String(envelope.content(), StandardCharsets.UTF_8)).isEqualTo(build.value());
    }

    private byte[] version(String repository) throws IOException, InterruptedException {
        var windows = new float[64 * 32];
        for (int i = 0; i < windows.length; i++) {
            windows[i] = (i % 2 == 0 ? 45 : 27) + (i % 7) * 0.1f;
        }
        var samples = Npy.write(Tensor.of(new long[] {64, 16, 2}, windows));
        var json = Json.mapper().createObjectNode().put("schemaVersion", 2).put("artifactType", MediaTypes.VERSION);
        json.set("config", push(repository, MediaTypes.OCI_EMPTY, "{}".getBytes(StandardCharsets.UTF_8), ""));
        var layers = json.putArray("layers");
        layers.add(
                push(repository, MediaTypes.ONNX, Files.readAllBytes(CLIMATE.resolve("climate_event_fp32.onnx")), ""));
        layers.add(push(repository, MediaTypes.CARD, Files.readAllBytes(CLIMATE.resolve("model.yaml")), ""));
        layers.add(push(repository, MediaTypes.SAMPLES, samples, MediaTypes.CALIBRATION_TITLE));
        return Json.encode(json);
    }

    private JsonNode push(String repository, String mediaType, byte[] content, String title)
            throws IOException, InterruptedException {
        var digest = Digest.of(content);
        var stored = send(request("/v2/" + repository + "/blobs/uploads/?digest=" + digest)
                .POST(BodyPublishers.ofByteArray(content)));
        assertThat(stored.statusCode()).isEqualTo(201);
        var node = Json.mapper().createObjectNode();
        node.put("mediaType", mediaType).put("digest", digest.value()).put("size", content.length);
        if (!title.isEmpty()) {
            node.putObject("annotations").put(MediaTypes.TITLE, title);
        }
        return node;
    }

    private ModelView view(String model) throws IOException, InterruptedException {
        return Json.decode(send(request("/api/v1/models/" + model).GET()).body(), ModelView.class);
    }

    private List<ModelSummary> models() throws IOException, InterruptedException {
        return List.of(Json.decode(send(request("/api/v1/models").GET()).body(), ModelSummary[].class));
    }

    private static String error(HttpResponse<byte[]> response) {
        return Json.decode(response.body(), JsonNode.class)
                .path("errors")
                .path(0)
                .path("code")
                .asText();
    }

    private static String path(String location) {
        return URI.create(location).getPath();
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(base.resolve(path));
    }

    private HttpResponse<byte[]> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        return http.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
    }
}
