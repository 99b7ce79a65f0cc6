package io.plumbline.registry.core.signing;

import io.plumbline.contract.artifact.DsseEnvelope;
import io.plumbline.contract.artifact.MediaTypes;
import io.plumbline.contract.id.Digest;
import io.plumbline.contract.wire.Json;
import io.plumbline.registry.adapter.disk.KeyRing;
import io.plumbline.registry.core.oci.Repositories;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Builds of which there is nothing but what registries look at. */
public final class SmallBuilds {

    public static final String REPOSITORY = "models/m";

    private final Repositories repositories;

    public SmallBuilds(Repositories repositories) {
        this.repositories = repositories;
    }

    /** A build with these keys' signatures. */
    public Digest published(String name, KeyRing keys) {
        var digest = put(name);
        sign(digest, keys.sign(DsseEnvelope.MANIFEST_DIGEST, digest.value().getBytes(StandardCharsets.UTF_8)));
        return digest;
    }

    /** One that nobody signed. */
    public Digest put(String name) {
        var content = name.getBytes(StandardCharsets.UTF_8);
        repositories.putBlob(Digest.of(content), content);
        var manifest = Json.mapper()
                .createObjectNode()
                .put("schemaVersion", 2)
                .put("mediaType", MediaTypes.OCI_MANIFEST)
                .put("artifactType", MediaTypes.BUILD);
        manifest.putObject("config")
                .put("mediaType", MediaTypes.BUILD_CARD)
                .put("digest", Digest.of(content).value())
                .put("size", content.length);
        manifest.putArray("layers");
        var bytes = Json.encode(manifest);
        repositories.putManifest(REPOSITORY, Digest.of(bytes).value(), bytes);
        return Digest.of(bytes);
    }

    public void sign(Digest build, List<DsseEnvelope> envelopes) {
        var size = repositories.find(REPOSITORY, build.value()).orElseThrow().size();
        envelopes.forEach(envelope -> Signatures.put(repositories, REPOSITORY, build, size, envelope));
    }
}
