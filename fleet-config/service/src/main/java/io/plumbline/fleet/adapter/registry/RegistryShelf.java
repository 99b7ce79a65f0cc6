package io.plumbline.fleet.adapter.registry;

import com.fasterxml.jackson.databind.JsonNode;
import io.plumbline.contract.artifact.MediaTypes;
import io.plumbline.contract.artifact.ModelView;
import io.plumbline.contract.artifact.QualityReport;
import io.plumbline.contract.artifact.Sighting;
import io.plumbline.contract.id.Digest;
import io.plumbline.contract.id.ModelName;
import io.plumbline.contract.wire.Json;
import io.plumbline.contract.wire.MalformedMessageException;
import io.plumbline.fleet.core.console.models.Shelf;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.StreamSupport;

/**
 * Asks the registry over HTTP. What has a digest is checked and kept; what may change is kept for some seconds, and so is that the registry
 * did not answer, so that a page which asks for several things waits for it once. Thread-safe.
 */
public final class RegistryShelf implements Shelf {

    private static final Duration PATIENCE = Duration.ofSeconds(2);
    private static final Duration FRESH = Duration.ofSeconds(5);
    private static final int MOST_BYTES = 1_000_000;
    private static final int MOST_KEPT = 128;
    private static final int OK = 200;
    private static final int MISSING = 404;

    private final RegistryAddress address;
    private final Clock clock;
    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(PATIENCE).build();
    /** The ones that were asked for longest ago first. */
    private final Map<String, Kept> kept = new LinkedHashMap<>(16, 0.75f, true);

    private Instant deafUntil = Instant.MIN;

    public RegistryShelf(RegistryAddress address, Clock clock) {
        this.address = address;
        this.clock = clock;
    }

    private static final class Kept {

        private final byte[] body;
        /** When it is asked for again. */
        private final Instant until;

        private Kept(byte[] body, Instant until) {
            this.body = body;
            this.until = until;
        }
    }

    /** The registry answered, with something else. */
    private static final class StrangeAnswerException extends IOException {

        private static final long serialVersionUID = 1L;

        private StrangeAnswerException(String message) {
            super(message);
        }
    }

    @Override
    public Answer<ModelView> model(ModelName model) {
        return ask(
                registry -> Json.decode(get(registry, "/api/v1/models/" + model, Optional.empty()), ModelView.class));
    }

    @Override
    public Answer<Long> versionBytes(ModelName model, Digest manifest) {
        return ask(registry ->
                layer(registry, model, manifest, MediaTypes.ONNX).path("size").asLong());
    }

    @Override
    public Answer<QualityReport> quality(ModelName model, Digest build) {
        return ask(registry -> {
            var blob = new Digest(layer(registry, model, build, MediaTypes.QUALITY)
                    .path("digest")
                    .asText());
            var path = "/v2/" + MediaTypes.repository(model) + "/blobs/" + blob;
            return Json.decode(get(registry, path, Optional.of(blob)), QualityReport.class);
        });
    }

    @Override
    public Answer<List<Sighting>> sightings(Digest build) {
        return ask(registry -> List.of(
                Json.decode(get(registry, "/api/v1/lineage/builds/" + build, Optional.empty()), Sighting[].class)));
    }

    private JsonNode layer(URI registry, ModelName model, Digest manifest, String type)
            throws IOException, InterruptedException {
        var path = "/v2/" + MediaTypes.repository(model) + "/manifests/" + manifest;
        var layers = Json.mapper()
                .readTree(get(registry, path, Optional.of(manifest)))
                .path("layers");
        return StreamSupport.stream(layers.spliterator(), false)
                .filter(layer -> layer.path("mediaType").asText().equals(type))
                .filter(layer -> Digest.isValid(layer.path("digest").asText()))
                .findFirst()
                .orElseThrow(() -> new StrangeAnswerException(manifest.shortHex() + " has no layer " + type));
    }

    private interface Question<T> {
        T of(URI registry) throws IOException, InterruptedException;
    }

    private <T> Answer<T> ask(Question<T> question) {
        var registry = address.now();
        if (registry.isEmpty()) {
            return Answer.none(
                    "The control plane does not know where the registry is: plumbline.fleet.registry-url says it.");
        }
        if (isDeaf()) {
            return Answer.none(silent(registry.get()));
        }
        try {
            return Answer.of(question.of(registry.get()));
        } catch (StrangeAnswerException | MalformedMessageException e) {
            return Answer.none("The registry at " + registry.get() + " answered strangely: " + e.getMessage());
        } catch (IOException e) {
            deaf();
            return Answer.none(silent(registry.get()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Answer.none("interrupted");
        }
    }

    private static String silent(URI registry) {
        return "The registry at " + registry + " does not answer; what it has is missing here.";
    }

    private synchronized boolean isDeaf() {
        return clock.instant().isBefore(deafUntil);
    }

    private synchronized void deaf() {
        deafUntil = clock.instant().plus(FRESH);
    }

    private byte[] get(URI registry, String path, Optional<Digest> digest) throws IOException, InterruptedException {
        var known = known(registry + path);
        if (known.isPresent()) {
            return known.get();
        }
        var request = HttpRequest.newBuilder(registry.resolve(path))
                .header("Accept", MediaTypes.OCI_MANIFEST + ", */*")
                .timeout(PATIENCE)
                .build();
        var answer = http.send(request, BodyHandlers.ofInputStream());
        try (var in = answer.body()) {
            if (answer.statusCode() != OK) {
                throw new StrangeAnswerException(
                        answer.statusCode() == MISSING ? "it has no " + path : path + " is " + answer.statusCode());
            }
            var body = in.readNBytes(MOST_BYTES + 1);
            if (body.length > MOST_BYTES) {
                throw new StrangeAnswerException(path + " is larger than " + MOST_BYTES + " bytes");
            }
            if (digest.isPresent() && !Digest.of(body).equals(digest.get())) {
                throw new StrangeAnswerException(path + " has other bytes than its digest says");
            }
            keep(
                    registry + path,
                    new Kept(
                            body,
                            digest.isPresent() ? Instant.MAX : clock.instant().plus(FRESH)));
            return body;
        }
    }

    private synchronized Optional<byte[]> known(String address) {
        return Optional.ofNullable(kept.get(address))
                .filter(one -> clock.instant().isBefore(one.until))
                .map(one -> one.body);
    }

    private synchronized void keep(String address, Kept one) {
        kept.put(address, one);
        if (kept.size() > MOST_KEPT) {
            kept.remove(kept.keySet().iterator().next());
        }
    }
}
