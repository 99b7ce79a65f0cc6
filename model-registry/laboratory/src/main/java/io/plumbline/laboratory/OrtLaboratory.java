package io.plumbline.laboratory;

import io.plumbline.inference.EngineOptions;
import io.plumbline.inference.InferenceEngine;
import io.plumbline.inference.InferenceException;
import io.plumbline.inference.ModelLoadException;
import io.plumbline.inference.OrtEngine;
import io.plumbline.inference.Tensor;
import io.plumbline.inference.TensorSpec;
import io.plumbline.inference.detection.head.Detector;
import io.plumbline.quantizer.ObservedModel;
import io.plumbline.quantizer.auto.Laboratory;
import io.plumbline.quantizer.calibration.Histogram;
import io.plumbline.quantizer.inspect.Layers;
import io.plumbline.quantizer.inspect.Products;
import io.plumbline.quantizer.inspect.Products.Product;
import io.plumbline.quantizer.onnx.OnnxModel;
import io.plumbline.quantizer.onnx.UnsupportedGraphException;
import io.plumbline.quantizer.quality.Closeness;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * Runs models on samples with ONNX Runtime: measured as deployed, compared layer by layer as written. Closing closes the FP32
 * engine.
 */
public final class OrtLaboratory implements Laboratory, AutoCloseable {

    private static final int TIMED_SAMPLES = 16;
    private static final int LAYER_SAMPLES = 16;
    private static final int OUTPUT_SAMPLES = 4;
    /** Products whose answers are in memory together. */
    private static final int AT_ONCE = 16;

    private static final int ROUNDS = 5;
    private static final EngineOptions AS_WRITTEN = new EngineOptions(1, EngineOptions.Optimization.NONE);

    private final OrtEngine fp32;
    private final Optional<? extends Iterable<Map<String, Tensor>>> calibration;
    private final Iterable<Map<String, Tensor>> evaluation;
    private final Optional<Detector> detector;
    private final Path folder;

    /** Without boxes. */
    public OrtLaboratory(
            OrtEngine fp32,
            Optional<? extends Iterable<Map<String, Tensor>>> calibration,
            Iterable<Map<String, Tensor>> evaluation) {
        this(fp32, calibration, evaluation, Optional.empty());
    }

    /** With drafts in the machine's folder for temporary files. */
    public OrtLaboratory(
            OrtEngine fp32,
            Optional<? extends Iterable<Map<String, Tensor>>> calibration,
            Iterable<Map<String, Tensor>> evaluation,
            Optional<Detector> detector) {
        this(fp32, calibration, evaluation, detector, Draft.TEMPORARY);
    }

    /**
     * @param evaluation one sample at least
     * @param detector makes boxes of the model's outputs, which are compared too
     * @param folder where drafts of models go while they are needed
     */
    public OrtLaboratory(
            OrtEngine fp32,
            Optional<? extends Iterable<Map<String, Tensor>>> calibration,
            Iterable<Map<String, Tensor>> evaluation,
            Optional<Detector> detector,
            Path folder) {
        this.fp32 = fp32;
        this.calibration = calibration;
        this.evaluation = evaluation;
        this.detector = detector;
        this.folder = folder;
    }

    @Override
    public boolean canCalibrate() {
        return calibration.isPresent();
    }

    @Override
    public Map<String, Histogram> observe(OnnxModel observed, List<String> tensors) throws UnsupportedGraphException {
        if (calibration.isEmpty()) {
            throw new UnsupportedGraphException("a static recipe needs calibration samples, and there are none");
        }
        try (var draft = Draft.of(observed, folder);
                var engine = load(draft, EngineOptions.DEFAULT)) {
            return Observation.inOrder(engine, tensors, calibration.get());
        } catch (InferenceException e) {
            throw new UnsupportedGraphException(String.valueOf(e.getMessage()));
        }
    }

    @Override
    public Measured measure(OnnxModel candidate) throws UnsupportedGraphException {
        try (var draft = Draft.of(candidate, folder);
                var engine = load(draft, EngineOptions.DEFAULT)) {
            var watch = detector.map(DetectionWatch::new);
            var closeness = Comparer.ofSameNames(outputs()).watchedBy(watch).compare(fp32, engine, evaluation);
            var timings = new Stopwatch(ROUNDS).time(List.of(fp32, engine), list(TIMED_SAMPLES));
            return new Measured(
                    draft.size(),
                    closeness,
                    watch.map(one -> OptionalDouble.of(one.result().averagePrecision()))
                            .orElse(OptionalDouble.empty()),
                    timings.get(1).medianMillis(),
                    timings.get(0).medianMillis());
        } catch (InferenceException e) {
            throw new UnsupportedGraphException(String.valueOf(e.getMessage()));
        }
    }

