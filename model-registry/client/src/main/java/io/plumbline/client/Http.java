package io.plumbline.client;

import com.fasterxml.jackson.databind.JsonNode;
import io.plumbline.contract.login.Authorization;
import io.plumbline.contract.login.LoginException;
import io.plumbline.contract.login.OpenLine;
import io.plumbline.contract.login.Redirection;
import io.plumbline.contract.wire.Json;
import io.plumbline.contract.wire.MalformedMessageException;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/** One server over HTTP, with errors for people. */
public final class Http {

    private static final int REASON_LENGTH = 400;
    private static final int UNAUTHORIZED = 401;
    /** Bad Gateway, Service Unavailable, Gateway Timeout: whoever should answer is not there now. */
    private static final Set<Integer> UNAVAILABLE = Set.of(502, 503, 504);

    private static final Duration SILENCE = Duration.ofSeconds(30);
    private static final HttpClient CLIENT = HttpClient.newBuilder()
            .connectTimeout(Duration.ofSeconds(5))
            .followRedirects(HttpClient.Redirect.NEVER)
            .build();

    private final String name;
    private final URI base;
    private final Optional<String> token;
    private final Optional<Authorization> authorization;
    private final Duration silence;

    /** Of a server that asks nobody who he is. */
    public Http(String name, URI base) {
        this(name, base, Optional.empty());
    }

    /** @param token sent as bearer token; empty for none */
    public Http(String name, URI base, Optional<String> token) {
        this(name, base, token, Optional.empty(), SILENCE);
    }

    private Http(
            String name, URI base, Optional<String> token, Optional<Authorization> authorization, Duration silence) {
        this.name = name;
        this.base = base;
        this.token = token;
        this.authorization = authorization;
        this.silence = silence;
    }

    /** Of a server that asks who one is. */
    public static Http asked(String name, URI base, Authorization authorization) {
        return new Http(name, base, Optional.empty(), Optional.of(authorization), SILENCE);
    }

    /** The same server; an answer that stops in the middle for this long is given up. */
    public Http patientFor(Duration otherSilence) {
        return new Http(name, base, token, authorization, otherSilence);
    }

    public HttpRequest.Builder request(String path) {
        return request(base.resolve(path));
    }

    /** @param uri ours or somebody else's, who gets no token */
    public HttpRequest.Builder request(URI uri) {
        var request = HttpRequest.newBuilder(uri).timeout(Duration.ofSeconds(30));
        token.filter(secret -> isOurs(uri)).ifPresent(secret -> request.header("Authorization", "Bearer " + secret));
        return request;
    }

    public HttpResponse<byte[]> send(HttpRequest request) throws ClientException {
        return send(request, new Exchange.Memory(Exchange.Memory.MOST_BYTES));
    }

    /**
     * Writes the body into a file, through little memory.
     *
     * @param most bytes that it may have
     * @throws ClientException unless the answer is 2xx and came whole; the file may be there then
     */
    void download(HttpRequest request, Path file, long most) throws ClientException {
        try (var sink = new Exchange.OneFile(file, most)) {
            try {
                expectSuccess(request, sink);
            } catch (ClientException e) {
                if (sink.failure().isPresent()) {
                    throw sink.failure().get();
                }
                throw e;
            }
        } catch (IOException e) {
            throw new ClientException(file + " cannot be written: " + e, e);
        }
    }

