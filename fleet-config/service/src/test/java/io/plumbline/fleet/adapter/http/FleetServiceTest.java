package io.plumbline.fleet.adapter.http;

import static io.plumbline.fleet.testing.Fleets.BASELINE;
import static io.plumbline.fleet.testing.Fleets.CANDIDATE;
import static io.plumbline.fleet.testing.Fleets.GW_NORTH;
import static io.plumbline.fleet.testing.Fleets.GW_SOUTH;
import static io.plumbline.fleet.testing.Fleets.MODEL;
import static io.plumbline.fleet.testing.Fleets.NORTH;
import static io.plumbline.fleet.testing.Fleets.SOUTH;
import static io.plumbline.fleet.testing.Fleets.STREAM;
import static io.plumbline.fleet.testing.Fleets.T0;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.plumbline.contract.declared.FileDifference;
import io.plumbline.contract.declared.FileVersion;
import io.plumbline.contract.declared.FleetInventory;
import io.plumbline.contract.fleet.Assignment;
import io.plumbline.contract.fleet.FleetOverview;
import io.plumbline.contract.id.GatewayId;
import io.plumbline.contract.message.RecalibrationEvent;
import io.plumbline.contract.message.RolloutEvent;
import io.plumbline.contract.message.RolloutStage;
import io.plumbline.contract.message.Verdict;
import io.plumbline.contract.message.VerdictEvent;
import io.plumbline.contract.wire.Json;
import io.plumbline.fleet.testing.Fleets;
import io.plumbline.fleet.testing.InMemoryTopics;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.reactive.messaging.kafka.Record;
import io.smallrye.reactive.messaging.memory.InMemoryConnector;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.eclipse.microprofile.reactive.messaging.Message;
import org.eclipse.microprofile.reactive.messaging.spi.Connector;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(InMemoryTopics.class)
class FleetServiceTest {

    @TestHTTPResource("/")
    URI root;

    @Inject
    @Connector("smallrye-in-memory")
    InMemoryConnector topics;

    private final HttpClient http = HttpClient.newHttpClient();
    private long beats;

    /** A file without models in between: every test begins with models that nobody has rolled out yet. */
    @BeforeEach
    void forgetEarlierRollouts() throws Exception {
        apply(Fleets.yaml(BASELINE).replace("climate-event", "other").replace("north-2", "north-" + System.nanoTime()));
        apply(Fleets.yaml(BASELINE));
    }

    @Test
    void aGatewayReadsItsAssignmentAndIsToldWhenNothingIsNew() throws Exception {
        // When
        var first = get("api/v1/gateways/gw-north/assignment");
        var tag = first.headers().firstValue("ETag").orElseThrow();
        var second = get("api/v1/gateways/gw-north/assignment", "If-None-Match", tag);
        var stranger = get("api/v1/gateways/gw-east/assignment");
        // Then
        var assignment = Json.decode(first.body().getBytes(StandardCharsets.UTF_8), Assignment.class);
        assertThat(tag).isEqualTo("\"" + assignment.generation() + "\"");
        assertThat(assignment.streams().get(0).build()).isEqualTo(BASELINE);
        assertThat(second.statusCode()).isEqualTo(304);
        assertThat(stranger.statusCode()).isEqualTo(404);
        assertThat(stranger.body()).contains("gw-east");
    }

