package io.plumbline.cli.verdict;

import com.sun.net.httpserver.HttpServer;
import io.plumbline.contract.artifact.MediaTypes;
import io.plumbline.contract.artifact.ReferenceProfile;
import io.plumbline.contract.id.Digest;
import io.plumbline.contract.wire.Json;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** As much of an OCI registry as it takes to have one build's card and profile. */
final class FakeRegistry implements AutoCloseable {

    private static final String MODELS = "/v2/models/climate-event/";

    private final Map<String, byte[]> content = new ConcurrentHashMap<>();
    private final HttpServer server;

    private FakeRegistry(HttpServer server) {
        this.server = server;
    }

    static FakeRegistry start() throws IOException {
        var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        var registry = new FakeRegistry(server);
        server.createContext("/", exchange -> {
            var body = registry.content.get(exchange.getRequestURI().getPath());
            if (body == null) {
                exchange.sendResponseHeaders(404, -1);
            } else {
                exchange.sendResponseHeaders(200, body.length);
                exchange.getResponseBody().write(body);
            }
            exchange.close();
        });
        server.start();
        return registry;
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /** The digest of the build that has them. */
    Digest publish(String card, ReferenceProfile profile) {
        var layers = List.of(
                blob(MediaTypes.CARD, card.getBytes(StandardCharsets.UTF_8)),
                blob(MediaTypes.PROFILE, Json.encode(profile)));
        var config = blob(MediaTypes.OCI_EMPTY, "{}".getBytes(StandardCharsets.UTF_8));
        var manifest = Json.encode(Map.of("schemaVersion", 2, "config", config, "layers", layers));
        var digest = Digest.of(manifest);
        content.put(MODELS + "manifests/" + digest, manifest);
        return digest;
    }

    private Map<String, Object> blob(String mediaType, byte[] bytes) {
        var digest = Digest.of(bytes);
        content.put(MODELS + "blobs/" + digest, bytes);
        return Map.of("mediaType", mediaType, "digest", digest.value(), "size", bytes.length);
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
