package io.plumbline.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import io.plumbline.contract.fleet.AlertBoard;
import io.plumbline.contract.fleet.AlertSilence;
import io.plumbline.contract.id.Digest;
import io.plumbline.contract.id.ModelName;
import io.plumbline.contract.id.SiteId;
import io.plumbline.contract.message.Alert;
import io.plumbline.contract.message.AlertChange;
import io.plumbline.contract.message.AlertKind;
import io.plumbline.contract.message.AlertSeverity;
import io.plumbline.contract.wire.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The command against a server that answers as the control plane does. */
class AlertsTest {

    private static final Instant AT = Instant.parse("2026-01-02T03:04:05Z");

    private final List<String> asked = new CopyOnWriteArrayList<>();
    private LocalServer server;

    @BeforeEach
    void start() throws IOException {
        server = new LocalServer(this::answer);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void listsWhatIsOpenTheSilencesAndTheSinksInTrouble() {
        // When
        var said = Tool.run("alerts", "--fleet", server.url());
        // Then
        assertThat(said.err()).isEmpty();
        assertThat(said.exit()).isZero();
        assertThat(said.out().lines())
                .containsExactly(
                        "CRITICAL  CONCEPT_DRIFT climate-event dbc1b4c900ff at north  " + open().id(),
                        "          accuracy fell to 61 %",
                        "          open since 2026-01-02 03:04:05, seen 2 times, last 2026-01-02 03:05:05",
                        "          looked after by ada since 2026-01-02 03:04:35: on it",
                        "          held back by silence s-1",
                        "          plumbline explain b5bb9d8014a0f9b1",
                        "silence s-1 holds back CRITICAL at north from 2026-01-02 03:04:05 until 2026-01-02 04:04:05,"
                                + " by ada: new sensors",
                        "sink ops: 3 waiting since 2026-01-02 03:04:05, 1 undeliverable; http://a:1 answers 503");
    }

    @Test
    void listsWhatIsOverWhenAskedTo() {
        assertThat(Tool.run("alerts", "list", "--all", "--fleet", server.url()).out())
                .contains("over since 2026-01-02 03:06:05: the verdict is STABLE; opened 2026-01-02 03:04:05");
    }

    @Test
    void printsJson() {
        assertThat(Tool.run("alerts", "list", "--json", "--fleet", server.url())
                        .json()
                        .at("/alerts/0/kind")
                        .asText())
                .isEqualTo("CONCEPT_DRIFT");
    }

    @Test
    void acknowledges() {
        // When
        var said = Tool.run("alerts", "ack", "abc", "--by", "ada", "--note", "on it", "--fleet", server.url());
        // Then
        assertThat(said.err()).isEmpty();
        assertThat(said.out()).startsWith("ada looks after CONCEPT_DRIFT climate-event");
        assertThat(asked)
                .singleElement()
                .asString()
                .startsWith("POST /api/v1/alerts/abc/acknowledge {")
                .contains("\"by\":\"ada\"", "\"note\":\"on it\"");
    }

    @Test
    void silences() {
        // When
        var said = Tool.run(
                "alerts",
                "silence",
                "--site",
                "north",
                "--severity",
                "critical",
                "--for",
                "2h",
                "--reason",
                "new sensors",
                "--by",
                "ada",
                "--fleet",
                server.url());
        // Then
        assertThat(said.err()).isEmpty();
        assertThat(said.out()).startsWith("silence s-1 holds back CRITICAL at north");
        assertThat(asked)
                .containsExactly("POST /api/v1/silences {\"site\":\"north\",\"severity\":\"CRITICAL\","
                        + "\"lasting\":\"PT2H\",\"by\":\"ada\",\"reason\":\"new sensors\"}");
    }

    @Test
    void endsASilence() {
        // When
        var said = Tool.run("alerts", "unsilence", "s-1", "--by", "bob & co", "--fleet", server.url());
        // Then
        assertThat(said.out().strip()).isEqualTo("silence s-1 is over");
        assertThat(asked).containsExactly("DELETE /api/v1/silences/s-1?by=bob%20%26%20co ");
    }

    @Test
    void saysInOneSentenceWhatTheControlPlaneRefuses() {
        // When
        var said = Tool.run("alerts", "ack", "nothing", "--fleet", server.url());
        // Then
        assertThat(said.exit()).isEqualTo(1);
        assertThat(said.err().strip())
                .isEqualTo("plumbline alerts ack: the control plane answered POST /api/v1/alerts/nothing/acknowledge"
                        + " with 404: there is no alert 'nothing'; GET /api/v1/alerts lists them");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "alerts silence --reason x|Missing required option: '--for=TIME'",
                "alerts silence --reason x --for soon|'soon' must be a time such as 30m, 2h or 14d, at most 36500d",
                "alerts silence --reason x --for 106751991167300d|must be a time such as",
                "alerts silence --reason x --for -1h|'-1h' must be a time such as",
                "alerts silence --reason x --for 1h --site A/B|site",
                "alerts silence --reason x --for 1h --kind fire|expected one of",
                "alerts ack|Missing required parameter: 'ID'",
                "alerts drop|unknown command 'drop': must be one of list, ack, silence, unsilence",
                "alerts --fleet nowhere|must look like http://host:port"
            })
    void saysWhatIsWrongWithACommandLine(String words, String line) {
        // When
        var said = Tool.run((Object[]) words.split(" "));
        // Then
        assertThat(said.exit()).isNotZero();
        assertThat(said.err().lines()).singleElement().asString().contains(line);
    }

