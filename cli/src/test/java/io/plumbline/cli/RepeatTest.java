package io.plumbline.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpExchange;
import io.plumbline.contract.artifact.ModelSummary;
import io.plumbline.contract.id.ModelName;
import io.plumbline.contract.wire.Json;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Lists that somebody watches. */
class RepeatTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final AtomicInteger asked = new AtomicInteger();

    @Test
    void whatIsWatchedIsPrintedAgainOnceItIsSomethingElse() throws Exception {
        try (var server = new LocalServer(this::answer)) {
            // Given
            var said = new CompletableFuture<Tool.Said>();
            var thread = new Thread(
                    () -> said.complete(Tool.run("model", "list", "--watch", "--json", "--registry", server.url())));
            thread.start();

            // When: one model, two, and two again
            await().atMost(PATIENCE).untilAsserted(() -> assertThat(asked).hasValueGreaterThanOrEqualTo(4));
            thread.interrupt();

            // Then
            var lines = said.get(PATIENCE.toSeconds(), TimeUnit.SECONDS)
                    .out()
                    .lines()
                    .toList();
            assertThat(lines).hasSize(2).allMatch(line -> line.startsWith("[{") && line.endsWith("}]"));
            assertThat(lines.get(0)).contains("\"one\"").doesNotContain("\"two\"");
            assertThat(lines.get(1)).contains("\"one\"", "\"two\"");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "get",
                "rollout list",
                "rollout show",
                "alerts",
                "alerts list",
                "recalibrations",
                "gateway list",
                "model list",
                "model show"
            })
    void everyListCanBeWatched(String command) {
        var words = new ArrayList<Object>(List.of(command.split(" ")));
        words.add("--help");

        assertThat(Tool.run(words.toArray()).out()).contains("--watch");
    }

    private void answer(HttpExchange exchange) throws IOException {
        var models = asked.getAndIncrement() == 0 ? List.of(model("one")) : List.of(model("one"), model("two"));
        var body = Json.encode(models);
        exchange.sendResponseHeaders(200, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    private static ModelSummary model(String name) {
        return new ModelSummary(new ModelName(name), 1, 3, "READY", List.of("v1"));
    }
}
