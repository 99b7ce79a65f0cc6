package io.plumbline.cli.client;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.plumbline.contract.artifact.BuildCard;
import io.plumbline.contract.artifact.MediaTypes;
import io.plumbline.contract.artifact.ModelView;
import io.plumbline.contract.artifact.ReferenceProfile;
import io.plumbline.contract.artifact.SelfTest;
import io.plumbline.contract.id.Digest;
import io.plumbline.contract.id.ModelName;
import io.plumbline.contract.wire.Json;
import io.plumbline.contract.wire.MalformedMessageException;
import io.plumbline.drift.Reference;
import io.plumbline.inference.card.CardException;
import io.plumbline.inference.card.ModelCard;
import io.plumbline.inference.model.ModelBytes;
import io.plumbline.inference.model.ModelFiles;
import java.net.URI;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Pushes and pulls models over the OCI distribution API. */
public final class RegistryClient {

    private static final int NOT_FOUND = 404;
    private static final byte[] EMPTY_CONFIG = "{}".getBytes(StandardCharsets.UTF_8);

    private final Http http;

    public RegistryClient(URI registry) {
        this.http = new Http("registry", registry);
    }

    /**
     * What an owner hands over.
     *
     * @param samples further layers by their title, in {@code .npy}
     */
    public record NewVersion(ModelCard card, ModelBytes cardYaml, ModelBytes onnx, Samples samples) {}

    /**
     * @param calibration inputs for the first calibration
     * @param reference inputs for the reference profile
     */
    public record Samples(Optional<ModelBytes> calibration, Optional<ModelBytes> reference) {}

    /** Pushes a version under a tag; the registry then builds the recipes of its card. Answers the manifest's digest. */
    public Digest push(NewVersion version, String tag) throws ClientException {
        var repository = MediaTypes.repository(version.card().model());
        var manifest = Json.mapper().createObjectNode();
        manifest.put("schemaVersion", 2)
                .put("mediaType", MediaTypes.OCI_MANIFEST)
                .put("artifactType", MediaTypes.VERSION);
        manifest.set("config", blob(repository, MediaTypes.OCI_EMPTY, EMPTY_CONFIG));
        var layers = manifest.putArray("layers");
        layers.add(titled(blob(repository, MediaTypes.ONNX, version.onnx().get()), "model.onnx"));
        layers.add(titled(blob(repository, MediaTypes.CARD, version.cardYaml().get()), "model.yaml"));
        if (version.samples().calibration().isPresent()) {
            var npy = version.samples().calibration().get().get();
            layers.add(titled(blob(repository, MediaTypes.SAMPLES, npy), MediaTypes.CALIBRATION_TITLE));
        }
        if (version.samples().reference().isPresent()) {
            var npy = version.samples().reference().get().get();
            layers.add(titled(blob(repository, MediaTypes.SAMPLES, npy), MediaTypes.REFERENCE_TITLE));
        }
        var bytes = Json.encode(manifest);
        http.expectSuccess(http.request("/v2/" + repository + "/manifests/" + tag)
                .header("Content-Type", MediaTypes.OCI_MANIFEST)
                .PUT(BodyPublishers.ofByteArray(bytes))
                .build());
        return Digest.of(bytes);
    }

    private static ObjectNode titled(ObjectNode descriptor, String title) {
        descriptor.putObject("annotations").put(MediaTypes.TITLE, title);
        return descriptor;
    }

    private ObjectNode blob(String repository, String mediaType, byte[] content) throws ClientException {
        var digest = Digest.of(content);
        var path = "/v2/" + repository + "/blobs/";
        var head = http.request(path + digest)
                .method("HEAD", BodyPublishers.noBody())
                .build();
        if (http.send(head).statusCode() != 200) {
            upload(path, digest, content);
        }
        var descriptor = Json.mapper().createObjectNode();
        return descriptor
                .put("mediaType", mediaType)
                .put("digest", digest.value())
                .put("size", content.length);
    }

