package io.plumbline.benchmarks;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** {@code tests/benchmarks/run NAME [--json FILE] [--quick]}. */
public final class Bench {

    private static final Map<String, Benchmark> ALL = Map.of(
            "quantizer",
            new Quantizer(),
            "sensor-path",
            new SensorPath(),
            "camera-path",
            new CameraPath(),
            "swaps",
            new Swaps());

    private Bench() {}

    /** One benchmark. */
    interface Benchmark {

        /** Measures with everything it needs and stops it all again. */
        Figures run(boolean quick) throws Exception;
    }

    public static void main(String[] args) throws Exception {
        var json = Optional.<Path>empty();
        var quick = false;
        var name = "";
        for (int i = 0; i < args.length; i++) {
            switch (args[i]) {
                case "--quick" -> quick = true;
                case "--json" -> json = Optional.of(Path.of(args[++i]));
                default -> name = args[i];
            }
        }
        var benchmark = ALL.get(name);
        if (benchmark == null) {
            System.err.println("benchmark '" + name + "' is not known; known are " + ALL.keySet());
            System.exit(2);
            return;
        }
        var figures = benchmark.run(quick);
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
