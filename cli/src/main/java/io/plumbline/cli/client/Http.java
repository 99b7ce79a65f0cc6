package io.plumbline.cli.client;

import com.fasterxml.jackson.databind.JsonNode;
import io.plumbline.cli.login.Authorization;
import io.plumbline.contract.wire.Json;
import io.plumbline.contract.wire.MalformedMessageException;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodySubscribers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/** One server over HTTP, with errors for people. */
final class Http {

    private static final int REASON_LENGTH = 400;
    private static final int UNAUTHORIZED = 401;
    private static final int MOST_REDIRECTS = 5;
    private static final Set<Integer> REDIRECTS = Set.of(301, 302, 303, 307, 308);
    private static final Set<String> READING = Set.of("GET", "HEAD");
    private static final HttpClient CLIENT = HttpClient.newBuilder()
            .connectTimeout(Duration.ofSeconds(5))
            .followRedirects(HttpClient.Redirect.NEVER)
            .build();

    private final String name;
    private final URI base;
    private final Optional<String> token;
    private final Optional<Authorization> authorization;

    /** Of a server that asks nobody who he is. */
    Http(String name, URI base) {
        this(name, base, Optional.empty());
    }

    /** @param token sent as bearer token; empty for none */
    Http(String name, URI base, Optional<String> token) {
        this(name, base, token, Optional.empty());
    }

    private Http(String name, URI base, Optional<String> token, Optional<Authorization> authorization) {
        this.name = name;
        this.base = base;
        this.token = token;
        this.authorization = authorization;
    }

    /** Of a server that asks who one is. */
    static Http asked(String name, URI base, Authorization authorization) {
        return new Http(name, base, Optional.empty(), Optional.of(authorization));
    }

    HttpRequest.Builder request(String path) {
        var request = HttpRequest.newBuilder(base.resolve(path)).timeout(Duration.ofSeconds(30));
        token.filter(secret -> isOurs(base.resolve(path)))
                .ifPresent(secret -> request.header("Authorization", "Bearer " + secret));
        return request;
    }

    HttpResponse<byte[]> send(HttpRequest request) throws ClientException {
        return send(request, HttpResponse.BodyHandlers.ofByteArray());
    }

    /** @throws ClientException unless the answer is 2xx, whose body is in the file then */
    void download(HttpRequest request, Path file) throws ClientException {
        var response = send(
                request,
                answer -> answer.statusCode() / 100 == 2
                        ? BodySubscribers.mapping(BodySubscribers.ofFile(file), written -> new byte[0])
                        : BodySubscribers.ofByteArray());
        if (response.statusCode() / 100 != 2) {
            throw refusal(request, response);
        }
    }

    private HttpResponse<byte[]> send(HttpRequest request, HttpResponse.BodyHandler<byte[]> handler)
            throws ClientException {
        var response = followed(request, handler);
        var asked = response.headers().firstValue("WWW-Authenticate");
        if (response.statusCode() != UNAUTHORIZED
                || asked.isEmpty()
                || authorization.isEmpty()
                || !isOurs(response.uri())) {
            return response;
        }
        authorization.get().meet(asked.get());
        return followed(request, handler);
    }

    /** What is elsewhere is asked for there, without what is for the server alone. */
    private HttpResponse<byte[]> followed(HttpRequest request, HttpResponse.BodyHandler<byte[]> handler)
            throws ClientException {
        var next = request;
        var response = exchange(next, handler);
        for (int i = 0; i < MOST_REDIRECTS && isRedirect(next, response); i++) {
            var target = target(response);
            next = HttpRequest.newBuilder(
                            next, (field, value) -> isOurs(target) || !field.equalsIgnoreCase("Authorization"))
                    .uri(target)
                    .build();
            response = exchange(next, handler);
        }
        return response;
    }

    private static boolean isRedirect(HttpRequest request, HttpResponse<byte[]> response) {
        return REDIRECTS.contains(response.statusCode())
                && READING.contains(request.method())
                && response.headers().firstValue("Location").isPresent();
    }

    private URI target(HttpResponse<byte[]> response) throws ClientException {
        var location = response.headers().firstValue("Location").orElse("");
        try {
            var target = response.uri().resolve(location);
            if (!"https".equals(response.uri().getScheme()) || "https".equals(target.getScheme())) {
                return target;
            }
        } catch (IllegalArgumentException e) {
            throw new ClientException(
                    "the " + name + " at " + base + " points to '" + location + "', which is no address", e);
        }
        throw new ClientException("the " + name + " at " + base + " points to " + location
                + ", which is not safe as it is itself: https was left");
    }

    private boolean isOurs(URI uri) {
        return base.getScheme().equals(uri.getScheme()) && base.getAuthority().equals(uri.getAuthority());
    }

    private HttpResponse<byte[]> exchange(HttpRequest plain, HttpResponse.BodyHandler<byte[]> handler)
            throws ClientException {
        var shown = authorization.filter(who -> isOurs(plain.uri())).flatMap(Authorization::header);
        var request = shown.isEmpty()
                ? plain
                : HttpRequest.newBuilder(plain, (field, value) -> true)
                        .setHeader("Authorization", shown.get())
                        .build();
        try {
            return CLIENT.send(request, handler);
        } catch (IOException e) {
            throw new ClientException("the " + name + " at " + base + " cannot be reached: " + e, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ClientException("interrupted while waiting for the " + name, e);
        }
    }

    /** @throws ClientException unless the answer is 2xx */
    HttpResponse<byte[]> expectSuccess(HttpRequest request) throws ClientException {
        var response = send(request);
        if (response.statusCode() / 100 != 2) {
            throw refusal(request, response);
        }
        return response;
    }

    ClientException refusal(HttpRequest request, HttpResponse<byte[]> response) {
        var body = said(response.body());
        var reason = body.length() > REASON_LENGTH ? body.substring(0, REASON_LENGTH) + "..." : body;
        return new ClientException("the " + name + " answered " + request.method() + " "
                + request.uri().getPath() + " with " + response.statusCode() + (reason.isEmpty() ? "" : ": " + reason));
    }

    /**
     * The control plane answers a refusal with one sentence in JSON, registries with a list of errors (OCI distribution, error
     * codes); other servers with what they like.
     */
    private static String said(byte[] body) {
        try {
            var json = Json.decode(body, JsonNode.class);
            if (json.path("error").isTextual()) {
                return json.path("error").asText();
            }
            var first = json.path("errors").path(0);
            if (first.path("message").isTextual()) {
                return first.path("message").asText() + " ("
                        + first.path("code").asText() + ")";
            }
        } catch (MalformedMessageException e) {
            return text(body);
        }
        return text(body);
    }

    private static String text(byte[] body) {
        return new String(body, StandardCharsets.UTF_8).strip();
    }
}