    private void answer(HttpExchange exchange) throws IOException {
        var path = exchange.getRequestURI().getPath();
        var body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        if (!exchange.getRequestMethod().equals("GET")) {
            var query = exchange.getRequestURI().getRawQuery();
            asked.add(exchange.getRequestMethod() + " " + path + (query == null ? "" : "?" + query) + " " + body);
        }
        if (path.contains("nothing")) {
            send(
                    exchange,
                    404,
                    "{\"error\":\"there is no alert 'nothing'; GET /api/v1/alerts lists them\",\"problems\":[]}"
                            .getBytes(StandardCharsets.UTF_8));
        } else if (exchange.getRequestMethod().equals("DELETE")) {
            exchange.sendResponseHeaders(204, -1);
            exchange.close();
        } else if (path.equals("/api/v1/silences")) {
            send(exchange, 201, Json.encode(silence()));
        } else {
            send(exchange, 200, Json.encode(path.equals("/api/v1/alerts") ? board() : open()));
        }
    }

    private static void send(HttpExchange exchange, int status, byte[] body) throws IOException {
        exchange.sendResponseHeaders(status, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    private static AlertBoard board() {
        var fine = new AlertBoard.SinkView("kafka", 0, Optional.empty(), 0, Optional.empty());
        var troubled = new AlertBoard.SinkView("ops", 3, Optional.of(AT), 1, Optional.of("http://a:1 answers 503"));
        return new AlertBoard(List.of(open(), over()), List.of(silence()), List.of(fine, troubled));
    }

    private static AlertSilence silence() {
        return new AlertSilence(
                "s-1",
                Optional.empty(),
                Optional.of(new SiteId("north")),
                Optional.empty(),
                Optional.of(AlertSeverity.CRITICAL),
                AT,
                AT.plusSeconds(3600),
                "ada",
                "new sensors");
    }

    private static Alert open() {
        return alert(
                AlertKind.CONCEPT_DRIFT,
                Optional.of(new Alert.Acknowledgement("ada", AT.plusSeconds(30), "on it")),
                Optional.of("s-1"),
                Optional.empty());
    }

    private static Alert over() {
        return alert(
                AlertKind.DATA_DRIFT,
                Optional.empty(),
                Optional.empty(),
                Optional.of(new Alert.Resolution(AT.plusSeconds(120), "the verdict is STABLE")));
    }

    private static Alert alert(
            AlertKind kind,
            Optional<Alert.Acknowledgement> acknowledged,
            Optional<String> silencedBy,
            Optional<Alert.Resolution> resolved) {
        var subject = Alert.Subject.of(new ModelName("climate-event"), Digest.of(new byte[] {2}), new SiteId("north"));
        return new Alert(
                Alert.idOf(kind, subject),
                4,
                1,
                kind,
                kind.severity(),
                AlertChange.UPDATED,
                subject,
                "accuracy fell to 61 %",
                Alert.Proof.of("b5bb9d8014a0f9b1", "plumbline explain b5bb9d8014a0f9b1"),
                2,
                AT,
                AT.plusSeconds(60),
                acknowledged,
                silencedBy,
                resolved);
    }
}
