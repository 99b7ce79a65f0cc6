package io.plumbline.benchmarks.kills;

import io.plumbline.contract.artifact.MediaTypes;
import io.plumbline.contract.id.Digest;
import io.plumbline.contract.wire.Json;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * One client that uploads one large blob after the other in chunks, for longer than the registry lives, and goes on where the registry says
 * that it stands. A blob must be there whole, or not at all, at every moment. Thread-safe.
 */
final class LargeUploads implements Runnable {

    private static final int CHUNK_BYTES = 1 << 20;
    private static final int CHUNKS = 32;
    private static final long PAUSE_MILLIS = 120;
    private static final long RETRY_MILLIS = 100;
    private static final String REPOSITORY = "/v2/large/blobs/";

    private final HttpClient http = HttpClient.newHttpClient();
    private final URI registry;
    private final AtomicBoolean going = new AtomicBoolean(true);
    private final List<Digest> stored = new ArrayList<>();
    private final List<String> broken = new ArrayList<>();
    private int continued;
    private int begunAnew;

    LargeUploads(URI registry) {
        this.registry = registry;
    }

    @Override
    public void run() {
        try {
            for (int number = 1; going.get(); number++) {
                store(number);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void store(int number) throws InterruptedException {
        var content = content(number);
        var digest = Digest.of(content);
        var upload = new Upload(content, digest);
        while (going.get()) {
            try {
                if (upload.advance()) {
                    keep(number, content, digest);
                    return;
                }
                Thread.sleep(PAUSE_MILLIS);
            } catch (IOException e) {
                // it is being killed, or starts
                upload.lost();
                Thread.sleep(RETRY_MILLIS);
            }
        }
    }

    /** Named by a manifest, or the collection of garbage takes it. */
    private void keep(int number, byte[] content, Digest digest) throws InterruptedException {
        var json = Json.mapper().createObjectNode().put("schemaVersion", 2).put("mediaType", MediaTypes.OCI_MANIFEST);
        json.putObject("config")
                .put("mediaType", "application/octet-stream")
                .put("digest", digest.value())
                .put("size", content.length);
        json.putArray("layers");
        var manifest = Json.encode(json);
        while (going.get()) {
            try {
                var answer = http.send(
                        request("/v2/large/manifests/upload-" + number)
                                .header("Content-Type", MediaTypes.OCI_MANIFEST)
                                .PUT(BodyPublishers.ofByteArray(manifest))
                                .build(),
                        BodyHandlers.ofString());
                if (answer.statusCode() != 201) {
                    breaks("manifest of " + digest + ": HTTP " + answer.statusCode() + " " + answer.body());
                }
                synchronized (this) {
                    stored.add(digest);
                }
                return;
            } catch (IOException e) {
                Thread.sleep(RETRY_MILLIS);
            }
        }
    }

    /** The same for the same number. */
    private static byte[] content(int number) {
        var random = new SplittableRandom(number);
        var bytes = new byte[CHUNKS * CHUNK_BYTES];
        random.nextBytes(bytes);
        return bytes;
    }

    /** One blob on its way. Confined to one thread. */
    private final class Upload {

        private final byte[] content;
        private final Digest digest;
        private String location = "";
        private int sent;
        private boolean unsure;

        private Upload(byte[] content, Digest digest) {
            this.content = content;
            this.digest = digest;
        }

        /** Nobody knows what of the last request has arrived. */
        private void lost() {
            unsure = true;
        }

        /** One request further. @return whether the blob is stored */
        private boolean advance() throws IOException, InterruptedException {
            if (unsure && isThere()) {
                return true;
            }
            if (unsure && !location.isEmpty()) {
                ask();
            }
            unsure = false;
            if (location.isEmpty()) {
                var begun = send(request(REPOSITORY + "uploads/").POST(BodyPublishers.noBody()), 202);
                location = begun.headers().firstValue("Location").orElseThrow();
                sent = 0;
                return false;
            }
            if (sent < content.length) {
                chunk();
                return false;
            }
            var there = location + (location.contains("?") ? "&" : "?") + "digest=" + digest;
            send(request(there).PUT(BodyPublishers.noBody()), 201);
            return true;
        }

        /** Whether the registry shows it; if it does, all of it. */
        private boolean isThere() throws IOException, InterruptedException {
            var answer = http.send(request(REPOSITORY + digest).GET().build(), BodyHandlers.ofByteArray());
            if (answer.statusCode() == 200 && !Arrays.equals(answer.body(), content)) {
                breaks("blob " + digest + " was shown with " + answer.body().length + " bytes that are not its own");
            }
            return answer.statusCode() == 200;
        }

        private void ask() throws IOException, InterruptedException {
            var answer = http.send(request(location).GET().build(), BodyHandlers.discarding());
            if (answer.statusCode() == 204) {
                sent = end(answer);
                count(true);
            } else {
                location = "";
                count(false);
            }
        }

        private void chunk() throws IOException, InterruptedException {
            var end = Math.min(content.length, sent + CHUNK_BYTES);
            var part = Arrays.copyOfRange(content, sent, end);
            var answer = send(
                    request(location)
                            .header("Content-Type", "application/octet-stream")
                            .header("Content-Range", sent + "-" + (end - 1))
                            .method("PATCH", BodyPublishers.ofByteArray(part)),
                    202);
            location = answer.headers().firstValue("Location").orElse(location);
            sent = end(answer);
        }

        private static int end(HttpResponse<?> answer) {
            // "0-0" is what the specification has for nothing, too
            var last = Integer.parseInt(
                    answer.headers().firstValue("Range").orElseThrow().substring(2));
            return last == 0 ? 0 : last + 1;
        }
    }

    private HttpResponse<String> send(HttpRequest.Builder request, int expected)
            throws IOException, InterruptedException {
        var answer = http.send(request.build(), BodyHandlers.ofString());
        if (answer.statusCode() != expected) {
            breaks(answer.request().method() + " " + answer.request().uri() + ": HTTP " + answer.statusCode() + " "
                    + answer.body());
            throw new IOException("HTTP " + answer.statusCode());
        }
        return answer;
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(registry.resolve(path)).timeout(Duration.ofSeconds(30));
    }

    private synchronized void count(boolean goesOn) {
        if (goesOn) {
            continued++;
        } else {
            begunAnew++;
        }
    }

    private synchronized void breaks(String what) {
        broken.add(what);
    }

    /** Pulls what was stored. */
    void verify() throws IOException, InterruptedException {
        for (var digest : stored()) {
            var answer = http.send(request(REPOSITORY + digest).GET().build(), BodyHandlers.ofByteArray());
            if (answer.statusCode() != 200 || !Digest.of(answer.body()).equals(digest)) {
                breaks("blob " + digest + ": HTTP " + answer.statusCode() + ", " + answer.body().length + " bytes");
            }
        }
    }

    void stop() {
        going.set(false);
    }

    /** Blobs that must be there whole from now on. */
    synchronized List<Digest> stored() {
        return List.copyOf(stored);
    }

    /** What the registry did that it must not. */
    synchronized List<String> broken() {
        return List.copyOf(broken);
    }

    /** Uploads that a kill interrupted and that went on from where they stood. */
    synchronized int continued() {
        return continued;
    }

    /** Uploads that a kill interrupted and of which the registry did not know any more. */
    synchronized int begunAnew() {
        return begunAnew;
    }
}
