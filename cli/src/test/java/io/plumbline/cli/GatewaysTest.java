package io.plumbline.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import io.plumbline.contract.enrolment.EnrolmentBook;
import io.plumbline.contract.enrolment.NewInvitation;
import io.plumbline.contract.id.GatewayId;
import io.plumbline.contract.id.SiteId;
import io.plumbline.contract.wire.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The command against a server that answers as the control plane does. */
class GatewaysTest {

    private static final Instant AT = Instant.parse("2026-01-02T03:04:05Z");
    private static final SiteId NORTH = new SiteId("north");

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
    void printsTheTokenAloneSoThatItCanGoToAFile() {
        // When
        var invited = Tool.run(
                "gateway",
                "invite",
                "--site",
                "north",
                "--labels",
                "hardware=nuc,isa=x64-vnni",
                "--expires",
                "30m",
                "--by",
                "ada",
                "--reason",
                "new room",
                "--fleet",
                server.url());

        // Then
        assertThat(invited.exit()).as(invited.err()).isZero();
        assertThat(invited.out().strip()).isEqualTo("the-token");
        assertThat(invited.err())
                .contains("for one gateway on site north, until 2026-01-02T03:04:05Z; it is not shown again");
        assertThat(asked)
                .containsExactly("POST /api/v1/invitations {\"site\":\"north\",\"labels\":{\"hardware\":\"nuc\","
                        + "\"isa\":\"x64-vnni\"},\"lasting\":\"PT30M\",\"by\":\"ada\",\"reason\":\"new room\"}");
    }

    @Test
    void listsWhoCameAndWhoMay() {
        // When
        var listed = Tool.run("gateway", "list", "--fleet", server.url());

        // Then
        assertThat(listed.exit()).as(listed.err()).isZero();
        assertThat(listed.out().lines().map(String::strip))
                .containsExactly(
                        "GATEWAY           SITE   ENROLLED             STATE                           LABELS",
                        "gw-7              north  2026-01-02 03:04:05  in the fleet                    hardware=nuc",
                        "gw-8              north  2026-01-02 03:04:05  removed 2026-01-02 03:04:05     -",
                        "(invited by ada)  any    -                    open until 2026-01-02 03:04:05  -");
    }

    @Test
    void removesOneAndSaysSo() {
        // When
        var removed = Tool.run("gateway", "remove", "gw-7", "--by", "ada", "--reason", "lent", "--fleet", server.url());
        var unreasoned = Tool.run("gateway", "remove", "gw-7", "--fleet", server.url());

        // Then
        assertThat(removed.out().strip()).isEqualTo("gateway gw-7 is no longer in the fleet");
        assertThat(asked).containsExactly("DELETE /api/v1/enrolments/gw-7?author=ada&reason=lent ");
        assertThat(unreasoned.exit()).isEqualTo(2);
    }

    private void answer(HttpExchange exchange) throws IOException {
        var method = exchange.getRequestMethod();
        var body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        asked.add(method + " " + exchange.getRequestURI() + " " + body);
        if (method.equals("DELETE")) {
            exchange.sendResponseHeaders(204, -1);
        } else {
            var answer = method.equals("POST")
                    ? Json.encode(new NewInvitation("the-token", Optional.of(NORTH), AT))
                    : Json.encode(book());
            exchange.sendResponseHeaders(200, answer.length);
            exchange.getResponseBody().write(answer);
        }
        exchange.close();
    }

    private static EnrolmentBook book() {
        return new EnrolmentBook(
                List.of(
                        new EnrolmentBook.Entry(
                                new GatewayId("gw-7"), NORTH, Map.of("hardware", "nuc"), AT, Optional.empty()),
                        new EnrolmentBook.Entry(new GatewayId("gw-8"), NORTH, Map.of(), AT, Optional.of(AT))),
                List.of(new EnrolmentBook.Open(Optional.empty(), Map.of(), AT, "ada", "")));
    }
}
