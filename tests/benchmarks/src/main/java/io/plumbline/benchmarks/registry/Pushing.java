package io.plumbline.benchmarks.registry;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.plumbline.contract.artifact.BuildCard;
import io.plumbline.contract.artifact.DsseEnvelope;
import io.plumbline.contract.artifact.MediaTypes;
import io.plumbline.contract.artifact.TrustedKey;
import io.plumbline.contract.artifact.TrustedKeys;
import io.plumbline.contract.id.Digest;
import io.plumbline.contract.id.ModelName;
import io.plumbline.contract.wire.Json;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Puts content into a registry, over HTTP. */
final class Pushing {

    static final ModelName MODEL = new ModelName("large");

    private static final String REPOSITORY = MediaTypes.repository(MODEL);
    private static final int CREATED = 201;

    private final HttpClient http = HttpClient.newHttpClient();
    private final URI registry;

    Pushing(URI registry) {
        this.registry = registry;
    }

    /**
     * A build with this file as its model, signed by a key of its own.
     *
     * @param trust where the key to trust is written
     */
    Digest signedBuild(Path model, Path trust) throws IOException, InterruptedException, GeneralSecurityException {
        var onnx = blob(REPOSITORY, MediaTypes.ONNX, model);
        var digest = new Digest(onnx.path("digest").asText());
        var card = new BuildCard(
                MODEL,
                digest,
                "fp16",
                Optional.empty(),
                Optional.empty(),
                "benchmark",
                List.of(),
                Files.size(model),
                Instant.EPOCH);
        var manifest = manifest(MediaTypes.BUILD, blob(REPOSITORY, MediaTypes.BUILD_CARD, Json.encode(card)));
        manifest.withArray("layers").add(onnx);
        var build = put(REPOSITORY, manifest);
        var keys = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        var envelope = DsseEnvelope.sign(
                DsseEnvelope.MANIFEST_DIGEST,
                build.value().getBytes(StandardCharsets.UTF_8),
                "benchmark",
                keys.getPrivate());
        var signature = manifest(MediaTypes.SIGNATURE, empty(REPOSITORY));
        signature.withArray("layers").add(blob(REPOSITORY, MediaTypes.SIGNATURE, Json.encode(envelope)));
        signature
                .putObject("subject")
                .put("mediaType", MediaTypes.OCI_MANIFEST)
                .put("digest", build.value())
                .put("size", Json.encode(manifest).length);
        put(REPOSITORY, signature);
        Files.write(trust, new TrustedKeys(List.of(TrustedKey.of(keys.getPublic()))).toJson());
        return build;
    }

    /** A manifest that no other has the bytes of. */
    void small(String repository, int number) throws IOException, InterruptedException {
        var manifest = manifest("application/vnd.example.small.v1", empty(repository));
        manifest.putObject("annotations").put("number", String.valueOf(number)).put(MediaTypes.CREATED, "2026-01-01");
        put(repository, manifest);
    }

    private ObjectNode empty(String repository) throws IOException, InterruptedException {
        return blob(repository, MediaTypes.OCI_EMPTY, "{}".getBytes(StandardCharsets.UTF_8));
    }

    private static ObjectNode manifest(String artifactType, ObjectNode config) {
        var manifest = Json.mapper().createObjectNode();
        manifest.put("schemaVersion", 2)
                .put("mediaType", MediaTypes.OCI_MANIFEST)
                .put("artifactType", artifactType);
        manifest.set("config", config);
        manifest.putArray("layers");
        return manifest;
    }

    private Digest put(String repository, ObjectNode manifest) throws IOException, InterruptedException {
        var bytes = Json.encode(manifest);
        var digest = Digest.of(bytes);
        send(request("/v2/" + repository + "/manifests/" + digest).PUT(BodyPublishers.ofByteArray(bytes)));
        return digest;
    }

    private ObjectNode blob(String repository, String mediaType, byte[] content)
            throws IOException, InterruptedException {
        var digest = Digest.of(content);
        send(request("/v2/" + repository + "/blobs/uploads/?digest=" + digest)
                .POST(BodyPublishers.ofByteArray(content)));
        return descriptor(mediaType, digest, content.length);
    }

    private ObjectNode blob(String repository, String mediaType, Path content)
            throws IOException, InterruptedException {
        var digest = Digest.of(content);
        send(request("/v2/" + repository + "/blobs/uploads/?digest=" + digest).POST(BodyPublishers.ofFile(content)));
        return descriptor(mediaType, digest, Files.size(content));
    }

    private static ObjectNode descriptor(String mediaType, Digest digest, long size) {
        var node = Json.mapper().createObjectNode();
        return node.put("mediaType", mediaType).put("digest", digest.value()).put("size", size);
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(registry.resolve(path));
    }

    private void send(HttpRequest.Builder request) throws IOException, InterruptedException {
        var answer = http.send(request.build(), HttpResponse.BodyHandlers.ofString());
        if (answer.statusCode() != CREATED) {
            throw new IOException(answer.uri() + " answers " + answer.statusCode() + ": " + answer.body());
        }
    }
}
