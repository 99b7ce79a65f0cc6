package io.plumbline.gateway.testing;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.plumbline.contract.artifact.BuildCard;
import io.plumbline.contract.artifact.DsseEnvelope;
import io.plumbline.contract.artifact.MediaTypes;
import io.plumbline.contract.artifact.SelfTest;
import io.plumbline.contract.id.Digest;
import io.plumbline.contract.wire.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;

/** A registry in memory that answers the reading half of the OCI distribution API on a free port. */
public final class FakeRegistry implements AutoCloseable {

    private final HttpServer server;
    private final Map<String, byte[]> content = new ConcurrentHashMap<>();
    private final Map<Digest, List<Map<String, Object>>> referrers = new ConcurrentHashMap<>();
    private final Map<String, Queue<Integer>> cuts = new ConcurrentHashMap<>();
    private final Map<String, List<String>> ranges = new ConcurrentHashMap<>();
    private final Set<String> stalled = ConcurrentHashMap.newKeySet();
    private final Set<String> manifests = ConcurrentHashMap.newKeySet();
    private final Set<String> secrets = ConcurrentHashMap.newKeySet();
    private final KeyPair key = newKey();

    /** Answers everything with 503. */
    public volatile boolean fails;

    /** Whether it has the referrers API; without it a tag stands for them. */
    public volatile boolean knowsReferrers = true;

