package io.plumbline.cli.client;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.plumbline.cli.client.Artifact.Content;
import io.plumbline.contract.artifact.MediaTypes;
import io.plumbline.contract.id.Digest;
import io.plumbline.contract.wire.Json;
import io.plumbline.contract.wire.MalformedMessageException;
import java.io.IOException;
import java.net.URLEncoder;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/** Manifests and blobs of a registry by the OCI distribution API; what is read has its digest. */
final class OciContent {

    static final byte[] EMPTY = "{}".getBytes(StandardCharsets.UTF_8);

    private static final int OK = 200;
    private static final int NOT_FOUND = 404;
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    /** Bytes per second of an upload that is still waited for. */
    private static final long SLOWEST = 100_000;

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

    /** The blob, in memory. */
    byte[] blob(String repository, Artifact.Blob blob) throws ClientException {
        var digest = blob.digest();
        return verified("/v2/" + repository + "/blobs/" + digest, digest, "*/*");
    }

    /** A manifest by its tag, which promises no digest. */
    byte[] tagged(String repository, String tag) throws ClientException {
        var path = "/v2/" + repository + "/manifests/" + tag;
        return http.expectSuccess(http.request(path)
                        .header("Accept", MediaTypes.OCI_MANIFEST)
                        .build())
                .body();
    }

    /** Writes a blob to a file, through little memory; without the promised content there is no file. */
    void download(String repository, Artifact.Blob blob, Path file) throws ClientException {
        var path = "/v2/" + repository + "/blobs/" + blob.digest();
        try {
            http.download(http.request(path).build(), file);
            if (!Digest.of(file).equals(blob.digest())) {
                Files.delete(file);
                throw new ClientException(path + " does not have the content its digest promises");
            }
        } catch (IOException e) {
            throw new ClientException(file + " cannot be written: " + e, e);
        }
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
    ObjectNode put(String repository, String mediaType, Content content) throws ClientException {
        var path = "/v2/" + repository + "/blobs/";
        var head = http.request(path + content.digest())
                .method("HEAD", BodyPublishers.noBody())
                .build();
        if (http.send(head).statusCode() != OK) {
            upload(path, content);
        }
        return descriptor(mediaType, content);
    }

    static ObjectNode descriptor(String mediaType, Content content) {
        return Json.mapper()
                .createObjectNode()
                .put("mediaType", mediaType)
                .put("digest", content.digest().value())
                .put("size", content.size());
    }

    private void upload(String path, Content content) throws ClientException {
        var open = http.request(path + "uploads/").POST(BodyPublishers.noBody()).build();
        var opened = http.expectSuccess(open);
        var location = opened.headers()
                .firstValue("Location")
                .orElseThrow(() -> new ClientException("the registry opened an upload without saying where"));
        var separator = location.contains("?") ? "&" : "?";
        http.expectSuccess(http.request(location + separator + "digest=" + content.digest())
                .timeout(PATIENCE.plusSeconds(content.size() / SLOWEST))
                .header("Content-Type", "application/octet-stream")
                .PUT(content.publisher())
                .build());
    }

    /**
     * Puts a manifest.
     *
     * @param reference a tag or the manifest's own digest
     * @return whether the registry has noted what the manifest refers to, if it refers to something
     */
    boolean putManifest(String repository, String reference, byte[] manifest) throws ClientException {
        return put(repository, reference, MediaTypes.OCI_MANIFEST, manifest)
                .headers()
                .firstValue("OCI-Subject")
                .isPresent();
    }

    private HttpResponse<byte[]> put(String repository, String reference, String type, byte[] manifest)
            throws ClientException {
        return http.expectSuccess(http.request("/v2/" + repository + "/manifests/" + reference)
                .header("Content-Type", type)
                .PUT(BodyPublishers.ofByteArray(manifest))
                .build());
    }

    /** What refers to a manifest, as descriptors; in registries without the referrers API by the tag that stands for it. */
    JsonNode referrers(String repository, Digest manifest, String type) throws ClientException {
        var request = http.request("/v2/" + repository + "/referrers/" + manifest + "?artifactType="
                        + URLEncoder.encode(type, StandardCharsets.UTF_8)) // a bare '+' is a space
                .build();
        var answer = http.send(request);
        if (answer.statusCode() == NOT_FOUND) {
            return referrersByTag(repository, manifest).path("manifests");
        }
        return decode(
                        answer.statusCode() == OK
                                ? answer.body()
                                : http.expectSuccess(request).body(),
                        JsonNode.class)
                .path("manifests");
    }

    private JsonNode referrersByTag(String repository, Digest manifest) throws ClientException {
        var request = http.request("/v2/" + repository + "/manifests/" + tag(manifest))
                .header("Accept", MediaTypes.OCI_INDEX)
                .build();
        var answer = http.send(request);
        return answer.statusCode() == NOT_FOUND
                ? Json.mapper().createObjectNode()
                : decode(
                        answer.statusCode() == OK
                                ? answer.body()
                                : http.expectSuccess(request).body(),
                        JsonNode.class);
    }

    /**
     * Notes a referrer under the tag that stands for its subject, as clients are to where the registry does not (OCI distribution 1.1,
     * referrers tag schema). Of two who do so at once one may be lost: the registry has nothing against that.
     *
     * @param referrer descriptor, with its artifact type
     */
    void addReferrer(String repository, Digest manifest, ObjectNode referrer) throws ClientException {
        var index = Json.mapper().createObjectNode().put("schemaVersion", 2).put("mediaType", MediaTypes.OCI_INDEX);
        var list = index.putArray("manifests");
        for (var known : referrersByTag(repository, manifest).path("manifests")) {
            if (!known.path("digest").equals(referrer.path("digest"))) {
                list.add(known);
            }
        }
        list.add(referrer);
        put(repository, tag(manifest), MediaTypes.OCI_INDEX, Json.encode(index));
    }

    private static String tag(Digest manifest) {
        return manifest.value().replace(':', '-');
    }

    static <T> T decode(byte[] bytes, Class<T> type) throws ClientException {
        try {
            return Json.decode(bytes, type);
        } catch (MalformedMessageException e) {
            throw new ClientException("the registry's answer is not understood: " + e.getMessage(), e);
        }
    }
}
