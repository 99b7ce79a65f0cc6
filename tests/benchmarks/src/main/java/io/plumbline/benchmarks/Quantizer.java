package io.plumbline.benchmarks;

import io.plumbline.benchmarks.models.Subject;
import io.plumbline.benchmarks.models.Subjects;
import io.plumbline.contract.id.Digest;
import io.plumbline.inference.EngineOptions;
import io.plumbline.inference.OrtEngine;
import io.plumbline.laboratory.OrtLaboratory;
import io.plumbline.laboratory.OrtRuntime;
import io.plumbline.quantizer.DynamicOptions;
import io.plumbline.quantizer.DynamicQuantizer;
import io.plumbline.quantizer.MiniLm;
import io.plumbline.quantizer.Provenance;
import io.plumbline.quantizer.StaticOptions;
import io.plumbline.quantizer.auto.Foundry;
import io.plumbline.quantizer.auto.Laboratory.Measured;
import io.plumbline.quantizer.auto.Recipe;
import io.plumbline.quantizer.auto.Recipe.Method;
import io.plumbline.quantizer.onnx.OnnxModel;
import io.plumbline.quantizer.onnx.UnsupportedGraphException;
import io.plumbline.quantizer.quality.Closeness;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryType;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.ToDoubleFunction;

/**
 * Every recipe on every model: size and latency beside FP32 in the same run, and how near the worst output is. The latency
 * ratio is the median of repetitions that are interleaved with FP32 call by call.
 */
final class Quantizer implements Bench.Benchmark {

    private static final List<Recipe> RECIPES = List.of(
            Recipe.of(Method.DYNAMIC),
            Recipe.calibrated("minmax"),
            Recipe.calibrated("percentile"),
            Recipe.calibrated("mse"),
            Recipe.calibrated("entropy"),
            Recipe.of(Method.INT8_WEIGHTS),
            Recipe.of(Method.INT4_WEIGHTS),
            Recipe.of(Method.FP16),
            Recipe.of(Method.QAT_IMPORT),
            new Recipe(Method.RECALIBRATE, Optional.of("minmax"), Set.of()));

    @Override
    public Figures run(boolean quick) throws Exception {
        var figures = new Figures();
        for (var source : Subjects.all()) {
            var subject = source.load();
            if (subject.name().equals("minilm")) {
                quantizeSeconds(subject, quick ? 1 : 5, figures);
                longInputs(subject, quick ? 1 : 5, figures);
            }
            recipes(subject, quick ? 1 : 5, figures);
        }
        return figures;
    }

    private static void recipes(Subject subject, int repetitions, Figures figures) throws Exception {
        var fp32 = OrtEngine.load(subject.fp32().bytes(), EngineOptions.DEFAULT);
        try (var laboratory = new OrtLaboratory(fp32, Optional.of(subject.calibration()), subject.evaluation())) {
            var source = Digest.of(subject.fp32().bytes()).value();
            var foundry = new Foundry(
                    OnnxModel.parse(subject.fp32().bytes()),
                    new Foundry.Settings(source, DynamicOptions.DEFAULT, StaticOptions.DEFAULT),
                    new OrtRuntime(),
                    laboratory);
            for (var recipe : RECIPES) {
                var key = subject.name() + "." + recipe.words() + ".";
                try {
                    var build = foundry.make(recipe).model();
                    var nearest = laboratory.measure(build);
                    figures.add(
                            key + "sizeRatio",
                            (double) nearest.sizeBytes() / subject.fp32().bytes().length);
                    for (int i = 0; i < repetitions; i++) {
                        figures.add(key + "latencyRatio", latencyRatio(laboratory.measure(build)));
                    }
                    nearness(key, nearest, figures);
                } catch (UnsupportedGraphException e) {
                    System.err.println(key + " is not made: " + e.getMessage());
                }
            }
        }
    }

    /** The build beside the one that its makers publish, on inputs long enough for products to outweigh the rest. */
    private static void longInputs(Subject subject, int repetitions, Figures figures) throws Exception {
        var model = OnnxModel.parse(subject.fp32().bytes());
        var provenance = new Provenance("minilm", "dynamic", Optional.empty());
        var builds = new LinkedHashMap<String, OnnxModel>();
        builds.put(
                "minilm.dynamic.", DynamicQuantizer.quantize(model, provenance).model());
        builds.put("minilm.published.", OnnxModel.parse(MiniLm.resource("all-minilm-l6-v2-q.onnx")));
        for (int tokens : new int[] {16, 128}) {
            var fp32 = OrtEngine.load(subject.fp32().bytes(), EngineOptions.DEFAULT);
            try (var laboratory = new OrtLaboratory(fp32, Optional.empty(), Subjects.longInputs(tokens))) {
                for (int i = 0; i < repetitions; i++) {
                    for (var build : builds.entrySet()) {
                        var ratio = latencyRatio(laboratory.measure(build.getValue()));
                        figures.add(build.getKey() + "latencyRatio" + tokens + "Tokens", ratio);
                    }
                }
            }
        }
    }

    private static double latencyRatio(Measured measured) {
        return measured.latencyMillis() / measured.fp32LatencyMillis();
    }

    private static void nearness(String key, Measured measured, Figures figures) {
        add(key + "agreement", measured, Closeness::agreement, figures);
        add(key + "cosine", measured, Closeness::cosineMean, figures);
        add(key + "sqnrDb", measured, Closeness::sqnrDb, figures);
    }

    /** Of the worst output; nothing where no output has the figure. */
    private static void add(String key, Measured measured, ToDoubleFunction<Closeness> figure, Figures figures) {
        measured.outputs().values().stream()
                .mapToDouble(figure)
                .filter(Double::isFinite)
                .min()
                .ifPresent(worst -> figures.add(key, worst));
    }

    private static void quantizeSeconds(Subject subject, int repetitions, Figures figures) throws Exception {
        for (int i = 0; i < repetitions; i++) {
            System.gc();
            ManagementFactory.getMemoryPoolMXBeans().forEach(pool -> pool.resetPeakUsage());
            var start = System.nanoTime();
            var model = OnnxModel.parse(subject.fp32().bytes());
            var provenance = new Provenance("minilm", "dynamic", Optional.empty());
            DynamicQuantizer.quantize(model, provenance).toBytes();
            figures.add("minilm.dynamic.quantizeSeconds", (System.nanoTime() - start) / 1e9);
            figures.add("minilm.dynamic.heapMb", peakHeapMb());
        }
    }

    /** With the FP32 file itself in memory. */
    private static double peakHeapMb() {
        return ManagementFactory.getMemoryPoolMXBeans().stream()
                        .filter(pool -> pool.getType() == MemoryType.HEAP)
                        .mapToLong(pool -> pool.getPeakUsage().getUsed())
                        .sum()
                / 1e6;
    }
}