    @Override
    public Map<String, Closeness> compareOutputs(OnnxModel candidate) throws UnsupportedGraphException {
        return compareOutputs(candidate, OUTPUT_SAMPLES);
    }

    /**
     * Compares a candidate's outputs with FP32's, with nothing timed.
     *
     * @param most samples to run
     * @throws UnsupportedGraphException if the candidate does not run
     */
    public Map<String, Closeness> compareOutputs(OnnxModel candidate, int most) throws UnsupportedGraphException {
        try (var draft = Draft.of(candidate, folder);
                var engine = load(draft, EngineOptions.DEFAULT)) {
            return Comparer.ofSameNames(outputs()).compare(fp32, engine, first(most));
        } catch (InferenceException e) {
            throw new UnsupportedGraphException(String.valueOf(e.getMessage()));
        }
    }

    private List<String> outputs() {
        return fp32.outputs().stream().map(TensorSpec::name).toList();
    }

    @Override
    public Map<String, Closeness> compareLayers(OnnxModel source, OnnxModel candidate)
            throws UnsupportedGraphException {
        return compare(source, candidate, Layers.pairs(floats(source), floats(candidate)));
    }

    /**
     * Compares what comes out of the products of a model with the same in a build of it, on some of the evaluation samples; a few at a
     * time, so that no more than these are in memory.
     *
     * @param excluded nodes that are left out
     * @param most products to compare, the first ones of the graph
     * @return in graph order
     * @throws UnsupportedGraphException if one of the models does not run
     */
    public Map<Product, Closeness> compareProducts(
            OnnxModel source, OnnxModel candidate, Set<String> excluded, int most) throws UnsupportedGraphException {
        var pairs = Layers.pairs(floats(source), floats(candidate));
        var products = Products.of(source, pairs.keySet()).stream()
                .filter(product -> !excluded.contains(product.node()))
                .limit(most)
                .toList();
        Map<Product, Closeness> all = new LinkedHashMap<>();
        for (int from = 0; from < products.size(); from += AT_ONCE) {
            var some = products.subList(from, Math.min(products.size(), from + AT_ONCE));
            Map<String, String> tensors = new LinkedHashMap<>();
            some.forEach(product -> tensors.put(product.tensor(), pairs.getOrDefault(product.tensor(), "")));
            var figures = compare(source, candidate, tensors);
            some.forEach(product ->
                    Optional.ofNullable(figures.get(product.tensor())).ifPresent(figure -> all.put(product, figure)));
        }
        return all;
    }

    private Map<String, Closeness> compare(OnnxModel source, OnnxModel candidate, Map<String, String> pairs)
            throws UnsupportedGraphException {
        var reference = ObservedModel.of(source, List.copyOf(pairs.keySet()));
        var observed = ObservedModel.of(candidate, List.copyOf(new LinkedHashSet<>(pairs.values())));
        try (var first = Draft.of(reference, folder);
                var second = Draft.of(observed, folder);
                var expected = load(first, AS_WRITTEN);
                var actual = load(second, AS_WRITTEN)) {
            return new Comparer(pairs).compare(expected, actual, first(LAYER_SAMPLES));
        } catch (InferenceException e) {
            throw new UnsupportedGraphException(String.valueOf(e.getMessage()));
        }
    }

    /** One by one: all of them may not fit into memory. */
    private Iterable<Map<String, Tensor>> first(int most) {
        return () -> some(most).iterator();
    }

    private List<Map<String, Tensor>> list(int most) {
        return some(most).toList();
    }

    private Stream<Map<String, Tensor>> some(int most) {
        return StreamSupport.stream(evaluation.spliterator(), false).limit(most);
    }

    private Set<String> floats(OnnxModel model) throws UnsupportedGraphException {
        Set<String> floats = new LinkedHashSet<>();
        new OrtRuntime(folder)
                .elementTypes(model, List.copyOf(Layers.tensors(model)))
                .forEach((name, type) -> {
                    if (type.equals("float")) {
                        floats.add(name);
                    }
                });
        return floats;
    }

    private static InferenceEngine load(Draft draft, EngineOptions options) throws UnsupportedGraphException {
        try {
            return OrtEngine.load(draft.path(), options);
        } catch (ModelLoadException e) {
            throw new UnsupportedGraphException(String.valueOf(e.getMessage()));
        }
    }

    @Override
    public void close() {
        fp32.close();
    }
}
