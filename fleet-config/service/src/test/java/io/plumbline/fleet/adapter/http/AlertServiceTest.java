package io.plumbline.fleet.adapter.http;

import static io.plumbline.fleet.testing.Fleets.BASELINE;
import static io.plumbline.fleet.testing.Fleets.T0;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import io.plumbline.contract.declared.AuditEntry;
import io.plumbline.contract.fleet.AlertBoard;
import io.plumbline.contract.fleet.AlertSilence;
import io.plumbline.contract.message.Alert;
import io.plumbline.contract.message.AlertChange;
import io.plumbline.contract.message.AlertKind;
import io.plumbline.contract.message.Verdict;
import io.plumbline.contract.wire.Json;
import io.plumbline.fleet.testing.Alerts;
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
import org.eclipse.microprofile.reactive.messaging.spi.Connector;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@QuarkusTestResource(InMemoryTopics.class)
class AlertServiceTest {

    @TestHTTPResource("/")
    URI root;

    @Inject
    @Connector("smallrye-in-memory")
    InMemoryConnector topics;

    private final HttpClient http = HttpClient.newHttpClient();

    /** Event time goes on from test to test. */
    private static Instant at = T0;

    @BeforeEach
    void haveAFleetWithoutAlerts() throws Exception {
        var applied = send(request("api/v1/fleet").PUT(HttpRequest.BodyPublishers.ofString(Fleets.yaml(BASELINE))));
        assertThat(applied.statusCode()).isEqualTo(200);
        verdict(Verdict.STABLE);
        await().untilAsserted(() -> assertThat(open()).isEmpty());
    }

    @Test
    void aVerdictIsAnAlertOnTheTopicAndInTheListAndCanBeAcknowledged() throws Exception {
        // When
        verdict(Verdict.CONCEPT_DRIFT);
        // Then
        await().untilAsserted(() -> {
            assertThat(open()).extracting(Alert::kind).containsExactly(AlertKind.CONCEPT_DRIFT);
            assertThat(announced())
                    .last()
                    .satisfies(alert -> assertThat(alert.open()).isTrue());
        });
        var id = open().get(0).id();
        assertThat(send(request("api/v1/alerts/" + id)).body()).contains("plumbline explain ");
        // When
        var answer = post("api/v1/alerts/" + id + "/acknowledge", "{\"by\": \"ada\", \"note\": \"on it\"}");
        // Then
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(open().get(0).acknowledged().orElseThrow().note()).isEqualTo("on it");
        await().untilAsserted(() ->
                assertThat(announced()).last().extracting(Alert::change).isEqualTo(AlertChange.ACKNOWLEDGED));
        assertThat(send(request("q/metrics")).body()).contains("plumbline_fleet_alerts_open 1.0");
    }

    @Test
    void aSilenceIsListedHoldsBackAndCanBeEnded() throws Exception {
        // When
        var made = post(
                "api/v1/silences",
                "{\"site\": \"north\", \"lasting\": \"PT1H\", \"by\": \"ada\", \"reason\": \"new sensors\"}");
        var silence = Json.decode(made.body().getBytes(StandardCharsets.UTF_8), AlertSilence.class);
        verdict(Verdict.CONCEPT_DRIFT);
        // Then
        assertThat(made.statusCode()).isEqualTo(201);
        await().untilAsserted(() -> assertThat(open())
                .singleElement()
                .satisfies(alert -> assertThat(alert.silencedBy()).contains(silence.id())));
        assertThat(board().silences()).containsExactly(silence);
        // When
        var tooLong = "x".repeat(201);
        assertThat(send(request("api/v1/silences/" + silence.id() + "?by=" + tooLong)
                                .DELETE())
                        .statusCode())
                .isEqualTo(400);
        var ended = send(request("api/v1/silences/" + silence.id() + "?by=bob").DELETE());
        // Then
        assertThat(ended.statusCode()).isEqualTo(204);
        assertThat(board().silences()).isEmpty();
        assertThat(open().get(0).silencedBy()).isEmpty();
        // And: it is remembered who did that
        var audit = send(request("api/v1/audit").GET()).body();
        var entries = Json.decode(audit.getBytes(StandardCharsets.UTF_8), AuditEntry[].class);
        assertThat(entries)
                .filteredOn(entry -> entry.subject().equals("silence " + silence.id()))
                .extracting(AuditEntry::actor, AuditEntry::action, AuditEntry::reason)
                .containsExactly(
                        tuple("bob", "ALERTS_TOLD_AGAIN", ""), tuple("ada", "ALERTS_HELD_BACK", "new sensors"));
        assertThat(send(request("audit").GET()).body()).contains("alerts told again", "bob");
    }

