package io.plumbline.registry.adapter.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.contract.artifact.RecalibrationView;
import io.plumbline.contract.id.ModelName;
import io.plumbline.contract.wire.Json;
import io.plumbline.registry.core.job.Fixtures;
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
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

@QuarkusTest
@TestProfile(WithoutKafka.class)
class RecalibrationApiTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final ModelName MODEL = new ModelName("m-http");

    @TestHTTPResource("/")
    URI base;

    @Inject
    @Any
    InMemoryConnector topics;

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
