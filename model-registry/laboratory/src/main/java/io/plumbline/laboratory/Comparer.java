package io.plumbline.laboratory;

import io.plumbline.inference.InferenceEngine;
import io.plumbline.inference.InferenceException;
import io.plumbline.inference.Tensor;
import io.plumbline.quantizer.quality.Closeness;
import io.plumbline.quantizer.quality.Comparison;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Runs two models on the same samples and compares tensors of the same meaning. */
public final class Comparer {

    private final Map<String, String> pairs;
    private final Optional<DetectionWatch> watch;

    /** @param pairs the reference's output names with the candidate's, in the order of the answer */
    public Comparer(Map<String, String> pairs) {
        this(pairs, Optional.empty());
    }

    private Comparer(Map<String, String> pairs, Optional<DetectionWatch> watch) {
        this.pairs = new LinkedHashMap<>(pairs);
        this.watch = watch;
    }

    /** The same, whose watch sees all outputs of both for every sample. */
    public Comparer watchedBy(Optional<DetectionWatch> other) {
        return new Comparer(pairs, other);
    }

    /** Outputs of the same name. */
    public static Comparer ofSameNames(List<String> outputs) {
        Map<String, String> pairs = new LinkedHashMap<>();
        outputs.forEach(output -> pairs.put(output, output));
        return new Comparer(pairs);
    }

    /**
     * By the reference's names.
     *
     * @throws InferenceException if the two answer with different outputs or shapes, or the runtime fails
     */
    public Map<String, Closeness> compare(
            InferenceEngine reference, InferenceEngine candidate, Iterable<Map<String, Tensor>> samples) {
        Map<String, Comparison> comparisons = new LinkedHashMap<>();
        for (var sample : samples) {
            var expected = reference.run(sample);
            var actual = candidate.run(sample);
            watch.ifPresent(one -> one.add(expected, actual));
            for (var pair : pairs.entrySet()) {
                add(
                        comparisons.computeIfAbsent(pair.getKey(), name -> new Comparison()),
                        required(expected, pair.getKey()),
                        required(actual, pair.getValue()));
            }
        }
        Map<String, Closeness> results = new LinkedHashMap<>();
        comparisons.forEach((name, comparison) -> results.put(name, comparison.result()));
        return results;
    }

    private static void add(Comparison comparison, Tensor expected, Tensor actual) {
        if (expected.size() != actual.size()) {
            throw new InferenceException("the models answer with different shapes: " + expected + " and " + actual);
        }
        var shape = expected.shape();
        var row = shape.length == 0 ? 1 : (int) shape[shape.length - 1];
        comparison.add(expected.toArray(), actual.toArray(), row);
    }

    private static Tensor required(Map<String, Tensor> outputs, String name) {
        var tensor = outputs.get(name);
        if (tensor == null) {
            throw new InferenceException("a model has no output '" + name + "'; it has " + outputs.keySet());
        }
        return tensor;
    }
}
