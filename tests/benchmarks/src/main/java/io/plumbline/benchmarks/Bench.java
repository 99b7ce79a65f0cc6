package io.plumbline.benchmarks;

import io.plumbline.benchmarks.drift.Drift;
import io.plumbline.benchmarks.faults.Faults;
import io.plumbline.benchmarks.fuzz.Fuzz;
import io.plumbline.benchmarks.polling.Polling;
import io.plumbline.benchmarks.processor.Capacity;
import io.plumbline.benchmarks.processor.Joins;
import io.plumbline.benchmarks.processor.Kills;
import io.plumbline.benchmarks.recalibration.Recalibrations;
import io.plumbline.benchmarks.registry.Distribution;
import io.plumbline.benchmarks.rollouts.Rollouts;
import io.plumbline.benchmarks.swaps.Swaps;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** {@code tests/benchmarks/run NAME [--json FILE] [--quick]}. */
public final class Bench {

    private static final Map<String, Benchmark> ALL = Map.ofEntries(
            Map.entry("quantizer", new Quantizer()),
            Map.entry("sensor-path", new SensorPath()),
            Map.entry("camera-path", new CameraPath()),
            Map.entry("swaps", new Swaps()),
            Map.entry("faults", new Faults()),
            Map.entry("fuzz", new Fuzz()),
            Map.entry("drift", new Drift()),
            Map.entry("processor", new Capacity()),
            Map.entry("joins", new Joins()),
            Map.entry("processor-kills", new Kills()),
            Map.entry("rollouts", new Rollouts()),
            Map.entry("registry", new Distribution()),
            Map.entry("recalibration", new Recalibrations()),
            Map.entry("polling", new Polling()));

    private Bench() {}

    /** One benchmark. */
    public interface Benchmark {

        /** Measures with everything it needs and stops it all again. */
        Figures run(boolean quick) throws Exception;

        /**
         * With settings of its own, by name without dashes.
         *
         * @throws IllegalArgumentException if one of them is not known or not valid
         */
        default Benchmark with(Map<String, String> settings) {
            if (!settings.isEmpty()) {
                throw new IllegalArgumentException("this benchmark has no such settings: " + settings.keySet());
            }
            return this;
        }
    }

    public static void main(String[] args) throws Exception {
        var json = Optional.<Path>empty();
        var quick = false;
        var settings = new HashMap<String, String>();
        var name = "";
        for (int i = 0; i < args.length; i++) {
            switch (args[i]) {
                case "--quick" -> quick = true;
                case "--json" -> json = Optional.of(Path.of(args[++i]));
                case "--kind", "--runs", "--seed" -> settings.put(args[i].substring(2), args[++i]);
                default -> name = args[i];
            }
        }
        var benchmark = ALL.get(name);
        if (benchmark == null) {
            System.err.println("benchmark '" + name + "' is not known; known are " + ALL.keySet());
            System.exit(2);
            return;
        }
        var figures = benchmark.with(settings).run(quick);
        System.out.println(name.toUpperCase(Locale.ROOT) + " on " + Figures.machine());
        figures.table().forEach(System.out::println);
        write(figures, json, name);
        System.exit(0);
    }

    private static void write(Figures figures, Optional<Path> json, String name) throws IOException {
        if (json.isPresent()) {
            figures.writeJson(json.get(), name, System.getProperty("plumbline.commit", "unknown"));
        }
    }
}
