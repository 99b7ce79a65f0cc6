package io.plumbline.registry.core.build;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.plumbline.contract.artifact.DsseEnvelope;
import io.plumbline.contract.artifact.MediaTypes;
import io.plumbline.contract.id.Digest;
import io.plumbline.contract.wire.Json;
import io.plumbline.registry.core.oci.Repositories;
import io.plumbline.registry.core.signing.Signatures;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Puts builds into the registry, signed. */
public final class Publisher {

    private final Repositories repositories;
    private final Signer signer;

    public Publisher(Repositories repositories, Signer signer) {
        this.repositories = repositories;
        this.signer = signer;
    }

    /** Pushes all layers, the manifest and its signature; answers the manifest's digest. */
    public Digest publish(Version version, BuiltModel build) {
        var repository = MediaTypes.repository(version.card().model());
        var manifest = Json.mapper().createObjectNode();
        manifest.put("schemaVersion", 2)
                .put("mediaType", MediaTypes.OCI_MANIFEST)
                .put("artifactType", MediaTypes.BUILD);
        manifest.set("config", blob(MediaTypes.BUILD_CARD, Json.encode(build.card())));
        var layers = manifest.putArray("layers");
        layers.add(titled(blob(MediaTypes.ONNX, build.onnx().get()), "model.int8.onnx"));
        layers.add(titled(blob(MediaTypes.OBSERVED, build.observed().get()), "model.observed.onnx"));
        layers.add(titled(blob(MediaTypes.CARD, version.cardYaml().get()), "model.yaml"));
        layers.add(titled(blob(MediaTypes.PROFILE, Json.encode(version.profile())), "profile.json"));
        layers.add(titled(blob(MediaTypes.SELF_TEST, Json.encode(build.selfTest())), "self-test.json"));
        layers.add(titled(blob(MediaTypes.QUALITY, Json.encode(build.quality())), "quality.json"));
        build.search()
                .ifPresent(report -> layers.add(titled(blob(MediaTypes.SEARCH, Json.encode(report)), "search.json")));
        var annotations = manifest.putObject("annotations")
                .put(MediaTypes.TITLE, version.card().model().value())
                .put(MediaTypes.CREATED, build.card().createdAt().toString())
                .put(MediaTypes.BASE, version.manifest().digest().value())
                .put("io.plumbline.recipe", build.card().recipe())
                .put("io.plumbline.version", version.digest().value());
        Optional.ofNullable(version.manifest().annotations().get(MediaTypes.IMAGE_VERSION))
                .ifPresent(name -> annotations.put(MediaTypes.IMAGE_VERSION, name));
        if (!build.excludedNodes().isEmpty()) {
            var nodes = Json.encode(build.excludedNodes().stream().sorted().toList());
            annotations.put(MediaTypes.EXCLUDED_NODES, new String(nodes, StandardCharsets.UTF_8));
        }
        var bytes = Json.encode(manifest);
        var digest = Digest.of(bytes);
        // the signature first: a build without one would count as made, and no gateway would run it
        signer.sign(DsseEnvelope.MANIFEST_DIGEST, digest.value().getBytes(StandardCharsets.UTF_8))
                .forEach(envelope -> Signatures.put(repositories, repository, digest, bytes.length, envelope));
        repositories.putManifest(repository, digest.value(), bytes);
        return digest;
    }

    private ObjectNode blob(String mediaType, byte[] content) {
        var digest = Digest.of(content);
        repositories.putBlob(digest, content);
        var descriptor = Json.mapper().createObjectNode();
        return descriptor
                .put("mediaType", mediaType)
                .put("digest", digest.value())
                .put("size", content.length);
    }

    private static ObjectNode titled(ObjectNode descriptor, String title) {
        descriptor.putObject("annotations").put(MediaTypes.TITLE, title);
        return descriptor;
    }
}
