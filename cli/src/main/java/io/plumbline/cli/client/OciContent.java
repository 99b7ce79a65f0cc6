package io.plumbline.cli.client;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.plumbline.contract.artifact.MediaTypes;
import io.plumbline.contract.id.Digest;
import io.plumbline.contract.wire.Json;
import io.plumbline.contract.wire.MalformedMessageException;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;

/** Manifests and blobs of a registry by the OCI distribution API; what is read has its digest. */
final class OciContent {

    static final byte[] EMPTY = "{}".getBytes(StandardCharsets.UTF_8);

    private final Http http;

    OciContent(Http http) {
        this.http = http;
    }

    JsonNode manifest(String repository, Digest digest) throws ClientException {
        return decode(bytes(repository, digest), JsonNode.class);
    }

    /** Of a manifest. */
    byte[] bytes(String repository, Digest digest) throws ClientException {
        return verified("/v2/" + repository + "/manifests/" + digest, digest, MediaTypes.OCI_MANIFEST);
    }

    /** The first layer of this type. */
    byte[] layer(String repository, JsonNode manifest, String mediaType) throws ClientException {
        for (var layer : manifest.path("layers")) {
            if (layer.path("mediaType").asText().equals(mediaType)) {
                return blob(repository, layer);
            }
        }
        throw new ClientException("the manifest has no layer of type " + mediaType);
    }

    byte[] blob(String repository, JsonNode descriptor) throws ClientException {
        var digest = digest(descriptor);
        return verified("/v2/" + repository + "/blobs/" + digest, digest, "*/*");
    }

    static Digest digest(JsonNode descriptor) throws ClientException {
        var text = descriptor.path("digest").asText();
        if (!Digest.isValid(text)) {
            throw new ClientException("the manifest names a layer by '" + text + "', which is no digest");
        }
        return new Digest(text);
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

    /** Uploads a blob unless it is there; answers its descriptor. */
    ObjectNode put(String repository, String mediaType, byte[] content) throws ClientException {
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

    /** @param reference a tag or the manifest's own digest */
    void putManifest(String repository, String reference, byte[] manifest) throws ClientException {
        http.expectSuccess(http.request("/v2/" + repository + "/manifests/" + reference)
                .header("Content-Type", MediaTypes.OCI_MANIFEST)
                .PUT(BodyPublishers.ofByteArray(manifest))
                .build());
    }

    static <T> T decode(byte[] bytes, Class<T> type) throws ClientException {
        try {
            return Json.decode(bytes, type);
        } catch (MalformedMessageException e) {
            throw new ClientException("the registry's answer is not understood: " + e.getMessage(), e);
        }
    }
}
