package io.plumbline.laboratory;

import io.plumbline.contract.message.TensorHistogram;
import io.plumbline.inference.InferenceEngine;
import io.plumbline.inference.InferenceException;
import io.plumbline.inference.Tensor;
import io.plumbline.quantizer.arithmetic.ActivationRange;
import io.plumbline.quantizer.calibration.Histogram;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Histograms of a model's inner tensors: taken from samples here, as gateways take them, and read for calibrators. */
public final class Observation {

    /** Of every histogram, here and on gateways. */
    public static final int BINS = 2048;

    private Observation() {}

    /**
     * @param engine of a model with these tensors among its inputs and outputs
     * @return one histogram for each tensor, in their order
     * @throws InferenceException if the runtime fails, or a tensor has no finite value
     */
    public static List<TensorHistogram> of(
            InferenceEngine engine, List<String> tensors, Iterable<Map<String, Tensor>> samples) {
        return watch(engine, tensors, samples).stream().map(Watched::snapshot).toList();
    }

    /**
     * The same for calibrators here, with the moving average of the samples' ranges.
     *
     * @return by tensor, in their order
     * @throws InferenceException as {@link #of}
     */
    public static Map<String, Histogram> inOrder(
            InferenceEngine engine, List<String> tensors, Iterable<Map<String, Tensor>> samples) {
        Map<String, Histogram> read = new LinkedHashMap<>();
        for (var watched : watch(engine, tensors, samples)) {
            var seen = watched.snapshot();
            var histogram = read(seen);
            read.put(seen.tensor(), watched.average().map(histogram::averaging).orElse(histogram));
        }
        return read;
    }

    private static List<Watched> watch(
            InferenceEngine engine, List<String> tensors, Iterable<Map<String, Tensor>> samples) {
        var all = tensors.stream().map(Watched::new).toList();
        for (var sample : samples) {
            Map<String, Tensor> seen = new HashMap<>(sample);
            seen.putAll(engine.run(sample));
            for (int i = 0; i < tensors.size(); i++) {
                all.get(i).add(required(seen, tensors.get(i)));
            }
        }
        return all;
    }

    /** @throws IllegalArgumentException if it holds nothing */
    public static Histogram read(TensorHistogram seen) {
        return Histogram.of(seen.bound(), seen.bins().toArray(), new ActivationRange(seen.min(), seen.max()));
    }

    private static Tensor required(Map<String, Tensor> outputs, String name) {
        var tensor = outputs.get(name);
        if (tensor == null) {
            throw new IllegalStateException("the observed model lost output '" + name + "': this is a bug");
        }
        return tensor;
    }
}
