package io.plumbline.cli.client;

import com.fasterxml.jackson.databind.JsonNode;
import io.plumbline.contract.artifact.MediaTypes;
import io.plumbline.contract.id.Digest;
import java.util.ArrayList;
import java.util.List;

/** A manifest as it lies in a registry, byte for byte. Immutable. */
public final class Artifact {

    private final byte[] bytes;
    private final JsonNode json;

    private Artifact(byte[] bytes, JsonNode json) {
        this.bytes = bytes;
        this.json = json;
    }

    /**
     * A blob that the manifest needs.
     *
     * @param title the name of its file; empty text if it has none
     * @param size in bytes, as the manifest says
     */
    public record Blob(String mediaType, Digest digest, long size, String title) {}

    /** @throws ClientException if it is no manifest of an artifact */
    public static Artifact of(byte[] manifest) throws ClientException {
        var json = OciContent.decode(manifest, JsonNode.class);
        if (!json.path("config").isObject() || !json.path("layers").isArray()) {
            throw new ClientException("it is no manifest of one artifact: it must have a config and layers");
        }
        var artifact = new Artifact(manifest.clone(), json);
        artifact.blobs();
        return artifact;
    }

    public Digest digest() {
        return Digest.of(bytes);
    }

    public byte[] toBytes() {
        return bytes.clone();
    }

    /** What it is: of a version, of a build, of a signature, or of something else. */
    public String type() {
        return json.path("artifactType").asText();
    }

    public Blob config() throws ClientException {
        return blob(json.path("config"));
    }

    /** Config first, then the layers in their order. */
    public List<Blob> blobs() throws ClientException {
        var all = new ArrayList<Blob>();
        all.add(config());
        for (var layer : json.path("layers")) {
            all.add(blob(layer));
        }
        return all;
    }

    private static Blob blob(JsonNode descriptor) throws ClientException {
        return new Blob(
                descriptor.path("mediaType").asText(),
                OciContent.digest(descriptor),
                descriptor.path("size").asLong(),
                descriptor.path("annotations").path(MediaTypes.TITLE).asText(""));
    }
}
