package io.plumbline.cli.client;

import io.plumbline.contract.wire.Json;
import io.plumbline.contract.wire.MalformedMessageException;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;

/** One server over HTTP, with errors for people. */
final class Http {

    private static final int REASON_LENGTH = 400;
    private static final HttpClient CLIENT = HttpClient.newBuilder()
            .connectTimeout(Duration.ofSeconds(5))
            .followRedirects(HttpClient.Redirect.NORMAL)
            .build();

    private final String name;
    private final URI base;
    private final Optional<String> token;

    Http(String name, URI base) {
        this(name, base, Optional.empty());
    }

    /** @param token sent as bearer token; empty for none */
    Http(String name, URI base, Optional<String> token) {
        this.name = name;
        this.base = base;
        this.token = token;
    }

    HttpRequest.Builder request(String path) {
        var request = HttpRequest.newBuilder(base.resolve(path)).timeout(Duration.ofSeconds(30));
        token.ifPresent(secret -> request.header("Authorization", "Bearer " + secret));
        return request;
    }

    HttpResponse<byte[]> send(HttpRequest request) throws ClientException {
        try {
            return CLIENT.send(request, HttpResponse.BodyHandlers.ofByteArray());
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

    /** The control plane answers a refusal with one sentence in JSON; other servers with what they like. */
    private static String said(byte[] body) {
        try {
            return Json.decode(body, Refusal.class).error();
        } catch (MalformedMessageException e) {
            return new String(body, StandardCharsets.UTF_8).strip();
        }
    }

    private record Refusal(String error) {}
}
