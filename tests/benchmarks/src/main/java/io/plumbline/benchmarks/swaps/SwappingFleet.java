package io.plumbline.benchmarks.swaps;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.plumbline.benchmarks.Load;
import io.plumbline.benchmarks.Rig;
import io.plumbline.contract.fleet.Assignment;
import io.plumbline.contract.fleet.StreamAssignment;
import io.plumbline.contract.id.DeviceId;
import io.plumbline.contract.id.Digest;
import io.plumbline.contract.id.GatewayId;
import io.plumbline.contract.id.ModelName;
import io.plumbline.contract.id.SiteId;
import io.plumbline.contract.id.StreamId;
import io.plumbline.contract.wire.Json;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** A control plane that answers every question with the other build, up to a generation. Thread-safe. */
final class SwappingFleet implements AutoCloseable {

    private final HttpServer server;
    private final List<Digest> builds;
    private long allowed = 1;
    private long known = -1;

    /** @param builds taken in turn */
    SwappingFleet(List<Digest> builds) throws IOException {
        this.builds = builds;
        this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/api/v1/gateways/", this::answer);
        server.start();
    }

    URI url() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    /** Lets the gateway go on to this generation, and returns when it asks what comes after. */
    synchronized void awaitSwapsTo(long generation) throws InterruptedException {
        allowed = generation;
        notifyAll();
        while (known < generation) {
            wait();
        }
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            var tag = exchange.getRequestHeaders().getFirst("If-None-Match");
            var next = next(tag == null ? 0 : Long.parseLong(tag.replace("\"", "")));
            if (next.isEmpty()) {
                exchange.sendResponseHeaders(304, -1);
                return;
            }
            var body = Json.encode(next.get());
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private synchronized Optional<Assignment> next(long generation) throws InterruptedException {
        known = generation;
        notifyAll();
        if (allowed <= generation) {
            wait(500);
        }
        return allowed <= generation ? Optional.empty() : Optional.of(assignment(generation + 1));
    }

    private Assignment assignment(long generation) {
        var stream = new StreamAssignment(
                new StreamId("climate"),
                "sites/{site}/motes/{device}/climate",
                IntStream.rangeClosed(1, Load.DEVICES)
                        .mapToObj(i -> new DeviceId("m-" + i))
                        .toList(),
                new ModelName("climate-event"),
                builds.get((int) (generation % builds.size())),
                1,
                Duration.ofMinutes(5),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
        return new Assignment(new GatewayId("gw-bench"), new SiteId(Rig.SITE), generation, List.of(stream));
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