    @Test
    void saysWhatIsWrongWithARequest() throws Exception {
        assertThat(send(request("api/v1/alerts/nothing")).statusCode()).isEqualTo(404);
        assertThat(post("api/v1/alerts/nothing/acknowledge", "{\"by\": \"ada\"}")
                        .statusCode())
                .isEqualTo(404);
        assertThat(post("api/v1/alerts/nothing/acknowledge", "{}").body()).contains("the body must be");
        assertThat(post("api/v1/alerts/nothing/acknowledge", "{\"by\": \" \"}").statusCode())
                .isEqualTo(400);
        assertThat(post("api/v1/silences", "{\"by\": \"ada\", \"reason\": \"x\"}")
                        .body())
                .contains("one of until and lasting");
        assertThat(post("api/v1/silences", "{\"by\": \"ada\", \"reason\": \"x\", \"lasting\": \"PT-1H\"}")
                        .body())
                .contains("must be after from");
        assertThat(post("api/v1/silences", "{\"by\": \"\", \"reason\": \"x\", \"lasting\": \"PT1H\"}")
                        .body())
                .contains("by must say who");
        assertThat(post(
                                "api/v1/silences",
                                "{\"by\": \"a\", \"reason\": \"x\", \"until\": \"2020-01-01T00:00:00Z\", \"from\": \"2019-01-01T00:00:00Z\"}")
                        .statusCode())
                .isEqualTo(409);
        assertThat(send(request("api/v1/silences/s-none").DELETE()).statusCode())
                .isEqualTo(404);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"lasting\": \"PT2562047788015215H\"",
                "\"lasting\": \"PT99999999999999999999H\"",
                "\"lasting\": \"P3000000D\"",
                "\"until\": \"+200000-01-01T00:00:00Z\"",
                "\"from\": \"+1000000000-12-31T23:59:59Z\", \"lasting\": \"PT1H\""
            })
    void aSilenceThatWouldNeverEndIsRefusedInOneLine(String time) throws Exception {
        // When
        var answer = post("api/v1/silences", "{\"by\": \"ada\", \"reason\": \"x\", " + time + "}");
        // Then
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body()).containsPattern("until|lasting").hasLineCount(1);
    }

    @Test
    void saysHowTheTellingGoes() throws Exception {
        assertThat(board().sinks()).singleElement().satisfies(sink -> {
            assertThat(sink.name()).isEqualTo("kafka");
            assertThat(sink.undeliverable()).isZero();
        });
    }

    private void verdict(Verdict verdict) {
        at = at.plusSeconds(300);
        topics.source("verdicts").send(Json.encode(Alerts.verdict(verdict, at)));
    }

    private List<Alert> open() throws IOException, InterruptedException {
        return board().alerts().stream()
                .filter(alert -> alert.open() && alert.subject().gateway().isEmpty())
                .toList();
    }

    private AlertBoard board() throws IOException, InterruptedException {
        return Json.decode(send(request("api/v1/alerts")).body().getBytes(StandardCharsets.UTF_8), AlertBoard.class);
    }

    private List<Alert> announced() {
        return topics.<Record<String, byte[]>>sink("alerts").received().stream()
                .map(message -> Json.decode(message.getPayload().value(), Alert.class))
                .filter(alert -> alert.kind() == AlertKind.CONCEPT_DRIFT)
                .toList();
    }

    private HttpResponse<String> post(String path, String body) throws IOException, InterruptedException {
        return send(request(path).POST(HttpRequest.BodyPublishers.ofString(body)));
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(root.resolve(path));
    }

    private HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }
}
