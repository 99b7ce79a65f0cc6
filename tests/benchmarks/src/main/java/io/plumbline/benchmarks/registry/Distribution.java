package io.plumbline.benchmarks.registry;

import io.plumbline.benchmarks.Bench;
import io.plumbline.benchmarks.Figures;
import io.plumbline.benchmarks.real.Federated;
import io.plumbline.cli.launch.Brokers;
import io.plumbline.cli.launch.FreePorts;
import io.plumbline.cli.launch.Installation;
import io.plumbline.cli.launch.LaunchException;
import io.plumbline.cli.launch.ResidentMemory;
import io.plumbline.cli.launch.Service;
import io.plumbline.cli.launch.ServiceKind;
import io.plumbline.contract.id.Digest;
import io.plumbline.quantizer.MiniLm;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The packaged registry with a model of 90 MB: fifty clients at once, beside a bare static file server of the same stack in the same
 * run; a gateway's pull over a line that breaks; many manifests; and histograms of four gateways against all their windows.
 */
public final class Distribution implements Bench.Benchmark {

    private static final int CLIENTS = 50;
    private static final int REPETITIONS = 7;
    private static final int QUICK_REPETITIONS = 2;
    private static final int MANIFESTS = 10_000;
    private static final int QUICK_MANIFESTS = 500;
    private static final int TIMED = 100;
    private static final long BREAKS_AFTER = 40L << 20;
    private static final double MB = 1 << 20;
    /** Heads, manifests and what was under way when the line broke. */
    private static final long SLACK = 1 << 20;

    private final Installation installation = Installation.here();

    @Override
    public Figures run(boolean quick) throws Exception {
        var figures = new Figures();
        var folder = Files.createTempDirectory("distribution");
        var model = Files.write(folder.resolve("model.onnx"), MiniLm.resource("all-minilm-l6-v2.onnx"));
        var brokers = Brokers.start(installation, folder);
        try {
            var registry = start(folder, brokers);
            try {
                pulls(registry, model, folder, quick, figures);
                resume(registry, model, folder, figures);
                registry = manifests(registry, folder, brokers, quick, figures);
            } finally {
                registry.process().stop(Duration.ofSeconds(10));
            }
        } finally {
            brokers.process().stop(Duration.ofSeconds(10));
        }
        Federated.compare(figures);
        return figures;
    }

    private Service start(Path folder, Brokers brokers) throws LaunchException, InterruptedException {
        var properties = new HashMap<String, String>();
        properties.put("plumbline.registry.data-dir", folder.resolve("registry").toString());
        properties.put("kafka.bootstrap.servers", brokers.ports().bootstrapServers());
        return Service.start(
                        installation,
                        Service.Program.of(ServiceKind.REGISTRY, "registry"),
                        folder.resolve("logs"),
                        properties)
                .awaitReady();
    }

    /** One after the other, so that whatever the machine does meanwhile meets both. */
    private void pulls(Service registry, Path model, Path folder, boolean quick, Figures figures) throws Exception {
        var size = Files.size(model);
        figures.add("rssMbBefore", rssMb(registry));
        var start = System.nanoTime();
        new Pushing(registry.url()).signedBuild(model, folder.resolve("trust.json"));
        figures.add("pushSeconds", (System.nanoTime() - start) / 1e9);
        figures.add("rssMbAfterPush", rssMb(registry));
        var blob = registry.url().resolve("/v2/models/" + Pushing.MODEL + "/blobs/" + Digest.of(model));
        var port = FreePorts.take(1).get(0);
        var bare = URI.create("http://127.0.0.1:" + port + "/model");
        try (var server = Launched.start(
                installation.service(ServiceKind.REGISTRY),
                "StaticServer",
                folder,
                model.toString(),
                String.valueOf(port))) {
            if (!server.says("READY")) {
                throw new IOException("the static server ended; " + folder + " has its words");
            }
            var clients = quick ? CLIENTS / 5 : CLIENTS;
            Pull.together(blob, clients, size);
            Pull.together(bare, clients, size);
            for (int i = 0; i < (quick ? QUICK_REPETITIONS : REPETITIONS); i++) {
                var most = new Highest(registry);
                var pulled = Pull.together(blob, clients, size);
                figures.add("rssMbDuring", most.stop());
                var sent = Pull.together(bare, clients, size);
                figures.add("pullVsStaticServer", pulled / sent);
                figures.add("pullMbPerSecond", pulled / MB);
                figures.add("staticMbPerSecond", sent / MB);
            }
        }
        figures.add("rssMbAfter", rssMb(registry));
    }

    /** The gateway's own code over a line that breaks once: what came before is not sent again. */
    private void resume(Service registry, Path model, Path folder, Figures figures) throws Exception {
        var gateway = Files.createDirectory(folder.resolve("gateway"));
        var build = new Pushing(registry.url()).signedBuild(model, gateway.resolve("trust.json"));
        try (var line = BrokenLine.to(registry.url(), BREAKS_AFTER);
                var fetch = Launched.start(
                        installation.service(ServiceKind.GATEWAY),
                        "Fetch",
                        gateway,
                        line.url().toString(),
                        gateway.toString(),
                        Pushing.MODEL.value(),
                        build.value())) {
            var fetched = fetch.says("FETCHED");
            var size = Files.size(model);
            figures.add("resumedBytesPerBlobByte", (double) line.bytes() / size);
            figures.add("resumeOk", fetched && line.hasBroken() && line.bytes() < size + SLACK ? 1 : 0);
        }
    }

    /** Of the restarted registry, too. */
    private Service manifests(Service registry, Path folder, Brokers brokers, boolean quick, Figures figures)
            throws Exception {
        var pushing = new Pushing(registry.url());
        var count = quick ? QUICK_MANIFESTS : MANIFESTS;
        for (int i = 0; i < count; i++) {
            var start = System.nanoTime();
            pushing.small("many/repository" + i % 10, i);
            var millis = (System.nanoTime() - start) / 1e6;
            if (i < TIMED) {
                figures.add("firstPushMillis", millis);
            } else if (i >= count - TIMED) {
                figures.add("lastPushMillis", millis);
            }
        }
        figures.add("rssMbWithManifests", rssMb(registry));
        registry.process().stop(Duration.ofSeconds(10));
        var start = System.nanoTime();
        var again = start(folder, brokers);
        figures.add("startSecondsWithManifests", (System.nanoTime() - start) / 1e9);
        figures.add("rssMbRestarted", rssMb(again));
        return again;
    }

    private static double rssMb(Service service) {
        return (ResidentMemory.bytes(List.of(service.process())) - ResidentMemory.bytes(List.of())) / MB;
    }

    /** The most that a service had resident until it was stopped. */
    private static final class Highest {

        private final AtomicLong most = new AtomicLong();
        private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor();

        private Highest(Service service) {
            thread.scheduleAtFixedRate(
                    () -> most.accumulateAndGet((long) (rssMb(service) * MB), Math::max),
                    0,
                    100,
                    TimeUnit.MILLISECONDS);
        }

        private double stop() throws InterruptedException {
            thread.shutdown();
            if (!thread.awaitTermination(10, TimeUnit.SECONDS)) {
                throw new IllegalStateException("reading a file takes longer than ten seconds");
            }
            return most.get() / MB;
        }
    }
}
