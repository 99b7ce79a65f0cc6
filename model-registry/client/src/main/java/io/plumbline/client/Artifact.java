package io.plumbline.client;

import com.fasterxml.jackson.databind.JsonNode;
import io.plumbline.contract.artifact.MediaTypes;
import io.plumbline.contract.id.Digest;
import io.plumbline.contract.wire.Json;
import io.plumbline.contract.wire.MalformedMessageException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

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
        var json = parsed(manifest);
        if (!json.path("config").isObject() || !json.path("layers").isArray()) {
            throw new ClientException("it is no manifest of one artifact: it must have a config and layers");
        }
        var artifact = new Artifact(manifest.clone(), json);
        artifact.blobs();
        return artifact;
    }

    private static JsonNode parsed(byte[] manifest) throws ClientException {
        try {
            return Json.decode(manifest, JsonNode.class);
        } catch (MalformedMessageException e) {
            throw new ClientException("it is no manifest: " + e.getMessage(), e);
        }
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

    /** The first layer of this type. */
    public Optional<Blob> layer(String mediaType) throws ClientException {
        return blobs().stream()
                .skip(1)
                .filter(layer -> layer.mediaType().equals(mediaType))
                .findFirst();
    }

    private static Blob blob(JsonNode descriptor) throws ClientException {
        var digest = descriptor.path("digest").asText();
        if (!Digest.isValid(digest)) {
            throw new ClientException("the manifest names a layer by '" + digest + "', which is no digest");
        }
        var size = descriptor.path("size");
        if (!size.isIntegralNumber() || size.asLong() < 0) {
            throw new ClientException("the manifest names " + digest + " without its size");
        }
        return new Blob(
                descriptor.path("mediaType").asText(),
                new Digest(digest),
                size.asLong(),
                descriptor.path("annotations").path(MediaTypes.TITLE).asText(""));
    }

    /** What a blob is made of: bytes, or a file of any size, which is read as it is sent and must not change meanwhile. */
    public static final class Content {

        private final Digest digest;
        private final long size;
        private final Source source;

        private Content(Digest digest, long size, Source source) {
            this.digest = digest;
            this.size = size;
            this.source = source;
        }

        private interface Source {
            InputStream open() throws IOException;
        }

        /** @param bytes not copied */
        public static Content of(byte[] bytes) {
            return new Content(Digest.of(bytes), bytes.length, () -> new ByteArrayInputStream(bytes));
        }

        /** @throws ClientException if the file cannot be read */
        public static Content of(Path file) throws ClientException {
            try {
                return new Content(Digest.of(file), Files.size(file), () -> Files.newInputStream(file));
            } catch (IOException e) {
                throw new ClientException(file + " cannot be read: " + e, e);
            }
        }

        /** @param digest of the file, which is believed: a registry compares it */
        public static Content of(Digest digest, Path file) throws ClientException {
            try {
                return new Content(digest, Files.size(file), () -> Files.newInputStream(file));
            } catch (IOException e) {
                throw new ClientException(file + " cannot be read: " + e, e);
            }
        }

        public Digest digest() {
            return digest;
        }

        /** In bytes. */
        public long size() {
            return size;
        }

        BodyPublisher publisher() {
            var stream = BodyPublishers.ofInputStream(this::opened);
            return size == 0 ? BodyPublishers.noBody() : BodyPublishers.fromPublisher(stream, size);
        }

        /** What cannot be opened any more is sent as nothing, and refused for its length. */
        private InputStream opened() {
            try {
                return source.open();
            } catch (IOException e) {
                return InputStream.nullInputStream();
            }
        }
    }
}
