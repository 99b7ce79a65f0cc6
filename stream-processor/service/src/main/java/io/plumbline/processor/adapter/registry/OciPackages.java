package io.plumbline.processor.adapter.registry;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.plumbline.contract.artifact.MediaTypes;
import io.plumbline.contract.artifact.ReferenceProfile;
import io.plumbline.contract.id.Digest;
import io.plumbline.contract.id.ModelName;
import io.plumbline.contract.wire.Json;
import io.plumbline.contract.wire.MalformedMessageException;
import io.plumbline.drift.Reference;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.stream.StreamSupport;

/** Reads card and profile of a build over the OCI distribution API; every byte is checked against its digest. Blocking. */
final class OciPackages {

    private static final Duration TIMEOUT = Duration.ofSeconds(5);
    private static final int OK = 200;
    private static final ObjectMapper JSON = Json.mapper();

    private final URI registry;
    private final HttpClient http;

    OciPackages(URI registry, HttpClient http) {
        this.registry = registry;
        this.http = http;
    }

    /**
     * @throws IOException when the registry does not answer, does not have it, or has other bytes than the digest says
     * @throws MalformedMessageException when the package is not what a build should be
     */
    Reference fetch(ModelName model, Digest build) throws IOException, InterruptedException {
        var repository = "/v2/" + MediaTypes.repository(model);
        var layers =
                JSON.readTree(get(repository + "/manifests/" + build, build)).path("layers");
        var profile = blob(repository, layer(layers, MediaTypes.PROFILE));
        var card = blob(repository, layer(layers, MediaTypes.CARD));
        return new Reference(CardLabels.of(card), Json.decode(profile, ReferenceProfile.class));
    }

    private static Digest layer(JsonNode layers, String mediaType) {
        return StreamSupport.stream(layers.spliterator(), false)
                .filter(layer -> layer.path("mediaType").asText().equals(mediaType))
                .map(layer -> layer.path("digest").asText())
                .filter(Digest::isValid)
                .findFirst()
                .map(Digest::new)
                .orElseThrow(() -> new MalformedMessageException("the build's manifest has no layer " + mediaType));
    }

    private byte[] blob(String repository, Digest blob) throws IOException, InterruptedException {
        return get(repository + "/blobs/" + blob, blob);
    }

    private byte[] get(String path, Digest expected) throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(registry.resolve(path))
                .header("Accept", MediaTypes.OCI_MANIFEST + ", */*")
                .timeout(TIMEOUT)
                .build();
        var response = http.send(request, HttpResponse.BodyHandlers.ofByteArray());
        if (response.statusCode() != OK) {
            throw new IOException(path + " answered with status " + response.statusCode());
        }
        if (!Digest.of(response.body()).equals(expected)) {
            throw new IOException(path + " has other bytes than its digest says");
        }
        return response.body();
    }
}
