package io.plumbline.gateway.adapter.registry;

import io.plumbline.contract.artifact.MediaTypes;
import io.plumbline.contract.id.Digest;
import io.plumbline.contract.id.ModelName;
import io.plumbline.contract.wire.Json;
import io.plumbline.contract.wire.MalformedMessageException;
import io.plumbline.gateway.adapter.disk.Partial;
import io.plumbline.gateway.core.build.UnavailableBuildException;
import io.plumbline.gateway.core.build.UnfitBuildException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.ResponseInfo;
import java.util.List;

/**
 * The part of the OCI distribution API that a gateway needs. What comes back was checked against its digest. A connection
 * that breaks is taken up again where it broke. Thread-safe.
 *
 * @see <a href="https://github.com/opencontainers/distribution-spec/blob/v1.1.0/spec.md">OCI distribution spec 1.1</a>
 */
final class RegistryClient {

    static final int OK = 200;
    static final int PARTIAL_CONTENT = 206;
    private static final int RANGE_NOT_SATISFIABLE = 416;
    private static final int TOO_MANY_REQUESTS = 429;
    private static final int SERVER_ERROR = 500;

    /** Of a manifest, an index or a signature; the specification asks registries for 4 MiB. */
    private static final int MOST_BYTES = 4 << 20;

    /** Less than that of one attempt is no progress: a registry that sends a byte a minute is as good as none. */
    private static final int MUCH_BYTES = 64 << 10;

    private final HttpClient http;
    private final URI registry;
    private final Patience patience;

    RegistryClient(HttpClient http, URI registry, Patience patience) {
        this.http = http;
        this.registry = registry;
        this.patience = patience;
    }

    byte[] manifest(ModelName model, Digest digest)
            throws UnfitBuildException, UnavailableBuildException, InterruptedException {
        return checked(digest, get(model, "manifests/" + digest, MediaTypes.OCI_MANIFEST));
    }

    /** A small blob. */
    byte[] blob(ModelName model, Digest digest)
            throws UnfitBuildException, UnavailableBuildException, InterruptedException {
        return checked(digest, get(model, "blobs/" + digest, "*/*"));
    }

    /** Descriptors of the manifests that refer to this one as signatures. */
    List<OciManifest.Descriptor> signatures(ModelName model, Digest digest)
            throws UnfitBuildException, UnavailableBuildException, InterruptedException {
        var body = get(model, "referrers/" + digest, MediaTypes.OCI_INDEX);
        try {
            return Json.decode(body, OciManifest.Index.class).manifests().stream()
                    .filter(referrer -> referrer.artifactType()
                            .filter(MediaTypes.SIGNATURE::equals)
                            .isPresent())
                    .toList();
        } catch (MalformedMessageException e) {
            throw new UnfitBuildException("the registry's list of referrers is malformed: " + e.getMessage(), e);
        }
    }

    /**
     * Fetches what is missing of a blob. What came before a connection broke is kept, for the next call if not for this one.
     *
     * @param size in bytes, as the manifest names it; more is not taken
     */
    void fetch(ModelName model, long size, Partial partial)
            throws UnfitBuildException, UnavailableBuildException, InterruptedException, IOException {
        if (partial.size() < size) {
            insist(new Range(uri(model, "blobs/" + partial.digest()), size, partial));
        }
        var came = partial.size();
        var actual = partial.complete();
        if (!actual.equals(partial.digest())) {
            throw wrong(partial.digest(), actual, came);
        }
    }

    private byte[] get(ModelName model, String path, String accept)
            throws UnfitBuildException, UnavailableBuildException, InterruptedException {
        var whole = new Whole(uri(model, path), accept);
        insist(whole);
        return whole.bytes.toByteArray();
    }

    private URI uri(ModelName model, String path) {
        return registry.resolve("/v2/" + MediaTypes.repository(model) + "/" + path);
    }

    /** Something that may be asked for again. */
    private interface Wish extends Exchange.Sink {

        URI uri();

        /** Called before each attempt. */
        HttpRequest.Builder request() throws IOException;

        /** Bytes that will not have to come again. */
        long gained() throws IOException;
    }

