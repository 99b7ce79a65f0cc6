package io.plumbline.benchmarks.fuzz;

import io.plumbline.benchmarks.Figures;
import io.plumbline.cli.launch.Brokers;
import io.plumbline.cli.launch.Installation;
import io.plumbline.cli.launch.ResidentMemory;
import io.plumbline.cli.launch.Service;
import io.plumbline.cli.launch.ServiceKind;
import io.plumbline.contract.artifact.MediaTypes;
import io.plumbline.contract.id.Digest;
import io.plumbline.contract.wire.Json;
import io.plumbline.support.Mutation;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * Broken manifests pushed to the packaged registry: each must be stored as it is, and is deleted then, or refused with an error of the
 * specification; never anything else.
 */
final class BrokenPushes {

    private static final double MB = 1048576.0;
    private static final double PER = 100_000;
    private static final double WARM_UP = 0.25;
    private static final int SAMPLES = 40;
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final int CREATED = 201;
    private static final int ACCEPTED = 202;
    private static final int BAD_REQUEST = 400;
    private static final int SERVER_ERROR = 500;
    private static final String REPOSITORY = "/v2/fuzz/pushes";

    private final HttpClient http = HttpClient.newHttpClient();
    private final Service registry;
    private final Mutation mutation;
    private final List<double[]> samples = new ArrayList<>();
    private int stored;
    private int refused;
    private int failed;

    private BrokenPushes(Service registry, long seed) {
        this.registry = registry;
        this.mutation = new Mutation(new SplittableRandom(seed));
    }

    static void run(long seed, int count, Figures figures) throws Exception {
        var installation = Installation.here();
        var folder = Files.createTempDirectory("pushes");
        var brokers = Brokers.start(installation, folder);
        try {
            var properties = Map.of(
                    "plumbline.registry.data-dir", folder.resolve("registry").toString(),
                    "kafka.bootstrap.servers", brokers.ports().bootstrapServers());
            var program = Service.Program.of(ServiceKind.REGISTRY, "registry");
            var registry = Service.start(installation, program, folder.resolve("logs"), properties);
            try {
                registry.awaitReady();
                new BrokenPushes(registry, seed).push(count, figures);
                registry.process().requireAlive();
            } finally {
                registry.process().stop(PATIENCE);
            }
        } finally {
            brokers.process().stop(PATIENCE);
        }
    }

    private void push(int count, Figures figures) throws Exception {
        var sound = sound();
        var start = System.nanoTime();
        for (int i = 0; i < count; i++) {
            push(mutation.of(sound));
            if (i % Math.max(1, count / SAMPLES) == 0) {
                samples.add(new double[] {i, rss()});
            }
        }
        figures.add("manifests.sent", count);
        figures.add("manifests.stored", stored);
        figures.add("manifests.refused", refused);
        figures.add("manifests.failed", failed);
        figures.add("manifests.perSecond", count / ((System.nanoTime() - start) / 1e9));
        var warm = samples.subList((int) (samples.size() * WARM_UP), samples.size());
        warm.forEach(sample -> figures.add("manifests.rssMb", sample[1]));
        figures.add("manifests.rssGrowthMbPer100000", PER * FuzzRun.slope(warm));
    }

    /** A version with the three kinds of layers, all of one blob. */
    private byte[] sound() throws IOException, InterruptedException {
        var content = "{}".getBytes(StandardCharsets.UTF_8);
        var digest = Digest.of(content);
        send(request("/blobs/uploads/?digest=" + digest).POST(BodyPublishers.ofByteArray(content)));
        var manifest = Json.mapper().createObjectNode();
        manifest.put("schemaVersion", 2).put("mediaType", MediaTypes.OCI_MANIFEST);
        manifest.put("artifactType", "application/vnd.example.fuzz.v1");
        manifest.putObject("config")
                .put("mediaType", MediaTypes.OCI_EMPTY)
                .put("digest", digest.value())
                .put("size", content.length);
        var layers = manifest.putArray("layers");
        for (var type : List.of(MediaTypes.ONNX, MediaTypes.CARD, MediaTypes.SAMPLES)) {
            layers.addObject()
                    .put("mediaType", type)
                    .put("digest", digest.value())
                    .put("size", content.length)
                    .putObject("annotations")
                    .put(MediaTypes.TITLE, "../../" + type);
        }
        manifest.putObject("subject")
                .put("mediaType", MediaTypes.OCI_MANIFEST)
                .put("digest", digest.value())
                .put("size", content.length);
        return Json.encode(manifest);
    }

    private void push(byte[] manifest) throws IOException, InterruptedException {
        var answer = send(request("/manifests/broken").PUT(BodyPublishers.ofByteArray(manifest)));
        var status = answer.statusCode();
        if (status == CREATED && comesBackAndGoes(Digest.of(manifest))) {
            stored++;
        } else if (status >= BAD_REQUEST && status < SERVER_ERROR && hasCode(answer.body())) {
            refused++;
        } else {
            failed++;
            System.err.println("manifests: " + status + " for "
                    + new String(manifest, StandardCharsets.UTF_8).replaceAll("\\p{Cntrl}", "?"));
        }
    }

    private boolean comesBackAndGoes(Digest digest) throws IOException, InterruptedException {
        var back = send(request("/manifests/" + digest).GET());
        var gone = send(request("/manifests/" + digest).DELETE());
        return Digest.of(back.body()).equals(digest) && gone.statusCode() == ACCEPTED;
    }

    private static boolean hasCode(byte[] body) {
        return new String(body, StandardCharsets.UTF_8).startsWith("{\"errors\":[{\"code\":\"");
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(registry.url().resolve(REPOSITORY + path));
    }

    private HttpResponse<byte[]> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        return http.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
    }

    private double rss() {
        return (ResidentMemory.bytes(List.of(registry.process())) - ResidentMemory.bytes(List.of())) / MB;
    }
}
