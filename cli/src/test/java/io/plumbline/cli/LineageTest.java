package io.plumbline.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import io.plumbline.contract.artifact.BuildCard;
import io.plumbline.contract.artifact.ModelView;
import io.plumbline.contract.artifact.Sighting;
import io.plumbline.contract.id.Digest;
import io.plumbline.contract.id.GatewayId;
import io.plumbline.contract.id.ModelName;
import io.plumbline.contract.id.SiteId;
import io.plumbline.contract.id.StreamId;
import io.plumbline.contract.wire.Json;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The commands against a server that answers as the registry does. */
class LineageTest {

    private static final Instant AT = Instant.parse("2026-01-02T03:04:05Z");
    private static final ModelName MODEL = new ModelName("climate-event");
    private static final Digest BUILD = Digest.of(new byte[] {1});

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
    void saysWhereABuildRunsAndRan() {
        var said = Tool.run("model", "where", BUILD, "--registry", server.url());
        assertThat(said.err()).isEmpty();
        assertThat(said.out().lines())
                .containsExactly(
                        "GATEWAY           SITE          STREAM            MODEL                     BUILD         SINCE                UNTIL",
                        "gw-north          north         climate           climate-event             4bf5122f3445  2026-01-02 03:04:05  runs, last noted 2026-01-02 03:04:05",
                        "gw-north          north         climate           climate-event             4bf5122f3445  2026-01-02 03:04:05  2026-01-02 03:04:05");
    }

    @Test
    void saysWhatAGatewayRanAtAMoment() {
        var said = Tool.run(
                "model", "ran", "gw-north", "--at", "2026-01-02T03:04:05Z", "--json", "--registry", server.url());
        assertThat(said.json().at("/0/stream").asText()).isEqualTo("climate");
        assertThat(asked).containsExactly("/api/v1/lineage/gateways/gw-north?at=2026-01-02T03:04:05Z");
    }

    @Test
    void saysWhatAGatewayRanOnADayAndWhenNothingWasHeardOfIt() {
        var said = Tool.run(
                "model",
                "ran",
                "gw-north",
                "--on",
                "2026-01-02",
                "--zone",
                "Europe/Berlin",
                "--registry",
                server.url());
        assertThat(said.err()).isEmpty();
        assertThat(said.out().lines().limit(4))
                .containsExactly(
                        "from 2026-01-01 23:00:00 to 2026-01-02 23:00:00 UTC:",
                        "nothing was heard of it from 2026-01-01 23:00:00 to 2026-01-02 03:04:05",
                        "nothing was heard of it from 2026-01-02 03:04:05 to 2026-01-02 23:00:00",
                        "GATEWAY           SITE          STREAM            MODEL                     BUILD         SINCE                UNTIL");
        assertThat(asked)
                .containsExactly("/api/v1/lineage/gateways/gw-north?from=2026-01-01T23:00:00Z&to=2026-01-02T23:00:00Z");
        assertThat(Tool.run("model", "ran", "gw-north", "--on", "someday").err())
                .contains("'someday' must be a day such as 2026-11-17, yesterday or tuesday");
        assertThat(Tool.run("model", "ran", "gw-north", "--on", "today", "--at", "2026-01-02T03:04:05Z")
                        .err())
                .contains("--at, --on, and --from with --to each name a time: give one of them");
    }

    @Test
    void forgetsAGatewayThatIsGoneForGood() {
        var said = Tool.run("model", "forget", "gw-north", "--registry", server.url());
        assertThat(said.err()).isEmpty();
        assertThat(said.out()).contains("gw-north");
        assertThat(asked).containsExactly("DELETE /api/v1/lineage/gateways/gw-north");
    }

    @Test
    void saysWhatCameFromACalibration() {
        assertThat(Tool.run("model", "from", BUILD, "--registry", server.url())
                        .out()
                        .lines())
                .containsExactly(
                        "MODEL                     BUILD         PARENT        RECIPE                    MADE",
                        "climate-event             4bf5122f3445  -             static-minmax             2026-01-02 03:04:05");
    }

    @Test
    void aWrongCommandLineIsSaidInOneLine() {
        assertThat(Tool.run("model").err())
                .contains(
                        "no command given: must be one of push, list, show, pull, from, where, ran, forget, sign, verify");
        assertThat(Tool.run("model", "where", "abc").exit()).isEqualTo(2);
        assertThat(Tool.run("model", "ran", "GW!").err()).contains("gateway 'GW!' must be 1 to 63 characters");
    }

    private void answer(HttpExchange exchange) throws IOException {
        var method = exchange.getRequestMethod();
        asked.add((method.equals("GET") ? "" : method + " ") + exchange.getRequestURI());
        var current = new Sighting(
                new GatewayId("gw-north"), new SiteId("north"), new StreamId("climate"), MODEL, BUILD, AT, AT, true);
        var card = new BuildCard(
                MODEL, BUILD, "static-minmax", Optional.of(BUILD), Optional.empty(), "quantizer", List.of(), 1, AT);
        var answer = exchange.getRequestURI().getPath().contains("/calibrations/")
                ? List.of(new ModelView.Build(BUILD, card, Optional.empty()))
                : List.of(current, current.over());
        var bytes = Json.encode(answer);
        exchange.sendResponseHeaders(200, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }
}
