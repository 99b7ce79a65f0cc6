package io.plumbline.cli.tool;

import io.plumbline.cli.lab.CardFile;
import io.plumbline.cli.lab.Count;
import io.plumbline.cli.lab.ModelFile;
import io.plumbline.cli.lab.ToolException;
import io.plumbline.cli.launch.ResidentMemory;
import io.plumbline.cli.sample.ArraySamples;
import io.plumbline.cli.sample.SampleException;
import io.plumbline.cli.sample.Samples;
import io.plumbline.contract.wire.Json;
import io.plumbline.inference.EngineOptions;
import io.plumbline.inference.OrtEngine;
import io.plumbline.inference.Tensor;
import io.plumbline.laboratory.Stopwatch;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code plumbline bench}. */
@Command(
        name = "bench",
        mixinStandardHelpOptions = true,
        description =
                "Times models side by side on this machine: latency, throughput, memory. The first is the yardstick.")
public final class BenchCommand implements Callable<Integer> {

    private static final int KEPT_SAMPLES = 16;
    private static final long SEED = 1;

    @Parameters(arity = "1..*", paramLabel = "MODEL.onnx", description = "The models.")
    private List<Path> models = List.of();

    @Option(
            names = "--inputs",
            paramLabel = "PATH",
            description = "An .npy, .npz or .csv file, or a folder of images (default: random numbers).")
    private Optional<Path> inputs = Optional.empty();

    @Mixin
    private CardFile card = new CardFile();

    @Option(
            names = "--open",
            converter = Count.class,
            description = "Size of open axes for random inputs (default: ${DEFAULT-VALUE}).")
    private int open = 128;

    @Option(
            names = "--threads",
            converter = Count.class,
            description = "Threads inside one call (default: ${DEFAULT-VALUE}).")
    private int threads = 1;

    @Option(
            names = "--rounds",
            converter = Count.class,
            description = "Rounds of 0.1 s for each model (default: ${DEFAULT-VALUE}).")
    private int rounds = 20;

    @Option(names = "--json", description = "Prints JSON.")
    private boolean json;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    private final Set<String> warnings = new TreeSet<>();

    private record Loaded(ModelFile file, OrtEngine engine, long memory) {}

    @Override
    public Integer call() throws ToolException, SampleException {
        var loaded = new ArrayList<Loaded>();
        try {
            for (var model : models) {
                loaded.add(load(ModelFile.of(model), loaded));
            }
            var engines = loaded.stream().map(Loaded::engine).toList();
            var timings =
                    new Stopwatch(rounds).time(engines, samples(loaded.get(0).engine()));
            warnings.forEach(warning -> spec.commandLine().getErr().println("warning: " + warning));
            print(loaded, timings);
            return 0;
        } finally {
            loaded.forEach(one -> one.engine().close());
        }
    }

    private Loaded load(ModelFile file, List<Loaded> loaded) throws ToolException, SampleException {
        var before = ResidentMemory.bytes(List.of());
        var engine = file.load(new EngineOptions(threads, EngineOptions.Optimization.ALL));
        if (!loaded.isEmpty()) {
            file.requireInputs(engine, loaded.get(0).engine());
        }
        engine.run(samples(engine).get(0));
        return new Loaded(file, engine, Math.max(0, ResidentMemory.bytes(List.of()) - before));
    }

    private List<Map<String, Tensor>> samples(OrtEngine engine) throws ToolException, SampleException {
        var read = inputs.isPresent()
                ? Samples.read(inputs.get(), engine.inputs(), card.find(models.get(0), engine.inputs()))
                : ArraySamples.random(engine.inputs(), KEPT_SAMPLES, open, SEED);
        var samples = new ArrayList<Map<String, Tensor>>();
        read.spread(KEPT_SAMPLES).forEach(samples::add);
        read.unread().ifPresent(warnings::add);
        return samples;
    }

    private void print(List<Loaded> loaded, List<Stopwatch.Timing> timings) throws ToolException {
        var out = spec.commandLine().getOut();
        var yardstick = timings.get(0).medianMillis();
        var table = new Table("model", "size", "median", "95 %", "calls/s", "time", "memory");
        var figures = new ArrayList<Map<String, Object>>();
        for (int i = 0; i < loaded.size(); i++) {
            var file = loaded.get(i).file();
            var timing = timings.get(i);
            var ratio = timing.medianMillis() / yardstick;
            table.row(
                    file.name(),
                    Say.bytes(file.size()),
                    Say.millis(timing.medianMillis()),
                    Say.millis(timing.p95Millis()),
                    Say.whole(timing.perSecond()),
                    Say.times(ratio),
                    Say.mebibytes(loaded.get(i).memory()));
            figures.add(Say.object(
                    "model", file.name(),
                    "sizeBytes", file.size(),
                    "medianMillis", timing.medianMillis(),
                    "p95Millis", timing.p95Millis(),
                    "perSecond", timing.perSecond(),
                    "latencyRatio", ratio,
                    "memoryBytes", loaded.get(i).memory(),
                    "calls", timing.calls()));
        }
        if (json) {
            out.println(Json.pretty(Say.object("threads", threads, "models", figures)));
        } else {
            table.lines().forEach(out::println);
        }
        out.flush();
    }
}
