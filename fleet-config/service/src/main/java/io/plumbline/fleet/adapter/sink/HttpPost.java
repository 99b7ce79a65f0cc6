package io.plumbline.fleet.adapter.sink;

import io.plumbline.fleet.core.post.Delivery;
import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodySubscriber;
import java.net.http.HttpResponse.BodySubscribers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;

/** A POST and what its answer means for a letter. Thread-safe. */
final class HttpPost {

    private static final int TOO_MANY = 429;
    private static final int REQUEST_TIMEOUT = 408;
    private static final int PROBLEM = 200;
    private static final int KEPT_BYTES = 4096;

    private final HttpClient client;
    private final Duration patience;

    HttpPost(Duration connect, Duration patience) {
        // A redirect could carry an alert, and its signature, to somewhere that nobody wrote into the fleet file.
        this.client = HttpClient.newBuilder()
                .connectTimeout(connect)
                .followRedirects(HttpClient.Redirect.NEVER)
                .build();
        this.patience = patience;
    }

    static HttpPost usual() {
        return new HttpPost(Duration.ofSeconds(5), Duration.ofSeconds(10));
    }

    /**
     * 2xx is done; 408, 429 and 5xx mean that it would take nothing else either, as does no whole answer in time; all else is about this
     * letter. What is told of it holds nothing of the headers, nor the path: they may hold a token.
     */
    Delivery post(URI url, Map<String, String> headers, byte[] body) {
        var request = HttpRequest.newBuilder(url).POST(HttpRequest.BodyPublishers.ofByteArray(body));
        for (var header : headers.entrySet()) {
            try {
                request.header(header.getKey(), header.getValue());
            } catch (IllegalArgumentException e) {
                return new Delivery.Unreachable("header " + header.getKey() + " for " + name(url)
                        + " cannot be sent: its value has a character that no header may have");
            }
        }
        var answer = client.sendAsync(request.build(), head -> beginning());
        try {
            // The client's own timeout ends with the headers.
            return delivery(answer.get(patience.toMillis(), TimeUnit.MILLISECONDS), headers);
        } catch (TimeoutException e) {
            return new Delivery.Unreachable(name(url) + " gives no whole answer within " + patience);
        } catch (ExecutionException e) {
            return new Delivery.Unreachable(name(url) + " does not answer: " + e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Delivery.Unreachable("interrupted");
        } finally {
            answer.cancel(true);
        }
    }

    /** Keeps the beginning of a body; the rest is let go. */
    private static BodySubscriber<String> beginning() {
        var kept = new ByteArrayOutputStream();
        return BodySubscribers.mapping(
                BodySubscribers.ofByteArrayConsumer(bytes ->
                        bytes.ifPresent(some -> kept.write(some, 0, Math.min(some.length, KEPT_BYTES - kept.size())))),
                end -> kept.toString(StandardCharsets.UTF_8));
    }

    private static Delivery delivery(HttpResponse<String> answer, Map<String, String> headers) {
        var status = answer.statusCode();
        if (status / 100 == 2) {
            return new Delivery.Done();
        }
        var said = withoutSecrets(answer.body().strip().lines().findFirst().orElse(""), answer.uri(), headers);
        var problem = name(answer.uri()) + " answers " + status
                + (said.isEmpty() ? "" : ": " + said.substring(0, Math.min(said.length(), PROBLEM)));
        return status / 100 == 5 || status == TOO_MANY || status == REQUEST_TIMEOUT
                ? new Delivery.Unreachable(problem)
                : new Delivery.Refused(problem);
    }

    /** Servers like to repeat what they were asked. */
    private static String withoutSecrets(String said, URI url, Map<String, String> headers) {
        var token = headers.getOrDefault("Authorization", "").replaceFirst("^Bearer ", "");
        return Stream.of(token, url.getRawPath(), url.getRawQuery())
                .filter(secret -> secret != null && secret.length() > 1)
                .reduce(said, (text, secret) -> text.replace(secret, "..."));
    }

    private static String name(URI url) {
        return url.getScheme() + "://" + url.getRawAuthority();
    }
}
