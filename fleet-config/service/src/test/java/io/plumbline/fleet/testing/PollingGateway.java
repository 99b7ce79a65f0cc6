package io.plumbline.fleet.testing;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.contract.fleet.Assignment;
import io.plumbline.contract.id.Digest;
import io.plumbline.contract.id.GatewayId;
import io.plumbline.contract.message.GatewayEvent;
import io.plumbline.contract.wire.Json;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** A gateway that asks for its assignment over HTTP, runs what it is told, and goes on with it while nobody answers. Used by one thread. */
public final class PollingGateway {

    private static final Duration GIVEN_UP = Duration.ofMinutes(1);
    private static final int OK = 200;
    private static final int NOT_MODIFIED = 304;

    private final GatewayId id;
    private final URI server;
    private final HttpClient http = HttpClient.newHttpClient();
    private final List<Digest> ran = new ArrayList<>();
    private long generation;
    private long results;

    /** @param server the control plane, or a cable that leads there */
    public PollingGateway(GatewayId id, URI server) {
        this.id = id;
        this.server = server;
    }

    public GatewayId id() {
        return id;
    }

    /** Newest last; none before the first answer. */
    public List<Digest> ran() {
        return List.copyOf(ran);
    }

    public Digest runs() {
        return ran.get(ran.size() - 1);
    }

    /** Of the assignment in force here. */
    public long generation() {
        return generation;
    }

    /** Asks once; whether anybody answered. */
    public boolean poll() throws InterruptedException {
        try {
            take(http.send(request(""), BodyHandlers.ofString()));
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    /** Asks, and is held until there is something new; given up in the end, as a gateway does: not every cut is seen at this end. */
    public CompletableFuture<HttpResponse<String>> holdOn(String patience) {
        return http.sendAsync(request("?wait=" + patience), BodyHandlers.ofString())
                .orTimeout(GIVEN_UP.toSeconds(), TimeUnit.SECONDS);
    }

    /** Puts in force what was answered. */
    public void take(HttpResponse<String> answer) {
        if (answer.statusCode() == NOT_MODIFIED) {
            return;
        }
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(OK);
        var assignment = Json.decode(answer.body().getBytes(StandardCharsets.UTF_8), Assignment.class);
        assertThat(assignment.generation())
                .as("a generation of %s never goes back", id)
                .isGreaterThan(generation);
        generation = assignment.generation();
        ran.add(assignment.streams().get(0).build());
    }

    /** What it says of itself. */
    public GatewayEvent.Heartbeat beat(Instant at) {
        results += 100;
        return Fleets.beat(id, runs(), generation, results, at);
    }

    private HttpRequest request(String query) {
        var path = "/api/v1/gateways/" + id + "/assignment" + query;
        return HttpRequest.newBuilder(server.resolve(path))
                .header("If-None-Match", "\"" + generation + "\"")
                .build();
    }
}
