package io.plumbline.benchmarks.swaps;

import io.plumbline.benchmarks.Bench;
import io.plumbline.benchmarks.Figures;
import io.plumbline.benchmarks.Load;
import io.plumbline.benchmarks.Rig;
import io.plumbline.benchmarks.Work;
import io.plumbline.cli.client.RegistryClient;
import io.plumbline.cli.launch.ResidentMemory;
import io.plumbline.cli.topic.TopicReader;
import io.plumbline.contract.Topics;
import io.plumbline.contract.id.Digest;
import io.plumbline.contract.id.ModelName;
import io.plumbline.contract.message.GatewayEvent;
import io.plumbline.contract.message.InferenceResult;
import io.plumbline.contract.wire.Json;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * The packaged gateway changes between two builds of the climate model as fast as it can, each swap with its self-test, its
 * warm-up and its notes on disk, while readings flow. The control plane is one that always wants the other build.
 */
public final class Swaps implements Bench.Benchmark {

    private static final int WARM_UP = 100;
    private static final int STEP = 50;
    /** By then the compiler has compiled most of what a swap runs. */
    private static final int SETTLED = 300;

    private static final double READINGS_PER_SECOND = 200;
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final double MB = 1048576.0;

    private final HttpClient http = HttpClient.newHttpClient();

    @Override
    public Figures run(boolean quick) throws Exception {
        var swaps = quick ? 200 : 1_000;
        var figures = new Figures();
        var folder = Files.createTempDirectory("swaps");
        try (var rig = Rig.start(folder, Work.climate());
                var fleet = new SwappingFleet(builds(rig))) {
            rig.startGateway(fleet.url());
            fleet.awaitSwapsTo(1);
            var heard = new Heard();
            try (var reader =
                    TopicReader.fromNow(rig.kafka(), List.of(Topics.RESULTS, Topics.GATEWAY_EVENTS), heard::take)) {
                var sent = measure(rig, fleet, swaps, figures);
                figures.add("messagesSent", sent);
                figures.add("messagesLost", sent - heard.await(sent));
                figures.add("swapsDone", heard.activated.get());
            }
        }
        return figures;
    }

    private static List<Digest> builds(Rig rig) throws Exception {
        var versions = new RegistryClient(rig.registryUrl())
                .view(new ModelName("climate-event"))
                .versions();
        return versions.get(0).builds().stream()
                .map(build -> build.manifest())
                .limit(2)
                .toList();
    }

    /** @return readings sent */
    private long measure(Rig rig, SwappingFleet fleet, int swaps, Figures figures) throws Exception {
        var flowing = new AtomicBoolean(true);
        var sent = new AtomicLong();
        var load = rig.connectLoad("swaps");
        var sender = new Thread(() -> send(load, flowing, sent), "sender");
        sender.start();
        try {
            fleet.awaitSwapsTo(WARM_UP + 1);
            var first = sample(rig, figures);
            var last = first;
            var start = System.nanoTime();
            var settled = new Trend(SETTLED);
            for (int done = WARM_UP + STEP; done <= swaps; done += STEP) {
                fleet.awaitSwapsTo(done + 1);
                last = sample(rig, figures);
                settled.add(done, last.rssMb);
            }
            settled.slope().ifPresent(slope -> figures.add("rssSlopeMbPer1000", slope * 1_000));
            var measured = swaps - WARM_UP;
            figures.add("swapsPerSecond", measured / ((System.nanoTime() - start) / 1e9));
            figures.add("rssGrowthMbPer1000", (last.rssMb - first.rssMb) * 1_000 / measured);
            figures.add("heapGrowthMbPer1000", (last.heapMb - first.heapMb) * 1_000 / measured);
        } finally {
            flowing.set(false);
            sender.join();
            load.close();
        }
        return sent.get();
    }

    private static void send(Load load, AtomicBoolean flowing, AtomicLong sent) {
        try {
            while (flowing.get()) {
                load.send(Rig.SITE);
                sent.incrementAndGet();
                Thread.sleep((long) (1_000 / READINGS_PER_SECOND));
            }
        } catch (Exception e) {
            throw new IllegalStateException("the load broke off: " + e, e);
        }
    }

    private record Sample(double rssMb, double heapMb) {}

    private Sample sample(Rig rig, Figures figures) throws IOException, InterruptedException {
        var process = rig.gateway().process();
        var rss = (ResidentMemory.bytes(List.of(process)) - ResidentMemory.bytes(List.of())) / MB;
        var sample = new Sample(rss, heapCommitted(rig) / MB);
        figures.add("rssMb", sample.rssMb);
        figures.add("heapCommittedMb", sample.heapMb);
        System.err.printf("rss %.1f MB, heap %.1f MB%n", sample.rssMb, sample.heapMb);
        return sample;
    }

    private double heapCommitted(Rig rig) throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(rig.gateway().url().resolve("/q/metrics"))
                .build();
        return http.send(request, HttpResponse.BodyHandlers.ofString())
                .body()
                .lines()
                .filter(line -> line.startsWith("jvm_memory_committed_bytes{area=\"heap\""))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .sum();
    }

    /** What came out of Kafka. */
    private static final class Heard {
        private final Set<String> results = ConcurrentHashMap.newKeySet();
        private final AtomicLong activated = new AtomicLong();

        private void take(ConsumerRecord<String, byte[]> record) {
            if (record.topic().equals(Topics.RESULTS)) {
                results.add(InferenceResult.from(record.value()).event().value());
            } else if (Json.decode(record.value(), GatewayEvent.class) instanceof GatewayEvent.BuildActivated) {
                activated.incrementAndGet();
            }
        }

        /** Readings answered, once all are or enough time has passed. */
        private long await(long sent) throws InterruptedException {
            var end = System.nanoTime() + LIMIT.toNanos();
            while (results.size() < sent && System.nanoTime() < end) {
                Thread.sleep(50);
            }
            return results.size();
        }
    }

    /** The straight line that lies nearest to a series of points (least squares). */
    private static final class Trend {

        private final List<Point> points = new ArrayList<>();

        private final double from;

        private record Point(double x, double y) {}

        /** @param from points before this x do not count */
        private Trend(double from) {
            this.from = from;
        }

        private void add(double x, double y) {
            if (x >= from) {
                points.add(new Point(x, y));
            }
        }

        /** Change of y for each x; empty for fewer than three points. */
        private OptionalDouble slope() {
            if (points.size() < 3) {
                return OptionalDouble.empty();
            }
            var x = points.stream().mapToDouble(Point::x).average().orElseThrow();
            var y = points.stream().mapToDouble(Point::y).average().orElseThrow();
            var covariance =
                    points.stream().mapToDouble(p -> (p.x - x) * (p.y - y)).sum();
            return OptionalDouble.of(covariance
                    / points.stream().mapToDouble(p -> (p.x - x) * (p.x - x)).sum());
        }
    }
}
