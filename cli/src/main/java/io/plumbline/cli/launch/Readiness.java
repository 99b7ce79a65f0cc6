package io.plumbline.cli.launch;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;

/** Waits until a service says that it is ready. */
final class Readiness {

    private static final Duration POLL = Duration.ofMillis(100);
    private static final HttpClient HTTP =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(1)).build();

    private Readiness() {}

    /** @param fact what the answer must hold beside being positive, without white space; may be empty */
    static void await(ChildProcess child, URI service, String fact, Duration limit)
            throws LaunchException, InterruptedException {
        var deadline = System.nanoTime() + limit.toNanos();
        while (!isReady(service, fact)) {
            child.requireAlive();
            if (System.nanoTime() > deadline) {
                throw new LaunchException(
                        child.name() + " is not ready after " + limit.toSeconds() + " s; see " + child.log());
            }
            Thread.sleep(POLL.toMillis());
        }
    }

    private static boolean isReady(URI service, String fact) throws InterruptedException {
        var request = HttpRequest.newBuilder(service.resolve("/q/health/ready"))
                .timeout(Duration.ofSeconds(2))
                .build();
        try {
            var response = HTTP.send(request, HttpResponse.BodyHandlers.ofString());
            return response.statusCode() == 200
                    && response.body().replaceAll("\\s", "").contains(fact);
        } catch (IOException notYet) {
            return false;
        }
    }
}