    /**
     * As often as patience allows; an attempt that brought much is not counted.
     *
     * @throws UnfitBuildException if the registry says that it does not have it, or must not give it
     */
    private void insist(Wish wish) throws UnfitBuildException, UnavailableBuildException, InterruptedException {
        for (int fruitless = 1; ; fruitless++) {
            var gained = 0L;
            var trouble = "";
            try {
                gained = wish.gained();
                var request = wish.request().timeout(patience.silence()).build();
                var status = new Exchange(wish).send(http, request, patience.silence());
                if (status == OK || status == PARTIAL_CONTENT) {
                    return;
                }
                trouble = "the registry answers " + status + " to GET " + wish.uri();
                if (status < SERVER_ERROR && status != TOO_MANY_REQUESTS && status != RANGE_NOT_SATISFIABLE) {
                    throw new UnfitBuildException(trouble);
                }
            } catch (IOException e) {
                trouble = "the registry does not answer GET " + wish.uri() + ": " + e.getMessage();
            }
            fruitless = hasGained(wish, gained) ? 0 : fruitless;
            if (fruitless >= patience.attempts()) {
                throw new UnavailableBuildException(trouble);
            }
            Thread.sleep(patience.pauseAfter(Math.max(1, fruitless)).toMillis());
        }
    }

    private static boolean hasGained(Wish wish, long before) throws UnavailableBuildException, InterruptedException {
        try {
            return wish.gained() >= before + MUCH_BYTES;
        } catch (IOException e) {
            throw diskFailed(e);
        }
    }

    /** @throws InterruptedException if it was this thread's interruption that closed the file */
    static UnavailableBuildException diskFailed(IOException e) throws InterruptedException {
        if (Thread.interrupted()) {
            throw new InterruptedException("stopped");
        }
        return new UnavailableBuildException("the models folder cannot be used: " + e, e);
    }

    /** All of something small, in memory. */
    private static final class Whole implements Wish {

        private final URI uri;
        private final String accept;
        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

        private Whole(URI uri, String accept) {
            this.uri = uri;
            this.accept = accept;
        }

        @Override
        public URI uri() {
            return uri;
        }

        @Override
        public HttpRequest.Builder request() {
            bytes.reset();
            return HttpRequest.newBuilder(uri).header("Accept", accept);
        }

        @Override
        public long gained() {
            return 0;
        }

        @Override
        public boolean begin(ResponseInfo head) {
            return head.statusCode() == OK;
        }

        @Override
        public void take(byte[] more) throws IOException {
            if (bytes.size() + more.length > MOST_BYTES) {
                throw new IOException("the answer has more than " + MOST_BYTES + " bytes");
            }
            bytes.writeBytes(more);
        }
    }

    /** What is missing of a blob, behind what is on disk. */
    private record Range(URI uri, long size, Partial partial) implements Wish {

        @Override
        public HttpRequest.Builder request() throws IOException {
            var request = HttpRequest.newBuilder(uri).header("Accept", "*/*");
            var there = partial.size();
            return there == 0 ? request : request.header("Range", "bytes=" + there + "-");
        }

        @Override
        public long gained() throws IOException {
            return partial.size();
        }

        @Override
        public boolean begin(ResponseInfo head) throws IOException {
            var status = head.statusCode();
            var range = head.headers().firstValue("Content-Range").orElse("none");
            if (status == PARTIAL_CONTENT && !range.startsWith("bytes " + partial.size() + "-")) {
                throw new IOException("it sent another part than the one it was asked for: " + range);
            }
            if (status == OK || status == RANGE_NOT_SATISFIABLE) {
                partial.clear();
            }
            return status == OK || status == PARTIAL_CONTENT;
        }

        @Override
        public void take(byte[] more) throws IOException {
            if (partial.size() + more.length > size) {
                partial.clear();
                throw new IOException("it sends more than the " + size + " bytes that the manifest names");
            }
            partial.append(more);
        }
    }

    private static byte[] checked(Digest digest, byte[] content) throws UnfitBuildException {
        var actual = Digest.of(content);
        if (!actual.equals(digest)) {
            throw wrong(digest, actual, content.length);
        }
        return content;
    }

    private static UnfitBuildException wrong(Digest digest, Digest actual, long bytes) {
        return new UnfitBuildException("content of " + digest + " has the digest " + actual + " (" + bytes + " bytes)");
    }
}
