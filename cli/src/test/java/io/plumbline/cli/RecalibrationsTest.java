package io.plumbline.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import io.plumbline.contract.artifact.RecalibrationView;
import io.plumbline.contract.id.Digest;
import io.plumbline.contract.id.GatewayId;
import io.plumbline.contract.id.ModelName;
import io.plumbline.contract.id.SiteId;
import io.plumbline.contract.message.RecalibrationEvent;
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

/** The commands against a server that answers as the registry does. */
class RecalibrationsTest {

    private static final Instant AT = Instant.parse("2026-01-02T03:04:05Z");
    private static final ModelName MODEL = new ModelName("climate-event");
    private static final Digest BUILD = Digest.of(new byte[] {1});

    private final List<String> asked = new CopyOnWriteArrayList<>();
    private LocalServer server;
    private boolean refuses;

    @BeforeEach
    void start() throws IOException {
        server = new LocalServer(this::answer);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void asksAndSaysWhereItStands() {
        // When
        var said = Tool.run(
                "recalibrate",
                "climate-event",
                "--site",
                "north",
                "--by",
                "ada",
                "--reason",
                "storm",
                "--registry",
                server.url());
        // Then
        assertThat(said.err()).isEmpty();
        assertThat(said.exit()).isZero();
        assertThat(said.out().lines())
                .containsExactly("OBSERVING, waiting for [gw-north] until 2026-01-02 03:05:05;"
                        + " plumbline recalibrations r-1 tells more");
        assertThat(asked)
                .containsExactly(
                        "POST /api/v1/recalibrations {\"model\":\"climate-event\",\"sites\":[\"north\"],\"by\":\"ada\","
                                + "\"because\":\"storm\",\"force\":false}");
    }

    @Test
    void waitsForTheEndAndTellsWhatHappens() {
        // When
        var said = Tool.run("recalibrate", "climate-event", "--wait", "--registry", server.url());
        // Then
        assertThat(said.exit()).isEqualTo(3);
        assertThat(said.out().lines())
                .containsExactly(
                        "2026-01-02 03:04:05  OBSERVING  asked [gw-north] for histograms",
                        "2026-01-02 03:04:05  REFUSED    refused: no candidate is better",
                        "refused: no candidate is better");
    }

    @Test
    void whatIsRefusedAtOnceHasAnExitCodeOfItsOwn() {
        refuses = true;
        var said = Tool.run("recalibrate", "climate-event", "--json", "--registry", server.url());
        assertThat(said.exit()).isEqualTo(3);
        assertThat(said.json().at("/outcome/because").asText()).isEqualTo("no candidate is better");
    }

    @Test
    void cancels() {
        var said = Tool.run("recalibrate", "--cancel", "r-1", "--by", "a b", "--registry", server.url());
        assertThat(said.exit()).isZero();
        assertThat(asked).containsExactly("DELETE /api/v1/recalibrations/r-1?by=a%20b");
    }

    @Test
    void listsAndTellsOne() {
        assertThat(Tool.run("recalibrations", "--registry", server.url()).out().lines())
                .containsExactly(
                        "REQUESTED            STEP       MODEL                     BUILD         SITES             ID",
                        "2026-01-02 03:04:05  OBSERVING  climate-event             4bf5122f3445  north             r-1");
        assertThat(Tool.run("recalibrations", "r-1", "--registry", server.url()).out())
                .contains("recalibration r-1 of climate-event", "because asked for by ada", "from [gw-north]");
    }

    @Test
    void samplesAreAskedForAndDeleted() throws Exception {
        Tool.run("recalibrations", "r-1", "--ask-samples", "--by", "a b", "--registry", server.url());
        Tool.run("recalibrations", "r-1", "--delete-samples", "--by", "ada", "--registry", server.url());
        assertThat(asked)
                .containsExactly(
                        "POST /api/v1/recalibrations/r-1/samples?by=a%20b",
                        "GET /api/v1/recalibrations/r-1",
                        "DELETE /api/v1/recalibrations/r-1/samples?by=ada",
                        "GET /api/v1/recalibrations/r-1");
        assertThat(Tool.run("recalibrations", "--delete-samples").err()).contains("need the ID of a recalibration");
    }

    @Test
    void aWrongCommandLineIsSaidInOneLine() {
        assertThat(Tool.run("recalibrate").err()).contains("give either the MODEL to recalibrate, or --cancel");
        assertThat(Tool.run("recalibrate", "Climate!").err()).contains("model 'Climate!' must be 1 to 63 characters");
        assertThat(Tool.run("recalibrate", "m", "--build", "abc").exit()).isEqualTo(2);
        assertThat(Tool.run("recalibrations", "--registry", "nowhere").err())
                .contains("must look like http://host:port");
    }

    private void answer(HttpExchange exchange) throws IOException {
        var body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        asked.add((exchange.getRequestMethod() + " " + exchange.getRequestURI() + " " + body).strip());
        var path = exchange.getRequestURI().getPath();
        var answer = exchange.getRequestMethod().equals("POST")
                ? view(refuses)
                : path.endsWith("/recalibrations") ? List.of(view(false)) : view(true);
        var bytes = Json.encode(answer);
        exchange.sendResponseHeaders(200, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    private static RecalibrationView view(boolean over) {
        var gateway = new GatewayId("gw-north");
        var request = new RecalibrationEvent.Requested(
                "r-1", MODEL, BUILD, BUILD, List.of(new SiteId("north")), "asked for by ada", AT);
        var asked = new RecalibrationView.Line(AT, "OBSERVING", "asked [gw-north] for histograms", Optional.empty());
        var end = new RecalibrationView.Line(AT, "REFUSED", "refused: no candidate is better", Optional.empty());
        return new RecalibrationView(
                request,
                over ? "REFUSED" : "OBSERVING",
                AT,
                AT,
                over ? List.of() : List.of(gateway),
                over ? Optional.empty() : Optional.of(AT.plusSeconds(60)),
                List.of(gateway),
                over
                        ? Optional.of(new RecalibrationEvent.Refused(
                                "r-1", MODEL, BUILD, "no candidate is better", List.of(), AT))
                        : Optional.empty(),
                over ? List.of(asked, end) : List.of(asked));
    }
}
