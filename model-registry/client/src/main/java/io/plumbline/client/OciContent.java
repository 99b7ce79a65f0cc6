package io.plumbline.client;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.plumbline.client.Artifact.Content;
import io.plumbline.contract.artifact.MediaTypes;
import io.plumbline.contract.id.Digest;
import io.plumbline.contract.wire.Json;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Manifests and blobs of a registry by the OCI distribution API; what is read has its digest. */
public final class OciContent {

    private static final int OK = 200;
    private static final int NOT_FOUND = 404;
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    /** Of a manifest or an index; the specification asks registries for 4 MiB. */
    private static final long MOST_MANIFEST = 4 << 20;

    private static final int MOST_PAGES = 100;
    /** Bytes per second of an upload that is still waited for. */
    private static final long SLOWEST = 100_000;

    private final Http http;

    public OciContent(Http http) {
        this.http = http;
    }

    public Artifact manifest(String repository, Digest digest) throws ClientException {
        return Artifact.of(
                verified(manifestPath(repository, digest.value()), digest, new Exchange.Memory(MOST_MANIFEST)));
    }

    /** A manifest by its tag, which promises no digest. */
    Artifact tagged(String repository, String tag) throws ClientException {
        var request = ask(manifestPath(repository, tag));
        return Artifact.of(
                http.expectSuccess(request, new Exchange.Memory(MOST_MANIFEST)).body());
    }

    /** The first layer of this type, in memory. */
    public byte[] layer(String repository, Artifact manifest, String mediaType) throws ClientException {
        var layer = manifest.layer(mediaType);
        if (layer.isEmpty()) {
            throw new ClientException("the manifest has no layer of type " + mediaType);
        }
        return blob(repository, layer.get());
    }

    /** The blob, in memory. */
    public byte[] blob(String repository, Artifact.Blob blob) throws ClientException {
        return verified(blobPath(repository, blob.digest()), blob.digest(), new Exchange.Memory(blob.size()));
    }

    /** The same, decoded from JSON. */
    public <T> T layer(String repository, Artifact manifest, String mediaType, Class<T> type) throws ClientException {
        return http.decode(layer(repository, manifest, mediaType), type);
    }

    /** The same of a blob. */
    public <T> T blob(String repository, Artifact.Blob blob, Class<T> type) throws ClientException {
        return http.decode(blob(repository, blob), type);
    }

    /** The bytes of a manifest that somebody refers to; empty where the registry does not have what was promised. */
    Optional<byte[]> findManifest(String repository, Digest digest) throws ClientException {
        return find(manifestPath(repository, digest.value()), digest, MOST_MANIFEST);
    }

    /** The same of a blob. */
    Optional<byte[]> findBlob(String repository, Artifact.Blob blob) throws ClientException {
        return find(blobPath(repository, blob.digest()), blob.digest(), blob.size());
    }

    private Optional<byte[]> find(String path, Digest digest, long most) throws ClientException {
        var sink = new Exchange.Memory(most);
        try {
            var request = ask(path);
            var answer = http.send(request, sink);
            if (answer.statusCode() != OK && answer.statusCode() != NOT_FOUND) {
                throw http.refusal(request, answer);
            }
            return Optional.of(answer.body()).filter(bytes -> Digest.of(bytes).equals(digest));
        } catch (ClientException e) {
            if (sink.isOverfull()) {
                return Optional.empty();
            }
            throw e;
        }
    }

    /** Writes a blob to a file, through little memory; without the promised content there is no file. */
    void download(String repository, Artifact.Blob blob, Path file) throws ClientException {
        var path = blobPath(repository, blob.digest());
        var isWhole = false;
        try {
            http.download(ask(path), file, blob.size());
            isWhole = Digest.of(file).equals(blob.digest());
        } catch (IOException e) {
            throw new ClientException(file + " cannot be read again: " + e, e);
        } finally {
            if (!isWhole) {
                delete(file);
            }
        }
        if (!isWhole) {
            throw broken(path);
        }
    }

    private static void delete(Path file) throws ClientException {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new ClientException(file + " is not whole, and cannot be deleted: " + e, e);
        }
    }

    private byte[] verified(String path, Digest digest, Exchange.Sink sink) throws ClientException {
        var bytes = http.expectSuccess(ask(path), sink).body();
        if (!Digest.of(bytes).equals(digest)) {
            throw broken(path);
        }
        return bytes;
    }

    private static ClientException broken(String path) {
        return new ClientException(path + " does not have the content its digest promises");
    }

    private HttpRequest ask(String path) {
        var accept = path.contains("/blobs/") ? "*/*" : MediaTypes.OCI_MANIFEST;
        return http.request(path).header("Accept", accept).build();
    }

    private static String manifestPath(String repository, String reference) {
        return "/v2/" + repository + "/manifests/" + reference;
    }

    private static String blobPath(String repository, Digest digest) {
        return "/v2/" + repository + "/blobs/" + digest;
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
        if (opened.headers().firstValue("Location").isEmpty()) {
            throw new ClientException("the registry opened an upload without saying where");
        }
        var place = http.target(opened).toString();
        var separator = place.contains("?") ? "&" : "?";
        http.expectSuccess(http.request(URI.create(place + separator + "digest=" + content.digest()))
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
    List<JsonNode> referrers(String repository, Digest manifest, String type) throws ClientException {
        var all = new ArrayList<JsonNode>();
        var path = "/v2/" + repository + "/referrers/" + manifest + "?artifactType=" + Http.segment(type);
        var next = Optional.of(http.request(path).build());
        for (int page = 0; next.isPresent(); page++) {
            if (page == MOST_PAGES) {
                throw new ClientException(
                        "the registry has more than " + MOST_PAGES + " pages of referrers of " + manifest);
            }
            var answer = http.send(next.get(), new Exchange.Memory(MOST_MANIFEST));
            if (answer.statusCode() == NOT_FOUND && page == 0) {
                return referrersByTag(repository, manifest);
            }
            if (answer.statusCode() != OK) {
                throw http.refusal(next.get(), answer);
            }
            http.decode(answer.body(), JsonNode.class).path("manifests").forEach(all::add);
            next = http.next(answer).map(uri -> http.request(uri).build());
        }
        return all;
    }

    private List<JsonNode> referrersByTag(String repository, Digest manifest) throws ClientException {
        var request = http.request(manifestPath(repository, tag(manifest)))
                .header("Accept", MediaTypes.OCI_INDEX)
                .build();
        var answer = http.send(request, new Exchange.Memory(MOST_MANIFEST));
        if (answer.statusCode() == NOT_FOUND) {
            return List.of();
        }
        if (answer.statusCode() != OK) {
            throw http.refusal(request, answer);
        }
        var all = new ArrayList<JsonNode>();
        http.decode(answer.body(), JsonNode.class).path("manifests").forEach(all::add);
        return all;
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
        for (var known : referrersByTag(repository, manifest)) {
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
}
