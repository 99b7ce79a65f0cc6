package io.plumbline.e2e;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
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
import java.util.concurrent.Executors;

/** A control plane with one gateway and one stream, which assigns the build it was told last. Thread-safe. */
final class ToldFleet implements AutoCloseable {

    private static final long HOLD_MILLIS = 500;

    private final HttpServer server;
    private final GatewayId gateway;
    private final SiteId site;
    private final ModelName model;
    private Optional<Assignment> told = Optional.empty();

    ToldFleet(GatewayId gateway, SiteId site, ModelName model) throws IOException {
        this.gateway = gateway;
        this.site = site;
        this.model = model;
        this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newCachedThreadPool(work -> {
            var thread = new Thread(work, "told-fleet");
            thread.setDaemon(true);
            return thread;
        }));
        server.createContext("/api/v1/gateways/", this::answer);
        server.start();
    }

    URI url() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    synchronized void tell(Digest build) {
        var stream = new StreamAssignment(
                new StreamId("climate"),
                "sites/{site}/motes/{device}/climate",
                List.of(new DeviceId("m-1")),
                model,
                build,
                1,
                Duration.ofMinutes(5),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
        var generation = 1 + told.map(Assignment::generation).orElse(0L);
        told = Optional.of(new Assignment(gateway, site, generation, List.of(stream)));
        notifyAll();
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            var tag = exchange.getRequestHeaders().getFirst("If-None-Match");
            var next = after(tag == null ? 0 : Long.parseLong(tag.replace("\"", "")));
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

    private synchronized Optional<Assignment> after(long generation) throws InterruptedException {
        if (newer(generation).isEmpty()) {
            wait(HOLD_MILLIS);
        }
        return newer(generation);
    }

    private Optional<Assignment> newer(long generation) {
        return told.filter(one -> one.generation() > generation);
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
