package io.plumbline.registry.adapter.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.plumbline.contract.artifact.MediaTypes;
import io.plumbline.contract.artifact.ModelView;
import io.plumbline.contract.artifact.RecalibrationView;
import io.plumbline.contract.artifact.Sighting;
import io.plumbline.contract.id.Digest;
import io.plumbline.contract.id.GatewayId;
import io.plumbline.contract.id.ModelName;
import io.plumbline.contract.id.SiteId;
import io.plumbline.contract.id.StreamId;
import io.plumbline.contract.message.Cohort;
import io.plumbline.contract.message.Evidence;
import io.plumbline.contract.message.Fidelity;
import io.plumbline.contract.message.GatewayCounters;
import io.plumbline.contract.message.GatewayEvent;
import io.plumbline.contract.message.LatencyHistogram;
import io.plumbline.contract.message.ModelHealth;
import io.plumbline.contract.message.RolloutEvent;
import io.plumbline.contract.message.RolloutStage;
import io.plumbline.contract.message.Verdict;
import io.plumbline.contract.wire.Json;
import io.plumbline.inference.Npy;
import io.plumbline.inference.Tensor;
import io.plumbline.registry.core.build.Version;
import io.plumbline.registry.core.build.VersionJobs;
import io.plumbline.registry.core.job.Fixtures;
import io.plumbline.registry.core.job.Recalibrations;
import io.plumbline.registry.core.oci.Repositories;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.smallrye.reactive.messaging.memory.InMemoryConnector;
import jakarta.enterprise.inject.Any;
import jakarta.inject.Inject;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

