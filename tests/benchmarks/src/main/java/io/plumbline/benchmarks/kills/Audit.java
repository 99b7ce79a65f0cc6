package io.plumbline.benchmarks.kills;

import com.fasterxml.jackson.databind.JsonNode;
import io.plumbline.contract.artifact.DsseEnvelope;
import io.plumbline.contract.artifact.MediaTypes;
import io.plumbline.contract.artifact.ModelView;
import io.plumbline.contract.artifact.TrustedKeys;
import io.plumbline.contract.id.Digest;
import io.plumbline.contract.id.ModelName;
import io.plumbline.contract.wire.Json;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Pulls everything that the registry lists, as a stranger would, and keeps what was not as it must be. Used by one thread. */
final class Audit {

    private final HttpClient http = HttpClient.newHttpClient();
    private final URI registry;
    private final Set<Digest> sound = new HashSet<>();
    private final List<String> broken = new ArrayList<>();
    private int manifests;
    private int builds;

    Audit(URI registry) {
        this.registry = registry;
    }

    List<String> broken() {
        return List.copyOf(broken);
    }

    int manifests() {
        return manifests;
    }

    int builds() {
        return builds;
    }

    /** Looks at what it has not seen yet. */
    void look(Collection<ModelName> models) throws IOException, InterruptedException {
        var keys = keys();
        for (var model : models) {
            var answer = get("/api/v1/models/" + model);
            if (answer.statusCode() == 404) {
                continue;
            }
            for (var version : Json.decode(answer.body(), ModelView.class).versions()) {
                manifest(model, version.manifest());
                for (var build : version.builds()) {
                    if (manifest(model, build.manifest())) {
                        builds++;
                        signature(model, build.manifest(), keys);
                    }
                }
            }
        }
    }

    private TrustedKeys keys() throws IOException, InterruptedException {
        return TrustedKeys.read(get("/api/v1/trust").body());
    }

    /** @return whether it is new */
    private boolean manifest(ModelName model, Digest digest) throws IOException, InterruptedException {
        if (!sound.add(digest)) {
            return false;
        }
        manifests++;
        var bytes = whole(model, "manifests/" + digest, digest);
        var manifest = Json.decode(bytes, JsonNode.class);
        blob(model, manifest.path("config"));
        for (var layer : manifest.path("layers")) {
            blob(model, layer);
        }
        return true;
    }

    private byte[] blob(ModelName model, JsonNode descriptor) throws IOException, InterruptedException {
        var digest = new Digest(descriptor.path("digest").asText());
        return whole(model, "blobs/" + digest, digest);
    }

    private byte[] whole(ModelName model, String what, Digest digest) throws IOException, InterruptedException {
        var answer = get("/v2/" + MediaTypes.repository(model) + "/" + what);
        if (answer.statusCode() != 200 || !Digest.of(answer.body()).equals(digest)) {
            broken.add(model + " " + what + ": HTTP " + answer.statusCode() + ", " + answer.body().length + " bytes");
        }
        return answer.body();
    }

    private void signature(ModelName model, Digest build, TrustedKeys keys) throws IOException, InterruptedException {
        var referrers = Json.decode(
                get("/v2/" + MediaTypes.repository(model) + "/referrers/" + build)
                        .body(),
                JsonNode.class);
        for (var one : referrers.path("manifests")) {
            if (one.path("artifactType").asText().equals(MediaTypes.SIGNATURE)) {
                var digest = new Digest(one.path("digest").asText());
                var manifest = Json.decode(whole(model, "manifests/" + digest, digest), JsonNode.class);
                var envelope = Json.decode(blob(model, manifest.path("layers").get(0)), DsseEnvelope.class);
                if (keys.signer(build, envelope, Instant.now()).isPresent()) {
                    return;
                }
            }
        }
        broken.add(model + " build " + build + " has no signature that verifies");
    }

    /**
     * Every file among the blobs is what its name says, but for those that were being written.
     *
     * @return how many of these there are
     */
    int disk(Path blobs) throws IOException {
        var unfinished = 0;
        try (var files = Files.list(blobs)) {
            for (var file : (Iterable<Path>) files::iterator) {
                var name = String.valueOf(file.getFileName());
                if (name.startsWith(".")) {
                    unfinished++;
                } else if (!Digest.of(Files.readAllBytes(file)).hex().equals(name)) {
                    broken.add("blob " + name + " on disk has another content");
                }
            }
        }
        return unfinished;
    }

    private HttpResponse<byte[]> get(String path) throws IOException, InterruptedException {
        return http.send(
                HttpRequest.newBuilder(registry.resolve(path))
                        .timeout(Duration.ofSeconds(30))
                        .build(),
                HttpResponse.BodyHandlers.ofByteArray());
    }
}