    private void upload(String path, Digest digest, byte[] content) throws ClientException {
        var open = http.request(path + "uploads/").POST(BodyPublishers.noBody()).build();
        var opened = http.expectSuccess(open);
        var location = opened.headers()
                .firstValue("Location")
                .orElseThrow(() -> new ClientException("the registry opened an upload without saying where"));
        var separator = location.contains("?") ? "&" : "?";
        http.expectSuccess(http.request(location + separator + "digest=" + digest)
                .header("Content-Type", "application/octet-stream")
                .PUT(BodyPublishers.ofByteArray(content))
                .build());
    }

    /** What the registry has of a model. */
    public ModelView view(ModelName model) throws ClientException {
        var request = http.request("/api/v1/models/" + model).build();
        return decode(http.expectSuccess(request).body(), ModelView.class);
    }

    /** A build's files; every blob is checked against its digest. */
    public ModelFiles pull(ModelName model, Digest build) throws ClientException {
        var repository = MediaTypes.repository(model);
        var bytes = verified("/v2/" + repository + "/manifests/" + build, build, MediaTypes.OCI_MANIFEST);
        var manifest = decode(bytes, JsonNode.class);
        try {
            return new ModelFiles(
                    decode(content(repository, manifest.path("config")), BuildCard.class),
                    ModelBytes.of(layer(repository, manifest, MediaTypes.ONNX)),
                    ModelBytes.of(layer(repository, manifest, MediaTypes.OBSERVED)),
                    ModelCard.parse(layer(repository, manifest, MediaTypes.CARD)),
                    decode(layer(repository, manifest, MediaTypes.PROFILE), ReferenceProfile.class),
                    decode(layer(repository, manifest, MediaTypes.SELF_TEST), SelfTest.class));
        } catch (CardException e) {
            throw new ClientException("build " + build + ": " + e.getMessage(), e);
        }
    }

    /** What a build's package says of its model; empty where the registry does not have the build. */
    public Optional<Reference> reference(ModelName model, Digest build) throws ClientException {
        var repository = MediaTypes.repository(model);
        var path = "/v2/" + repository + "/manifests/" + build;
        var asked = http.request(path).header("Accept", MediaTypes.OCI_MANIFEST).build();
        if (http.send(asked).statusCode() == NOT_FOUND) {
            return Optional.empty();
        }
        var manifest = decode(verified(path, build, MediaTypes.OCI_MANIFEST), JsonNode.class);
        try {
            var card = ModelCard.parse(layer(repository, manifest, MediaTypes.CARD));
            var profile = decode(layer(repository, manifest, MediaTypes.PROFILE), ReferenceProfile.class);
            return Optional.of(new Reference(card.output().labels(), profile));
        } catch (CardException e) {
            throw new ClientException("build " + build + ": " + e.getMessage(), e);
        }
    }

    private byte[] layer(String repository, JsonNode manifest, String mediaType) throws ClientException {
        for (var layer : manifest.path("layers")) {
            if (layer.path("mediaType").asText().equals(mediaType)) {
                return content(repository, layer);
            }
        }
        throw new ClientException("the manifest has no layer of type " + mediaType);
    }

    private byte[] content(String repository, JsonNode descriptor) throws ClientException {
        var text = descriptor.path("digest").asText();
        if (!Digest.isValid(text)) {
            throw new ClientException("the manifest names a layer by '" + text + "', which is no digest");
        }
        var digest = new Digest(text);
        return verified("/v2/" + repository + "/blobs/" + digest, digest, "*/*");
    }

    private byte[] verified(String path, Digest digest, String accept) throws ClientException {
        var bytes = http.expectSuccess(
                        http.request(path).header("Accept", accept).build())
                .body();
        if (!Digest.of(bytes).equals(digest)) {
            throw new ClientException(path + " does not have the content its digest promises");
        }
        return bytes;
    }

    private static <T> T decode(byte[] bytes, Class<T> type) throws ClientException {
        try {
            return Json.decode(bytes, type);
        } catch (MalformedMessageException e) {
            throw new ClientException("the registry's answer is not understood: " + e.getMessage(), e);
        }
    }
}