@QuarkusTest
@TestProfile(WithoutKafka.class)
class RecalibrationApiTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Path CLIMATE = Path.of(System.getProperty("plumbline.root"), "cli/src/main/resources/climate");
    private static final ModelName MODEL = new ModelName("m-http");

    @TestHTTPResource("/")
    URI base;

    @Inject
    @Any
    InMemoryConnector topics;

    @Inject
    Repositories repositories;

    @Inject
    VersionJobs jobs;

    @Inject
    Recalibrations recalibrations;

    private final HttpClient http = HttpClient.newHttpClient();

    @Test
    void aJobIsListedFollowedAndCancelled() throws Exception {
        // Given
        topics.<byte[]>source("recalibrations").send(Json.encode(Fixtures.request("r-http", MODEL)));
        Awaitility.await()
                .atMost(PATIENCE)
                .untilAsserted(() -> assertThat(list())
                        .extracting(view -> view.request().id())
                        .contains("r-http"));
        var followed = http.sendAsync(
                request("/api/v1/recalibrations/r-http/events").build(), HttpResponse.BodyHandlers.ofString());

        // When
        var cancelled = send(request("/api/v1/recalibrations/r-http?by=ada").DELETE());

        // Then
        var view = Json.decode(cancelled.body(), RecalibrationView.class);
        assertThat(view.step()).isEqualTo("REFUSED");
        assertThat(view.outcome()).isPresent();
        assertThat(followed.get(PATIENCE.toSeconds(), java.util.concurrent.TimeUnit.SECONDS)
                        .body()
                        .lines()
                        .filter(line -> line.startsWith("data:"))
                        .map(line -> Json.decode(
                                line.substring(5).strip().getBytes(StandardCharsets.UTF_8),
                                RecalibrationView.Line.class))
                        .toList())
                .isEqualTo(show("r-http").history())
                .extracting(RecalibrationView.Line::what)
                .containsExactly("requested for [north, south]: stale \u0000 so they say", "refused: cancelled by ada");
        assertThat(topics.sink("recalibration-outcomes").received()).isNotEmpty();
        assertThat(send(request("/api/v1/recalibrations/r-http").DELETE()).statusCode())
                .isEqualTo(409);
    }

    @Test
    void theHistoryGoesOnWithTheRolloutOfWhatWasMade() throws Exception {
        // Given
        var build = Digest.of(new byte[] {7});
        var model = new ModelName("m-offer");
        topics.<byte[]>source("recalibrations").send(Json.encode(Fixtures.request("r-offer", model)));
        Awaitility.await()
                .atMost(PATIENCE)
                .untilAsserted(() -> assertThat(
                                send(request("/api/v1/recalibrations/r-offer")).statusCode())
                        .isEqualTo(200));

        // When
        topics.<byte[]>source("rollouts")
                .send(Json.encode(new RolloutEvent(
                        RolloutEvent.rolloutOf("r-offer"),
                        1,
                        model,
                        build,
                        build,
                        RolloutStage.CANARY,
                        List.of(),
                        "one gateway first",
                        List.of(),
                        Fixtures.T0)));

        // Then
        Awaitility.await()
                .atMost(PATIENCE)
                .untilAsserted(() -> assertThat(show("r-offer").history())
                        .extracting(RecalibrationView.Line::what)
                        .contains("its rollout: CANARY: one gateway first"));
        send(request("/api/v1/recalibrations/r-offer").DELETE());
    }

    @Test
    void samplesAreTakenOnlyWhenAskedForAndAreGoneWhenDeleted() throws Exception {
        // Given
        topics.<byte[]>source("recalibrations")
                .send(Json.encode(Fixtures.request("r-samples", new ModelName("m-samples"))));
        var path = "/api/v1/recalibrations/r-samples/samples";
        Awaitility.await()
                .atMost(PATIENCE)
                .untilAsserted(() -> assertThat(send(request("/api/v1/recalibrations/r-samples"))
                                .statusCode())
                        .isEqualTo(200));
        var npy = Npy.write(Tensor.of(new long[] {2, 16, 2}, new float[64]));
        assertThat(send(request(path + "/g1").PUT(BodyPublishers.ofByteArray(npy)))
                        .statusCode())
                .isEqualTo(409);

        // When
        assertThat(send(request(path + "?by=ada").POST(BodyPublishers.noBody())).statusCode())
                .isEqualTo(202);
        var taken = send(request(path + "/g1").PUT(BodyPublishers.ofByteArray(npy)));
        var tooMany = send(request(path + "/g2").PUT(BodyPublishers.ofByteArray(new byte[1_000_001])));
        var noArray = send(request(path + "/g2").PUT(BodyPublishers.ofByteArray(new byte[3])));

        // Then
        assertThat(taken.statusCode()).isEqualTo(204);
        assertThat(tooMany.statusCode()).isEqualTo(413);
        assertThat(noArray.statusCode()).isEqualTo(400);
        assertThat(topics.sink("calibration-tasks").received()).isNotEmpty();
        assertThat(send(request(path + "/g1")).body()).isEqualTo(npy);
        assertThat(new String(send(request(path)).body(), StandardCharsets.UTF_8))
                .contains("\"gateway\":\"g1\"", "\"windows\":2");

        // When
        assertThat(send(request(path + "?by=ada").DELETE()).statusCode()).isEqualTo(204);

        // Then
        assertThat(send(request(path + "/g1")).statusCode()).isEqualTo(404);
        assertThat(send(request("/api/v1/recalibrations/none/samples").DELETE()).statusCode())
                .isEqualTo(404);
        assertThat(show("r-samples").history())
                .extracting(RecalibrationView.Line::what)
                .contains("keeps 2 windows, " + npy.length + " bytes, of g1", "samples of [g1] deleted by ada");
        send(request("/api/v1/recalibrations/r-samples").DELETE());
    }

    @Test
    void whatIsNotThereOrNotUnderstoodIsSaid() throws Exception {
        assertThat(send(request("/api/v1/recalibrations/none")).statusCode()).isEqualTo(404);
        assertThat(send(request("/api/v1/recalibrations/none/events")).statusCode())
                .isEqualTo(404);
        assertThat(send(request("/api/v1/recalibrations/none").DELETE()).statusCode())
                .isEqualTo(404);
        assertThat(send(request("/api/v1/recalibrations").POST(BodyPublishers.ofString("{}")))
                        .statusCode())
                .isEqualTo(400);
        var demand = new RecalibrationView.Demand(
                Optional.empty(), new ModelName("idle"), Optional.empty(), List.of(), "ada", "", false);
        var refused = send(request("/api/v1/recalibrations").POST(BodyPublishers.ofByteArray(Json.encode(demand))));
        assertThat(refused.statusCode()).isEqualTo(409);
        assertThat(new String(refused.body(), StandardCharsets.UTF_8)).contains("no gateway runs model 'idle'");
    }

    @Test
    void aDemandThatIsLargerThanAnyCanBeIsRefused() throws Exception {
        var body = "{\"because\": \"" + "x".repeat(64 << 10) + "\"}";
        var refused = send(request("/api/v1/recalibrations").POST(BodyPublishers.ofString(body)));
        assertThat(refused.statusCode()).isEqualTo(400);
        assertThat(new String(refused.body(), StandardCharsets.UTF_8)).contains("at most 65536 bytes");
    }

    @Test
    void aPersonIsRefusedWithTheEvidenceUnlessForced() throws Exception {
        // Given
        var model = new ModelName("m-drift");
        var build = built(model);
        var north = new SiteId("north");
        var stream = new GatewayEvent.RunningStream(new StreamId("s"), model, build.manifest());
        topics.<byte[]>source("gateway-events")
                .send(Json.encode(new GatewayEvent.Heartbeat(
                        new GatewayId("g1"),
                        north,
                        Fixtures.T0,
                        1,
                        List.of(stream),
                        new GatewayCounters(0, 0, 0, 0, 0))));
        Awaitility.await().atMost(PATIENCE).untilAsserted(() -> {
            var early = demand(model, false);
            assertThat(early.statusCode()).isEqualTo(409);
            assertThat(new String(early.body(), StandardCharsets.UTF_8)).contains("not now: the verdicts of the sites");
        });
        recalibrations.heard(new ModelHealth(
                new Cohort(model, build.card().version(), build.manifest(), north),
                Fixtures.T0,
                Fixtures.T0.plusSeconds(300),
                800,
                new Fidelity(List.of(), 0, List.of()),
                List.of(),
                LatencyHistogram.EMPTY,
                Verdict.CONCEPT_DRIFT,
                List.of(new Evidence("accuracy", "all", 0.61, 0.58, 0.64, 0.9, 800, true)),
                Optional.empty()));
        recalibrations.healthIsKnown();

        // When
        Awaitility.await().atMost(PATIENCE).ignoreExceptions().untilAsserted(() -> {
            var refused = demand(model, false);
            assertThat(refused.statusCode()).isEqualTo(200);
            assertThat(new String(refused.body(), StandardCharsets.UTF_8))
                    .contains("CONCEPT_DRIFT on north (accuracy of all 0.6100");
        });
        var forced = demand(model, true);

        // Then
        assertThat(forced.statusCode()).isEqualTo(202);
        var ran = send(request("/api/v1/lineage/gateways/g1"));
        assertThat(List.of(Json.decode(ran.body(), Sighting[].class)))
                .extracting(Sighting::build)
                .containsExactly(build.manifest());
        var from = send(request(
                "/api/v1/lineage/calibrations/" + build.card().calibration().orElseThrow()));
        assertThat(List.of(Json.decode(from.body(), ModelView.Build[].class)))
                .extracting(ModelView.Build::manifest)
                .contains(build.manifest());
        assertThat(send(request("/api/v1/lineage/gateways/g1?at=yesterday")).statusCode())
                .isEqualTo(400);
        send(request("/api/v1/recalibrations/"
                        + Json.decode(forced.body(), RecalibrationView.class)
                                .request()
                                .id())
                .DELETE());
    }

    private HttpResponse<byte[]> demand(ModelName model, boolean force) throws Exception {
        var demand =
                new RecalibrationView.Demand(Optional.empty(), model, Optional.empty(), List.of(), "ada", "", force);
        return send(request("/api/v1/recalibrations").POST(BodyPublishers.ofByteArray(Json.encode(demand))));
    }

    private ModelView.Build built(ModelName model) throws Exception {
        var windows = new float[64 * 32];
        for (int i = 0; i < windows.length; i++) {
            windows[i] = (i % 2 == 0 ? 45 : 27) + (i % 7) * 0.1f;
        }
        var card = Files.readString(CLIMATE.resolve("model.yaml"))
                .replace("climate-event", model.value())
                .replace("recipes: [dynamic, static-minmax]", "recipes: [static-minmax]");
        var json = Json.mapper().createObjectNode().put("schemaVersion", 2).put("artifactType", MediaTypes.VERSION);
        json.set("config", stored(MediaTypes.OCI_EMPTY, "{}".getBytes(StandardCharsets.UTF_8), ""));
        json.putArray("layers")
                .add(stored(MediaTypes.ONNX, Files.readAllBytes(CLIMATE.resolve("climate_event_fp32.onnx")), ""))
                .add(stored(MediaTypes.CARD, card.getBytes(StandardCharsets.UTF_8), ""))
                .add(stored(
                        MediaTypes.SAMPLES,
                        Npy.write(Tensor.of(new long[] {64, 16, 2}, windows)),
                        MediaTypes.CALIBRATION_TITLE));
        var repository = MediaTypes.repository(model);
        var manifest = repositories.putManifest(repository, "v1", Json.encode(json));
        assertThat(jobs.run(new Version.Pushed(repository, manifest))).isEmpty();
        return jobs.view(model).versions().get(0).builds().get(0);
    }

    private JsonNode stored(String mediaType, byte[] content, String title) {
        var digest = Digest.of(content);
        repositories.putBlob(digest, content);
        var node = Json.mapper().createObjectNode();
        node.put("mediaType", mediaType).put("digest", digest.value()).put("size", content.length);
        node.putObject("annotations").put(MediaTypes.TITLE, title);
        return node;
    }

    private List<RecalibrationView> list() throws Exception {
        return List.of(Json.decode(send(request("/api/v1/recalibrations")).body(), RecalibrationView[].class));
    }

    private RecalibrationView show(String id) throws Exception {
        return Json.decode(send(request("/api/v1/recalibrations/" + id)).body(), RecalibrationView.class);
    }

    private HttpResponse<byte[]> send(HttpRequest.Builder request) throws Exception {
        return http.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(base.resolve(path)).timeout(PATIENCE);
    }
}
