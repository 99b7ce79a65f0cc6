package io.plumbline.cli.show;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import io.plumbline.cli.LocalServer;
import io.plumbline.client.ClientException;
import io.plumbline.client.Http;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Against a server that is not always there. */
class WatchingTest {

    private static final Duration SOON = Duration.ofMillis(1);

    private final StringWriter err = new StringWriter();
    private final Queue<Integer> statuses = new ArrayDeque<>();
    private String url = "";

    @Test
    void waitsForAServerThatIsNotReadyAndSaysItOnce() throws Exception {
        // Given
        statuses.addAll(List.of(503, 502, 504, 200, 200));
        try (var server = new LocalServer(this::answer)) {
            url = server.url();
            var watching = watching(Duration.ofMinutes(5));

            // When
            var first = watching.ask(this::question);
            var second = watching.ask(this::question);

            // Then
            assertThat(List.of(first, second)).containsExactly("said", "said");
            assertThat(err.toString().lines())
                    .containsExactly(
                            "the control plane answered GET /x with 503: not now; it is waited for",
                            "it answers again");
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 401, 404, 409, 500})
    void doesNotWaitWhereTheServerRefuses(int status) throws Exception {
        statuses.add(status);
        try (var server = new LocalServer(this::answer)) {
            url = server.url();

            assertThatThrownBy(() -> watching(Duration.ofMinutes(5)).ask(this::question))
                    .isInstanceOf(ClientException.class)
                    .hasMessageContaining("with " + status);
            assertThat(err.toString()).isEmpty();
        }
    }

    @Test
    void givesUpOnAServerThatStaysAway() throws Exception {
        try (var server = new LocalServer(this::answer)) {
            url = server.url();
        }

        assertThatThrownBy(() -> watching(Duration.ZERO).ask(this::question))
                .isInstanceOf(ClientException.class)
                .hasMessageContaining("cannot be reached")
                .hasMessageEndingWith("; given up after PT0S");
    }

    private Watching watching(Duration patience) {
        return new Watching(new PrintWriter(err), SOON, patience);
    }

    private String question() throws ClientException {
        var answer = new Http("control plane", URI.create(url)).get("/x");
        return new String(answer.body(), StandardCharsets.UTF_8);
    }

    private void answer(HttpExchange exchange) throws IOException {
        var status = statuses.remove();
        var body = (status == 200 ? "said" : "not now").getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }
}
