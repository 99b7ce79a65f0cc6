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
                Map.of("mediaType", MediaTypes.CARD, "digest", blob(card.getBytes(StandardCharsets.UTF_8))),
                Map.of("mediaType", MediaTypes.PROFILE, "digest", blob(Json.encode(profile))));
        var manifest = Json.encode(Map.of("schemaVersion", 2, "layers", layers));
        var digest = Digest.of(manifest);
        content.put(MODELS + "manifests/" + digest, manifest);
        return digest;
    }

    private String blob(byte[] bytes) {
        var digest = Digest.of(bytes);
        content.put(MODELS + "blobs/" + digest, bytes);
        return digest.value();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
