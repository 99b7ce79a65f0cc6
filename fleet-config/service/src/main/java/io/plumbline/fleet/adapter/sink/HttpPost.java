package io.plumbline.fleet.adapter.sink;

import io.plumbline.fleet.core.post.Delivery;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;

/** A POST and what its answer means for a letter. Thread-safe. */
final class HttpPost {

    private static final int TOO_MANY = 429;
    private static final int REQUEST_TIMEOUT = 408;
    private static final int PROBLEM = 200;

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

    /** 2xx is done; 408, 429 and 5xx mean that it would take nothing else either, as does no answer; all else is about this letter. */
    Delivery post(URI url, Map<String, String> headers, byte[] body) {
        var request = HttpRequest.newBuilder(url).timeout(patience).POST(HttpRequest.BodyPublishers.ofByteArray(body));
        headers.forEach(request::header);
        try {
            return delivery(client.send(request.build(), HttpResponse.BodyHandlers.ofString()));
        } catch (IOException e) {
            return new Delivery.Unreachable(name(url) + " does not answer: " + e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Delivery.Unreachable("interrupted");
        }
    }

    private static Delivery delivery(HttpResponse<String> answer) {
        var status = answer.statusCode();
        if (status / 100 == 2) {
            return new Delivery.Done();
        }
        var said = answer.body().strip().lines().findFirst().orElse("");
        var problem = name(answer.uri()) + " answers " + status
                + (said.isEmpty() ? "" : ": " + said.substring(0, Math.min(said.length(), PROBLEM)));
        return status / 100 == 5 || status == TOO_MANY || status == REQUEST_TIMEOUT
                ? new Delivery.Unreachable(problem)
                : new Delivery.Refused(problem);
    }

    /** Without path and query: they may hold a token. */
    private static String name(URI url) {
        return url.getScheme() + "://" + url.getRawAuthority();
    }
}