    @Test
    void aFileThatWasMadeForAnotherVersionThanTheOneInForceIsRefused() throws Exception {
        // Given
        var seen = get("api/v1/fleet").headers().firstValue("ETag").orElseThrow();
        var mine = Fleets.yaml(BASELINE).replace("south-1", "south-8");
        var theirs = Fleets.yaml(BASELINE).replace("south-1", "south-9");
        // When: somebody is faster
        var first = apply(theirs, seen);
        var second = apply(mine, seen);
        // Then
        var inForce = get("api/v1/fleet");
        assertThat(first.statusCode()).isEqualTo(200);
        assertThat(second.statusCode()).isEqualTo(412);
        assertThat(second.body())
                .contains(" is in force, which ada applied at ", "made for version " + seen.replace("\"", ""));
        assertThat(inForce.body()).isEqualTo(theirs);
        assertThat(apply(theirs, seen).statusCode()).as("is in force already").isEqualTo(200);
        assertThat(apply(mine, inForce.headers().firstValue("ETag").orElseThrow())
                        .statusCode())
                .isEqualTo(200);
        assertThat(apply(theirs, "seven").statusCode()).isEqualTo(400);
    }

    @Test
    void aGatewayWithALaterGenerationThanADatabaseThatWasLostIsOutrun() throws Exception {
        // Given
        var first = get("api/v1/gateways/gw-north/assignment");
        var later = Json.decode(first.body().getBytes(StandardCharsets.UTF_8), Assignment.class)
                        .generation()
                + 40;

        // When
        get("api/v1/gateways/gw-north/assignment", "If-None-Match", "\"" + later + "\"");

        // Then
        await().untilAsserted(() -> {
            var now = get("api/v1/gateways/gw-north/assignment");
            assertThat(Json.decode(now.body().getBytes(StandardCharsets.UTF_8), Assignment.class)
                            .generation())
                    .isEqualTo(later + 1);
        });
    }