    HttpResponse<byte[]> send(HttpRequest request, Exchange.Sink sink) throws ClientException {
        var response = followed(request, sink);
        var asked = response.headers().firstValue("WWW-Authenticate");
        if (response.statusCode() != UNAUTHORIZED
                || asked.isEmpty()
                || authorization.isEmpty()
                || !isOurs(response.uri())) {
            return response;
        }
        try {
            authorization.get().meet(asked.get());
        } catch (LoginException e) {
            throw new ClientException(String.valueOf(e.getMessage()), e);
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
        return followed(request, sink);
    }

    private HttpResponse<byte[]> followed(HttpRequest request, Exchange.Sink sink) throws ClientException {
        var next = Optional.of(request);
        var response = exchange(request, sink);
        for (int i = 0; i < Redirection.MOST && next.isPresent(); i++) {
            try {
                next = Redirection.after(next.get(), response);
            } catch (LoginException e) {
                throw astray(e);
            }
            if (next.isPresent()) {
                response = exchange(next.get(), sink);
            }
        }
        return response;
    }

    /** Where an answer points to, which is never from a safe place to an open line. */
    URI target(HttpResponse<byte[]> response) throws ClientException {
        try {
            return Redirection.target(
                    response, response.headers().firstValue("Location").orElse(""));
        } catch (LoginException e) {
            throw astray(e);
        }
    }

    /** Where the next page of a list is; empty on the last. */
    Optional<URI> next(HttpResponse<byte[]> response) throws ClientException {
        try {
            return Redirection.nextPage(response);
        } catch (LoginException e) {
            throw astray(e);
        }
    }

    private ClientException astray(LoginException e) {
        return new ClientException("the " + name + " at " + base + " " + e.getMessage(), e);
    }

    private ClientException interrupted(InterruptedException e) {
        Thread.currentThread().interrupt();
        return new ClientException("interrupted while waiting for the " + name, e);
    }

    private boolean isOurs(URI uri) {
        return Redirection.isSameServer(base, uri);
    }

    private HttpResponse<byte[]> exchange(HttpRequest plain, Exchange.Sink sink) throws ClientException {
        if (token.isPresent() && isOurs(plain.uri())) {
            try {
                OpenLine.refuse(base, "a token");
            } catch (LoginException e) {
                throw new ClientException(String.valueOf(e.getMessage()), e);
            }
        }
        var shown = authorization.filter(who -> isOurs(plain.uri())).flatMap(Authorization::header);
        var request = shown.isEmpty()
                ? plain
                : HttpRequest.newBuilder(plain, (field, value) -> true)
                        .setHeader("Authorization", shown.get())
                        .build();
        var exchange = new Exchange(sink);
        try {
            return exchange.send(CLIENT, request, silence);
        } catch (IOException e) {
            var trouble = exchange.isAnswered()
                    ? " does not answer " + request.method() + " "
                            + request.uri().getPath() + " to the end: " + e.getMessage()
                    : " cannot be reached: " + e;
            throw ClientException.passing("the " + name + " at " + base + trouble, e);
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    /** @throws ClientException unless the answer is 2xx */
    public HttpResponse<byte[]> get(String path) throws ClientException {
        return expectSuccess(request(path).build());
    }

    public <T> T get(String path, Class<T> type) throws ClientException {
        return decode(get(path).body(), type);
    }

    /** @param body sent as JSON */
    public <T> T post(String path, Object body, Class<T> type) throws ClientException {
        var request = request(path)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofByteArray(Json.encode(body)))
                .build();
        return decode(expectSuccess(request).body(), type);
    }

    /** @throws ClientException if an answer is not what it should be */
    public <T> T decode(byte[] answer, Class<T> type) throws ClientException {
        try {
            return Json.decode(answer, type);
        } catch (MalformedMessageException e) {
            throw new ClientException("the " + name + "'s answer is not understood: " + e.getMessage(), e);
        }
    }

    /** A text as one segment of a path, or a value in a query. */
    public static String segment(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    /** @throws ClientException unless the answer is 2xx */
    public HttpResponse<byte[]> expectSuccess(HttpRequest request) throws ClientException {
        return expectSuccess(request, new Exchange.Memory(Exchange.Memory.MOST_BYTES));
    }

    /** @throws ClientException unless the answer is 2xx */
    HttpResponse<byte[]> expectSuccess(HttpRequest request, Exchange.Sink sink) throws ClientException {
        var response = send(request, sink);
        if (response.statusCode() / 100 != 2) {
            throw refusal(request, response);
        }
        return response;
    }

    public ClientException refusal(HttpRequest request, HttpResponse<byte[]> response) {
        var said = refusal(request.method(), request.uri().getPath(), response);
        return UNAVAILABLE.contains(response.statusCode()) ? ClientException.passing(said) : new ClientException(said);
    }

    private String refusal(String method, String path, HttpResponse<byte[]> response) {
        var body = said(response.body());
        var reason = body.length() > REASON_LENGTH ? body.substring(0, REASON_LENGTH) + "..." : body;
        return "the " + name + " answered " + method + " " + path + " with " + response.statusCode()
                + (reason.isEmpty() ? "" : ": " + reason);
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
