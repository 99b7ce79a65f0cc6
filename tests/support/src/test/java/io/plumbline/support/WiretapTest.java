package io.plumbline.support;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class WiretapTest {

    private final List<String> passed = new CopyOnWriteArrayList<>();
    private HttpServer service;
    private Wiretap tap;

    @BeforeEach
    void start() throws IOException {
        service = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        service.createContext("/", exchange -> {
            try (exchange) {
                var asked = exchange.getRequestBody().readAllBytes();
                exchange.getResponseHeaders().add("ETag", "\"7\"");
                if (exchange.getRequestMethod().equals("HEAD")) {
                    exchange.getResponseHeaders().add("Content-Length", "5");
                    exchange.sendResponseHeaders(200, -1);
                    return;
                }
                exchange.sendResponseHeaders(asked.length == 0 ? 304 : 201, asked.length == 0 ? -1 : asked.length);
                exchange.getResponseBody().write(asked);
            }
        });
        service.start();
        var url = URI.create("http://127.0.0.1:" + service.getAddress().getPort());
        tap = Wiretap.before(
                url, (where, bytes) -> passed.add(where + ": " + new String(bytes, StandardCharsets.UTF_8)));
    }

    @AfterEach
    void stop() {
        tap.close();
        service.stop(0);
    }

    private HttpResponse<String> send(String method, String body) throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(tap.url().resolve("/a/b?c=d%20e"))
                .header("X-Note", "n")
                .method(method, BodyPublishers.ofString(body))
                .build();
        return HttpClient.newHttpClient().send(request, BodyHandlers.ofString());
    }

    @Test
    void bodiesStatusAndHeadersGoThroughAndAreShown() throws Exception {
        // When
        var answer = send("PUT", "hello");

        // Then
        assertThat(answer.statusCode()).isEqualTo(201);
        assertThat(answer.body()).isEqualTo("hello");
        assertThat(answer.headers().firstValue("ETag")).contains("\"7\"");
        assertThat(passed)
                .contains("PUT /a/b?c=d%20e, request: hello", "PUT /a/b?c=d%20e, answer: hello")
                .anySatisfy(one ->
                        assertThat(one).contains("headers of the request").containsIgnoringCase("x-note"));
    }

    @Test
    void answersWithoutABodyGoThrough() throws Exception {
        // When, Then
        assertThat(send("GET", "").statusCode()).isEqualTo(304);
        var head = send("HEAD", "");
        assertThat(head.statusCode()).isEqualTo(200);
        assertThat(head.headers().firstValue("Content-Length")).contains("5");
    }
}
