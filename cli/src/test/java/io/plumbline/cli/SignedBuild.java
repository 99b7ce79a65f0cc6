package io.plumbline.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.plumbline.contract.artifact.BuildCard;
import io.plumbline.contract.artifact.DsseEnvelope;
import io.plumbline.contract.artifact.MediaTypes;
import io.plumbline.contract.artifact.SignatureManifest;
import io.plumbline.contract.artifact.TrustedKey;
import io.plumbline.contract.artifact.TrustedKeys;
import io.plumbline.contract.id.Digest;
import io.plumbline.contract.id.ModelName;
import io.plumbline.contract.wire.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A build of model {@code m} with two layers, and who signs it. */
final class SignedBuild {

    static final ModelName MODEL = new ModelName("m");
    static final String REPOSITORY = "/v2/models/m";
    static final Instant MADE = Instant.parse("2026-01-02T03:04:05Z");

    private final String title;
    private final Map<Digest, byte[]> blobs = new HashMap<>();
    private final byte[] manifest;

    /** @param title of the layer with the weights */
    SignedBuild(String title) {
        this.title = title;
        var json = Json.mapper().createObjectNode();
        json.put("schemaVersion", 2).put("mediaType", MediaTypes.OCI_MANIFEST).put("artifactType", MediaTypes.BUILD);
        json.set("config", blob(MediaTypes.BUILD_CARD, Json.encode(card()), ""));
        json.putArray("layers")
                .add(blob(MediaTypes.ONNX, bytes("weights"), title))
                .add(blob(MediaTypes.CARD, bytes("card"), "model.yaml"));
        manifest = Json.encode(json);
    }

    static BuildCard card() {
        var version = Digest.of(new byte[] {1});
        return new BuildCard(
                MODEL,
                version,
                "static-minmax",
                Optional.of(version),
                Optional.empty(),
                "quantizer",
                List.of(),
                9,
                MADE);
    }

    Digest digest() {
        return Digest.of(manifest);
    }

    private ObjectNode blob(String type, byte[] content, String name) {
        blobs.put(Digest.of(content), content);
        var node = Json.mapper()
                .createObjectNode()
                .put("mediaType", type)
                .put("digest", Digest.of(content).value())
                .put("size", content.length);
        if (!name.isEmpty()) {
            node.putObject("annotations").put(MediaTypes.TITLE, name);
        }
        return node;
    }

    /** Without a signature. */
    SignedBuild in(MemoryRegistry registry) {
        blobs.forEach((digest, content) -> registry.contents.put(REPOSITORY + "/blobs/" + digest, content));
        registry.contents.put(REPOSITORY + "/manifests/" + digest(), manifest);
        return this;
    }

    void sign(MemoryRegistry registry, KeyPair key) {
        var envelope = Json.encode(envelope(key));
        var signature = SignatureManifest.of(digest(), manifest.length, envelope);
        registry.contents.put(REPOSITORY + "/blobs/" + Digest.of(MediaTypes.empty()), MediaTypes.empty());
        registry.contents.put(REPOSITORY + "/blobs/" + Digest.of(envelope), envelope);
        registry.contents.put(REPOSITORY + "/manifests/" + Digest.of(signature), signature);
    }

    /** As {@code model pull} writes it, with a signature. */
    Path in(Path folder, KeyPair key) throws IOException {
        Files.createDirectories(folder.resolve("signatures"));
        Files.write(folder.resolve("manifest.json"), manifest);
        Files.write(folder.resolve("config.json"), Json.encode(card()));
        Files.writeString(folder.resolve(title), "weights");
        Files.writeString(folder.resolve("model.yaml"), "card");
        Files.write(folder.resolve("signatures/001.json"), Json.encode(envelope(key)));
        return folder;
    }

    private DsseEnvelope envelope(KeyPair key) {
        try {
            var id = TrustedKey.of(key.getPublic()).id();
            return DsseEnvelope.sign(DsseEnvelope.MANIFEST_DIGEST, bytes(digest().value()), id, key.getPrivate());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    static TrustedKeys trust(KeyPair... keys) {
        return new TrustedKeys(List.of(keys).stream()
                .map(key -> TrustedKey.of(key.getPublic()))
                .toList());
    }

    static KeyPair newKey() {
        try {
            return KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
