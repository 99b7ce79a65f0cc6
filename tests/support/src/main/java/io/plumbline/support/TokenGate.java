package io.plumbline.support;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A door before an OCI registry that lets in who has a token of its own token server, for the repository and for what he does there, as
 * registries on the internet do.
 */
public final class TokenGate implements AutoCloseable {

    private static final Pattern REPOSITORY = Pattern.compile("/v2/(.+)/(?:blobs|manifests|tags|referrers)/.*");
    private static final List<String> PASSED = List.of("Content-Type", "Accept", "Range");
    private static final List<String> RETURNED =
            List.of("Content-Type", "Location", "Docker-Content-Digest", "OCI-Subject", "Range", "Content-Range");

    private final HttpClient http = HttpClient.newHttpClient();
    private final Map<String, String> tokens = new ConcurrentHashMap<>();
    private final List<String> scopes = new CopyOnWriteArrayList<>();
    private final HttpServer server;
    private final URI registry;
    private final String login;

    /** @param user who may do everything, with this password; nobody else may anything */
    public TokenGate(String registry, String user, String password) throws IOException {
        this.registry = URI.create(registry);
        var pair = (user + ":" + password).getBytes(StandardCharsets.UTF_8);
        this.login = "Basic " + Base64.getEncoder().encodeToString(pair);
        this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/token", this::token);
        server.createContext("/", this::pass);
        server.start();
    }

    public String url() {
        return "http://" + authority();
    }

    /** Host and port. */
    public String authority() {
        return "127.0.0.1:" + server.getAddress().getPort();
    }

    /** What tokens were given for, in order. */
    public List<String> scopes() {
        return List.copyOf(scopes);
    }

    /** All tokens that were given are over. */
    public void expire() {
        tokens.clear();
    }

    private void token(HttpExchange exchange) throws IOException {
        try (exchange) {
            if (!login.equals(exchange.getRequestHeaders().getFirst("Authorization"))) {
                exchange.sendResponseHeaders(401, -1);
                return;
            }
            var scope = Optional.ofNullable(exchange.getRequestURI().getRawQuery()).stream()
                    .flatMap(query -> List.of(query.split("&")).stream())
                    .filter(one -> one.startsWith("scope="))
                    .map(one -> URLDecoder.decode(one.substring("scope=".length()), StandardCharsets.UTF_8))
                    .findFirst()
                    .orElse("");
            var token = UUID.randomUUID().toString();
            tokens.put("Bearer " + token, scope);
            scopes.add(scope);
            answer(exchange, 200, ("{\"token\":\"" + token + "\"}").getBytes(StandardCharsets.UTF_8));
        }
    }

    private void pass(HttpExchange exchange) throws IOException {
        try (exchange) {
            var sent = exchange.getRequestBody().readAllBytes();
            var wanted = wanted(exchange);
            var shown = Optional.ofNullable(exchange.getRequestHeaders().getFirst("Authorization"));
            var granted = shown.map(token -> tokens.getOrDefault(token, "")).orElse("");
            if (!granted.equals(wanted) && !granted.equals(wanted + ",push")) {
                exchange.getResponseHeaders()
                        .add(
                                "WWW-Authenticate",
                                "Bearer realm=\"" + url() + "/token\",service=\"gate\",scope=\"" + wanted + "\"");
                exchange.sendResponseHeaders(401, -1);
                return;
            }
            forward(exchange, sent);
        }
    }

    private static String wanted(HttpExchange exchange) {
        var reads = List.of("GET", "HEAD").contains(exchange.getRequestMethod());
        var repository = Optional.of(REPOSITORY.matcher(exchange.getRequestURI().getPath()))
                .filter(Matcher::matches)
                .map(found -> found.group(1))
                .orElse("");
        return "repository:" + repository + (reads ? ":pull" : ":pull,push");
    }

    private void forward(HttpExchange exchange, byte[] sent) throws IOException {
        var request = HttpRequest.newBuilder(
                        registry.resolve(exchange.getRequestURI().toString()))
                .method(exchange.getRequestMethod(), HttpRequest.BodyPublishers.ofByteArray(sent));
        for (var name : PASSED) {
            Optional.ofNullable(exchange.getRequestHeaders().getFirst(name))
                    .ifPresent(value -> request.setHeader(name, value));
        }
        try {
            var response = http.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
            for (var name : RETURNED) {
                response.headers()
                        .firstValue(name)
                        .ifPresent(value ->
                                exchange.getResponseHeaders().add(name, value.replace(registry.toString(), url())));
            }
            answer(exchange, response.statusCode(), response.body());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    private static void answer(HttpExchange exchange, int status, byte[] body) throws IOException {
        var isEmpty = body.length == 0 || exchange.getRequestMethod().equals("HEAD");
        exchange.sendResponseHeaders(status, isEmpty ? -1 : body.length);
        if (!isEmpty) {
            exchange.getResponseBody().write(body);
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
