package io.plumbline.gateway.testing;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.plumbline.contract.fleet.Assignment;
import io.plumbline.contract.fleet.Glimpse;
import io.plumbline.contract.wire.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/** A control plane that answers with one assignment on a free port. It does not wait for changes. */
public final class FakeFleet implements AutoCloseable {

    private final HttpServer server;
    private volatile Optional<Assignment> assignment = Optional.empty();
    private final List<Glimpse> shown = new CopyOnWriteArrayList<>();
    private volatile int showing = 204;

    public FakeFleet() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.createContext("/api/v1/gateways/", this::answer);
        server.start();
    }

    public URI url() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    public void assign(Assignment assigned) {
        assignment = Optional.of(assigned);
    }

    /** Answers what it is shown with this status. */
    public void showing(int status) {
        showing = status;
    }

    /** What it was shown, in order. */
    public List<Glimpse> shown() {
        return shown;
    }

    private void answer(HttpExchange exchange) throws IOException {
        if (exchange.getRequestMethod().equals("PUT")
                && exchange.getRequestURI().getPath().endsWith("/glimpses")) {
            shown.add(Json.decode(exchange.getRequestBody().readAllBytes(), Glimpse.class));
            FakeRegistry.send(exchange, showing, new byte[0]);
            return;
        }
        var now = assignment;
        if (now.isEmpty()) {
            FakeRegistry.send(exchange, 404, new byte[0]);
            return;
        }
        var etag = "\"" + now.get().generation() + "\"";
        exchange.getResponseHeaders().set("ETag", etag);
        if (etag.equals(exchange.getRequestHeaders().getFirst("If-None-Match"))) {
            FakeRegistry.send(exchange, 304, new byte[0]);
        } else {
            FakeRegistry.send(exchange, 200, Json.encode(now.get()));
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