    @Test
    void aWaitingGatewayIsAnsweredWhenItsWorkChanges() throws Exception {
        // Given
        var tag = get("api/v1/gateways/gw-south/assignment")
                .headers()
                .firstValue("ETag")
                .orElseThrow();
        var waiting = http.sendAsync(
                request("api/v1/gateways/gw-south/assignment?wait=30s")
                        .header("If-None-Match", tag)
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        await().untilAsserted(() -> assertThat(get("q/metrics").body()).contains("assignment_readers 1.0"));
        // When
        apply(Fleets.yaml(BASELINE).replace("south-1", "south-7"));
        // Then
        assertThat(waiting.join().statusCode()).isEqualTo(200);
        assertThat(waiting.join().body()).contains("south-7");
        assertThat(get(
                                "api/v1/gateways/gw-south/assignment?wait=soon",
                                "If-None-Match",
                                waiting.join().headers().firstValue("ETag").orElseThrow())
                        .statusCode())
                .isEqualTo(400);
    }

    @Test
    void theSameFileAgainKeepsVersionAndGenerations() throws Exception {
        // When
        var again = apply(Fleets.yaml(BASELINE));
        // Then
        assertThat(again.statusCode()).isEqualTo(200);
        assertThat(again.body()).contains("\"changed\":false");
        assertThat(get("api/v1/fleet").body()).isEqualTo(Fleets.yaml(BASELINE));
        assertThat(get("api/v1/fleet/versions").body()).contains("appliedAt");
    }

    @Test
    void aBrokenFileIsRefusedWithEveryProblemAndChangesNothing() throws Exception {
        // When
        var refusal = apply(Fleets.yaml(CANDIDATE).replace("canary: gw-north", "canary: gw-nort"));
        // Then
        assertThat(refusal.statusCode()).isEqualTo(400);
        assertThat(refusal.body()).contains("\"path\":\"rollout.canary\"", "\"line\":8", "did you mean 'gw-north'?");
        assertThat(get("api/v1/fleet").body()).isEqualTo(Fleets.yaml(BASELINE));
    }

    @Test
    void aVersionIsKeptWithItsAuthorAndItsReason() throws Exception {
        // Given
        var file = Fleets.yaml(BASELINE).replace("north-2", "north-3");
        // When
        var applied = send(request("api/v1/fleet?author=ada&reason=one%20mote%20more")
                .PUT(HttpRequest.BodyPublishers.ofString(file)));
        var tooLong = send(request("api/v1/fleet?author=" + "a".repeat(201))
                .PUT(HttpRequest.BodyPublishers.ofString(Fleets.yaml(BASELINE))));
        // Then
        assertThat(applied.statusCode()).isEqualTo(200);
        var versions =
                Json.decode(get("api/v1/fleet/versions").body().getBytes(StandardCharsets.UTF_8), FileVersion[].class);
        assertThat(versions[0].author()).isEqualTo("ada");
        assertThat(versions[0].reason()).isEqualTo("one mote more");
        assertThat(versions[1].author()).isEmpty();
        assertThat(get("api/v1/fleet/versions/" + versions[0].version()).body()).isEqualTo(file);
        assertThat(get("api/v1/fleet/versions/" + versions[1].version()).body()).isEqualTo(Fleets.yaml(BASELINE));
        assertThat(tooLong.statusCode()).isEqualTo(400);
        assertThat(tooLong.body()).contains("author has 201 characters; at most 200 are allowed");
    }

    @Test
    void saysWhatAFileWouldChangeAndChangesNothing() throws Exception {
        // Given
        var before = get("api/v1/fleet/versions").body();
        // When
        var answer = send(request("api/v1/fleet/diff")
                .POST(HttpRequest.BodyPublishers.ofString(Fleets.yaml(BASELINE).replace("north-2", "north-8"))));
        var broken = send(request("api/v1/fleet/diff").POST(HttpRequest.BodyPublishers.ofString("sites: {}")));
        // Then
        var difference = Json.decode(answer.body().getBytes(StandardCharsets.UTF_8), FileDifference.class);
        assertThat(difference.differs()).isTrue();
        assertThat(difference.gateways())
                .extracting(FileDifference.GatewayChange::gateway)
                .containsExactly(GW_NORTH);
        assertThat(broken.statusCode()).isEqualTo(400);
        assertThat(broken.body()).contains("needs at least one site", "'rollout' is missing");
        assertThat(get("api/v1/fleet/versions").body()).isEqualTo(before);
    }

    @Test
    void tellsTheModelsAndStreamsOfTheFleet() throws Exception {
        // When
        var inventory = Json.decode(
                get("api/v1/fleet/inventory").body().getBytes(StandardCharsets.UTF_8), FleetInventory.class);
        // Then
        assertThat(inventory.models()).singleElement().satisfies(model -> {
            assertThat(model.declared()).isEqualTo(BASELINE);
            assertThat(model.streams()).containsExactly(STREAM);
        });
        assertThat(inventory.streams())
                .singleElement()
                .satisfies(stream -> assertThat(stream.gateways()).containsExactly(GW_NORTH, GW_SOUTH));
    }

    @Test
    void anAcceptedRecalibrationReachesEveryGatewayOnTheirOwnEvidence() {
        // Given
        var verdict = "verdict-" + System.nanoTime();
        // When
        send("recalibrations", accepted(verdict));
        // Then
        await().untilAsserted(() -> {
            for (var gateway : List.of(GW_NORTH, GW_SOUTH)) {
                runsWhatItIsTold(gateway);
            }
            assertThat(announced(verdict))
                    .extracting(RolloutEvent::stage)
                    .containsExactly(
                            RolloutStage.READY,
                            RolloutStage.CANARY,
                            RolloutStage.CANARY,
                            RolloutStage.WAVE,
                            RolloutStage.WAVE,
                            RolloutStage.COMPLETED);
        });
        assertThat(announced(verdict)).extracting(RolloutEvent::revision).containsExactly(1L, 2L, 3L, 4L, 5L, 6L);
    }

    @Test
    void aRolloutStartedByHandCanBeHeldAndEnded() throws Exception {
        // Given
        var preview = get("api/v1/rollouts/preview?model=climate-event&build=" + CANDIDATE);
        assertThat(preview.body()).contains("\"keeping\":0", "None of the 2 gateways keeps", "What helps: ");
        assertThat(get("api/v1/rollouts/preview?model=none&build=" + CANDIDATE).statusCode())
                .isEqualTo(404);
        assertThat(get("api/v1/rollouts/preview?model=climate-event&build=new").statusCode())
                .isEqualTo(400);
        assertThat(get("api/v1/rollouts/preview?model=climate-event&build=" + BASELINE)
                        .statusCode())
                .as("it runs already")
                .isEqualTo(409);
        // When
        var started = post("api/v1/rollouts", "{\"model\":\"climate-event\",\"build\":\"" + CANDIDATE + "\"}");
        var id = Json.decode(started.body().getBytes(StandardCharsets.UTF_8), RolloutEvent.class)
                .rollout();
        // Then
        assertThat(started.statusCode()).isEqualTo(201);
        await().untilAsserted(
                        () -> assertThat(get("api/v1/rollouts/" + id).body()).contains("CANARY"));
        assertThat(get("api/v1/rollouts/" + id + "/outlook").body()).contains("None of the 2 gateways keeps");
        var stale = post("api/v1/rollouts/" + id + "/pause", "{\"revision\": 1000}");
        assertThat(stale.statusCode()).isEqualTo(409);
        assertThat(stale.body()).contains("the rollout went on in between", "not at 1000 any more");
        assertThat(post("api/v1/rollouts/" + id + "/pause", "").body()).contains("PAUSED");
        assertThat(post("api/v1/rollouts/" + id + "/pause", "").statusCode()).isEqualTo(409);
        assertThat(get("api/v1/rollouts/" + id + "/devices").body()).contains("gw-north", "\"state\":");
        assertThat(get("api/v1/rollouts/" + id + "/decisions/2").body()).contains("\"rules\":\"rollout/4\"");
        assertThat(get("api/v1/rollouts/" + id + "/decisions/99").statusCode()).isEqualTo(404);
        assertThat(post("api/v1/rollouts/" + id + "/approve", "").statusCode()).isEqualTo(409);
        assertThat(post("api/v1/rollouts/" + id + "/resume", "{\"by\":\"ada\",\"reason\":\"looked at it\"}")
                        .body())
                .contains("ada: resumed, looked at it");
        assertThat(post("api/v1/rollouts/" + id + "/abort", "{\"kepp\": true}").body())
                .contains("unknown key 'kepp'; the keys are by, keep, reason");
        assertThat(post("api/v1/rollouts/" + id + "/abort", "").body()).contains("ABORTED");
        assertThat(get("api/v1/rollouts/" + id + "/devices").body())
                .as("how the gateways were when it ended")
                .contains("gw-north", "\"state\":");
        assertThat(get("rollouts/" + id).body()).contains("when it was decided", "gw-north");
        assertThat(get("api/v1/rollouts/" + id + "/outlook").statusCode())
                .as("it is over")
                .isEqualTo(409);
        assertThat(get("api/v1/rollouts/nothing/outlook").statusCode()).isEqualTo(404);
        assertThat(get("api/v1/rollouts").body()).contains(id);
        assertThat(post("api/v1/rollouts/nothing/abort", "").statusCode()).isEqualTo(404);
        assertThat(post("api/v1/rollouts", "{\"model\":\"climate-event\"}").statusCode())
                .isEqualTo(400);
        assertThat(post("api/v1/rollouts", "{\"model\":\"none\",\"build\":\"" + CANDIDATE + "\"}")
                        .statusCode())
                .isEqualTo(404);
    }

    @Test
    void aMalformedRecordDoesNotBlindTheControlPlane() {
        // When
        topics.source("model-health").send("{not json".getBytes(StandardCharsets.UTF_8));
        topics.source("model-health").send(Message.of((byte[]) null));
        send("model-health", Fleets.health(BASELINE, SOUTH, Fleets.stale(), T0));
        var verdict = VerdictEvent.of(
                Fleets.health(BASELINE, SOUTH, Fleets.stale(), T0).cohort(),
                T0,
                Verdict.CALIBRATION_STALE,
                Verdict.STABLE,
                "half of it clips",
                List.of());
        send("verdicts", verdict);
        // Then
        await().untilAsserted(() -> {
            var overview = overview();
            assertThat(overview.health()).extracting(one -> one.cohort().site()).contains(SOUTH);
            assertThat(overview.verdicts()).contains(verdict);
            assertThat(get("q/metrics").body()).contains("plumbline_fleet_malformed_total");
        });
    }

    @Test
    void servesThePageTheSchemaAndItsHealth() throws Exception {
        // When
        var page = get("");
        // Then
        assertThat(page.headers().firstValue("Content-Type").orElseThrow()).startsWith("text/html");
        assertThat(page.headers().firstValue("Content-Security-Policy").orElseThrow())
                .contains("default-src 'self'");
        assertThat(page.body()).contains("/console/shell.js").doesNotContain("https://");
        for (var file : List.of("shell.js", "theme.js", "morph.js", "times.js", "console.css", "plumbline.svg")) {
            assertThat(get("console/" + file).statusCode()).as(file).isEqualTo(200);
        }
        assertThat(get("api/v1/fleet/schema").body()).contains("Plumbline fleet file");
        assertThat(get("api/v1/fleet-schema.json").body())
                .isEqualTo(get("api/v1/fleet/schema").body());
        assertThat(get("q/health/ready").body()).contains("database", "UP");
    }

    private void runsWhatItIsTold(GatewayId gateway) throws IOException, InterruptedException {
        var assignment = Json.decode(
                get("api/v1/gateways/" + gateway + "/assignment").body().getBytes(StandardCharsets.UTF_8),
                Assignment.class);
        var build = assignment.streams().get(0).build();
        beats++;
        send("gateway-events", Fleets.beat(gateway, build, assignment.generation(), 100 * beats, Instant.now()));
        var site = gateway.equals(GW_NORTH) ? NORTH : SOUTH;
        send("model-health", Fleets.health(build, site, Fleets.faithful(), T0.plusSeconds(300 * beats)));
    }

    private List<RolloutEvent> announced(String recalibration) {
        return topics.<Record<String, byte[]>>sink("rollouts").received().stream()
                .map(message -> Json.decode(message.getPayload().value(), RolloutEvent.class))
                .filter(event -> event.rollout().endsWith(recalibration))
                .toList();
    }

    private FleetOverview overview() throws IOException, InterruptedException {
        return Json.decode(get("api/v1/overview").body().getBytes(StandardCharsets.UTF_8), FleetOverview.class);
    }

    private void send(String channel, Object message) {
        topics.source(channel).send(Json.encode(message));
    }

    private static RecalibrationEvent accepted(String id) {
        return new RecalibrationEvent.Accepted(id, MODEL, BASELINE, CANDIDATE, "clips 0 %", List.of(), Instant.now());
    }

    private HttpResponse<String> apply(String file) throws IOException, InterruptedException {
        return send(request("api/v1/fleet")
                .header("Content-Type", "application/yaml")
                .PUT(HttpRequest.BodyPublishers.ofString(file)));
    }

    private HttpResponse<String> apply(String file, String onto) throws IOException, InterruptedException {
        return send(request("api/v1/fleet?author=ada&reason=x")
                .header("Content-Type", "application/yaml")
                .header("If-Match", onto)
                .PUT(HttpRequest.BodyPublishers.ofString(file)));
    }

    private HttpResponse<String> post(String path, String body) throws IOException, InterruptedException {
        return send(request(path).POST(HttpRequest.BodyPublishers.ofString(body)));
    }

    private HttpResponse<String> get(String path, String... headers) throws IOException, InterruptedException {
        var request = request(path);
        return send(headers.length == 0 ? request : request.headers(headers));
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(root.resolve(path));
    }

    private HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }
}
