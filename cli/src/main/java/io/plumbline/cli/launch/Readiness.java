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

    static void await(ChildProcess child, URI service, Duration limit) throws LaunchException, InterruptedException {
        var deadline = System.nanoTime() + limit.toNanos();
        while (!isReady(service)) {
            child.requireAlive();
            if (System.nanoTime() > deadline) {
                throw new LaunchException(
                        child.name() + " is not ready after " + limit.toSeconds() + " s; see " + child.log());
            }
            Thread.sleep(POLL.toMillis());
        }
    }

    private static boolean isReady(URI service) throws InterruptedException {
        var request = HttpRequest.newBuilder(service.resolve("/q/health/ready"))
                .timeout(Duration.ofSeconds(2))
                .build();
        try {
            return HTTP.send(request, HttpResponse.BodyHandlers.discarding()).statusCode() == 200;
        } catch (IOException notYet) {
            return false;
        }
    }
}