    public FakeRegistry() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.createContext("/v2/models/climate-event/", this::answer);
        server.start();
    }

    public URI url() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    public static KeyPair newKey() {
        try {
            return KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    public KeyPair key() {
        return key;
    }

    public Path trustRoot(Path file) {
        var text = Base64.getEncoder().encodeToString(key.getPublic().getEncoded());
        try {
            return Files.write(file, Json.encode(List.of(text)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Pushes a build that runs, and signs it. */
    public Digest pushSigned(String recipe) {
        var digest = push(recipe, ClimateBuild.selfTest(0));
        sign(digest, key);
        return digest;
    }

    /** Pushes a build without a signature. */
    public Digest push(String recipe, SelfTest selfTest) {
        return push(ClimateBuild.buildCard(recipe), selfTest);
    }

    /** Pushes a build that runs and was made at this time, and signs it. */
    public Digest pushSigned(String recipe, Instant createdAt) {
        var digest = push(ClimateBuild.buildCard(recipe, createdAt), ClimateBuild.selfTest(0));
        sign(digest, key);
        return digest;
    }

    private Digest push(BuildCard card, SelfTest selfTest) {
        var layers = new ArrayList<Map<String, Object>>();
        layers.add(layer(MediaTypes.ONNX, ClimateBuild.onnx()));
        layers.add(layer(MediaTypes.OBSERVED, ClimateBuild.onnx()));
        layers.add(layer(MediaTypes.CARD, ClimateBuild.card()));
        layers.add(layer(MediaTypes.PROFILE, Json.encode(ClimateBuild.profile())));
        layers.add(layer(MediaTypes.SELF_TEST, Json.encode(selfTest)));
        return pushManifest(Map.of(
                "schemaVersion",
                2,
                "mediaType",
                MediaTypes.OCI_MANIFEST,
                "artifactType",
                MediaTypes.BUILD,
                "config",
                layer(MediaTypes.BUILD_CARD, Json.encode(card)),
                "layers",
                layers));
    }

    public void sign(Digest manifest, KeyPair signer) {
        try {
            var envelope = DsseEnvelope.sign(
                    DsseEnvelope.MANIFEST_DIGEST,
                    manifest.value().getBytes(StandardCharsets.UTF_8),
                    "test",
                    signer.getPrivate());
            attach(manifest, envelope);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    public void attach(Digest manifest, DsseEnvelope envelope) {
        attach(manifest, Json.encode(envelope), MediaTypes.SIGNATURE);
    }

    /** Something that says to be a signature; answers the digest of its only layer. */
    public Digest attach(Digest manifest, byte[] content, String type) {
        var signature = pushManifest(Map.of(
                "schemaVersion",
                2,
                "mediaType",
                MediaTypes.OCI_MANIFEST,
                "artifactType",
                MediaTypes.SIGNATURE,
                "config",
                layer(MediaTypes.OCI_EMPTY, "{}".getBytes(StandardCharsets.UTF_8)),
                "layers",
                List.of(layer(type, content)),
                "subject",
                Map.of("mediaType", MediaTypes.OCI_MANIFEST, "digest", manifest.value(), "size", 1)));
        var descriptor = new LinkedHashMap<String, Object>();
        descriptor.put("mediaType", MediaTypes.OCI_MANIFEST);
        descriptor.put("digest", signature.value());
        descriptor.put("size", 1);
        descriptor.put("artifactType", MediaTypes.SIGNATURE);
        referrers.computeIfAbsent(manifest, m -> new ArrayList<>()).add(descriptor);
        return Digest.of(content);
    }

    /** Serves other bytes under a digest than those it names. */
    public void corrupt(Digest digest) {
        content.computeIfPresent(digest.value(), (name, bytes) -> {
            var other = bytes.clone();
            other[other.length / 2] ^= 1;
            return other;
        });
    }

    /** Serves only the first half of it. */
    public void truncate(Digest digest) {
        content.computeIfPresent(digest.value(), (name, bytes) -> Arrays.copyOf(bytes, bytes.length / 2));
    }

    private Digest pushManifest(Map<String, Object> manifest) {
        var digest = put(Json.encode(manifest));
        manifests.add(digest.value());
        return digest;
    }

    private Map<String, Object> layer(String mediaType, byte[] bytes) {
        return Map.of("mediaType", mediaType, "digest", put(bytes).value(), "size", bytes.length);
    }

    private Digest put(byte[] bytes) {
        var digest = Digest.of(bytes);
        content.put(digest.value(), bytes);
        return digest;
    }

    private void answer(HttpExchange exchange) throws IOException {
        var path = exchange.getRequestURI().getPath();
        var name = path.substring(path.lastIndexOf('/') + 1);
        Optional.ofNullable(exchange.getRequestHeaders().getFirst("Authorization"))
                .ifPresent(secrets::add);
        var subject = path.contains("/referrers/") == knowsReferrers ? name.replace("sha256-", "sha256:") : "";
        if (fails) {
            send(exchange, 503, new byte[0]);
        } else if (path.contains("/referrers/") && !knowsReferrers) {
            send(exchange, 404, new byte[0]);
        } else if (path.contains("/referrers/") || (name.startsWith("sha256-") && !knowsReferrers)) {
            send(exchange, 200, index(new Digest(subject)));
        } else if (content.containsKey(name)) {
            serve(exchange, name, content.get(name));
        } else {
            send(exchange, 404, new byte[0]);
        }
    }

    private byte[] index(Digest subject) {
        return Json.encode(Map.of(
                "schemaVersion",
                2,
                "mediaType",
                MediaTypes.OCI_INDEX,
                "manifests",
                referrers.getOrDefault(subject, List.of())));
    }

    /** What it was shown as Authorization, which it never asks for. */
    public Set<String> secrets() {
        return Set.copyOf(secrets);
    }

    /** Puts everything that it has into a repository of another registry, referrers under their tags. */
    public void copyTo(RepositoryPush other) throws IOException, InterruptedException {
        for (var one : content.entrySet()) {
            if (!manifests.contains(one.getKey())) {
                other.blob(one.getKey(), one.getValue());
            }
        }
        for (var name : manifests) {
            other.manifest(name, MediaTypes.OCI_MANIFEST, content.get(name));
        }
        for (var subject : referrers.keySet()) {
            other.manifest(subject.value().replace(':', '-'), MediaTypes.OCI_INDEX, index(subject));
        }
    }

    /** Cuts this many answers with it after so many bytes. Cuts are used up in the order in which they were asked for. */
    public void cutAfter(Digest digest, int bytes, int times) {
        for (int i = 0; i < times; i++) {
            cuts.computeIfAbsent(digest.value(), name -> new ConcurrentLinkedQueue<>())
                    .add(bytes);
        }
    }

    /** Begins to answer with it, and goes no further. */
    public void stall(Digest digest) {
        stalled.add(digest.value());
    }

    /** Serves a byte more than it has. */
    public void lengthen(Digest digest) {
        content.computeIfPresent(digest.value(), (name, bytes) -> Arrays.copyOf(bytes, bytes.length + 1));
    }

    /** The Range of each request for it, "" for none. */
    public List<String> ranges(Digest digest) {
        return List.copyOf(ranges.getOrDefault(digest.value(), List.of()));
    }

    private void serve(HttpExchange exchange, String name, byte[] all) throws IOException {
        var range = exchange.getRequestHeaders().getFirst("Range");
        ranges.computeIfAbsent(name, n -> new CopyOnWriteArrayList<>()).add(range == null ? "" : range);
        var from = range == null ? 0 : Integer.parseInt(range.replaceAll("\\D", ""));
        var bytes = Arrays.copyOfRange(all, from, all.length);
        if (range != null) {
            exchange.getResponseHeaders()
                    .set("Content-Range", "bytes " + from + "-" + (all.length - 1) + "/" + all.length);
        }
        var cut = Optional.ofNullable(cuts.get(name)).map(Queue::poll);
        if (cut.isEmpty() && !stalled.contains(name)) {
            send(exchange, range == null ? 200 : 206, bytes);
            return;
        }
        exchange.sendResponseHeaders(range == null ? 200 : 206, bytes.length);
        exchange.getResponseBody().write(bytes, 0, cut.orElse(1));
        exchange.getResponseBody().flush();
        if (cut.isPresent()) {
            exchange.close();
        }
    }

    static void send(HttpExchange exchange, int status, byte[] body) throws IOException {
        try (exchange) {
            exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
            if (body.length > 0) {
                exchange.getResponseBody().write(body);
            }
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
