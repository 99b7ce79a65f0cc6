package io.plumbline.benchmarks.fuzz;

import io.plumbline.benchmarks.Bench;
import io.plumbline.benchmarks.Figures;
import io.plumbline.benchmarks.Rig;
import io.plumbline.benchmarks.Work;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Broken payloads through the packaged gateway: readings in five codecs, and frames where there are any. Every one must be answered
 * by a result or a dead letter, the process must live, and its memory must not grow. And broken manifests to the packaged registry.
 */
public final class Fuzz implements Bench.Benchmark {

    private static final long SEED = 1;
    private static final int READINGS = 990_000;
    private static final int FRAMES = 10_000;
    private static final int PUSHES = 20_000;
    private static final int QUICK_SHARE = 50;
    private static final Set<String> KINDS = Set.of("readings", "frames", "manifests");

    private final Set<String> kinds;
    private final Map<String, String> settings;

    public Fuzz() {
        this(KINDS, Map.of());
    }

    private Fuzz(Set<String> kinds, Map<String, String> settings) {
        this.kinds = kinds;
        this.settings = settings;
    }

    /** {@code kind}: readings, frames or manifests; {@code runs}: payloads of each; {@code seed}. */
    @Override
    public Bench.Benchmark with(Map<String, String> chosen) {
        var kind = chosen.get("kind");
        if (kind != null && !KINDS.contains(kind)) {
            throw new IllegalArgumentException("fuzz has no kind '" + kind + "'; known are " + KINDS);
        }
        return new Fuzz(kind == null ? KINDS : Set.of(kind), Map.copyOf(chosen));
    }

    @Override
    public Figures run(boolean quick) throws Exception {
        var figures = new Figures();
        var seed = Long.parseLong(settings.getOrDefault("seed", String.valueOf(SEED)));
        var start = Instant.now().minus(Duration.ofDays(3)).truncatedTo(ChronoUnit.SECONDS);
        if (kinds.contains("readings")) {
            run("readings", climate(), new BrokenReadings(seed, start), count(READINGS, quick), figures);
        }
        if (kinds.contains("manifests")) {
            BrokenPushes.run(seed, count(PUSHES, quick), figures);
        }
        var shared =
                Path.of(System.getProperty("plumbline.root"), "../shared/data").normalize();
        if (kinds.contains("frames") && Files.isDirectory(shared)) {
            var frames = BrokenFrames.of(seed, start, Work.frames(shared));
            run("frames", Work.cameras(shared), frames, count(FRAMES, quick), figures);
        } else if (kinds.contains("frames")) {
            System.err.println("frames are left out: " + shared + ", which is not part of the project, is not there");
        }
        return figures;
    }

    private int count(int all, boolean quick) {
        return Integer.parseInt(settings.getOrDefault("runs", String.valueOf(quick ? all / QUICK_SHARE : all)));
    }

    private static void run(String kind, Work work, Broken broken, int count, Figures figures) throws Exception {
        try (var rig = Rig.start(Files.createTempDirectory("fuzz"), work)) {
            new FuzzRun(rig, kind, broken, count).run(figures);
        }
    }

    /** The climate model on a stream of every codec. */
    private static Work climate() throws IOException {
        var climate = Work.climate();
        var devices = IntStream.rangeClosed(1, BrokenReadings.DEVICES)
                .mapToObj(i -> "m-" + i)
                .collect(Collectors.joining(", "));
        var streams = Stream.of(Payloads.values())
                .map(codec -> "  " + codec.stream() + ": {topic: \"sites/{site}/" + codec.stream()
                        + "/{device}/up\", model: climate-event, shadowShare: 0.0, statsWindow: PT5M, payload: {codec: "
                        + codec.stream() + "}}\n")
                .collect(Collectors.joining());
        var fleet = climate.fleet();
        return new Work(
                climate.card(),
                climate.onnx(),
                climate.samples(),
                "sites:\n  bench: {gateways: [gw-bench], devices: [" + devices + "]}\n"
                        + fleet.substring(fleet.indexOf("models:"), fleet.indexOf("streams:")) + "streams:\n" + streams
                        + fleet.substring(fleet.indexOf("rollout:")),
                climate.gatewayOptions(),
                climate.load(),
                climate.loadArguments());
    }
}
