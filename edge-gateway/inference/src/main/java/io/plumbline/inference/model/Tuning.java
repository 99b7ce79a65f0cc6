package io.plumbline.inference.model;

import io.plumbline.contract.artifact.SelfTest;
import io.plumbline.inference.EngineOptions;
import io.plumbline.inference.EngineOptions.Optimization;
import io.plumbline.inference.InferenceEngine;
import io.plumbline.inference.InferenceException;
import io.plumbline.inference.ModelLoadException;
import io.plumbline.inference.OrtEngine;
import io.plumbline.inference.Tensor;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Looks for options with which a model runs faster on this machine than with the default ones, on the inputs of its self-test.
 * Default and candidate run in turns, so that what else the machine does meets both; a candidate wins if both its median and
 * its fastest run are a tenth faster, and it gives the recorded answers.
 */
final class Tuning {

    private static final double WORTH_IT = 0.9;
    private static final int WARM_UP = 3;
    private static final int FEWEST = 5;
    private static final int MOST = 200;

    private final byte[] onnx;
    private final SelfTest test;
    private final long deadline;

    /** @param budget in all, loading included; one load or run that is longer is the only excess */
    Tuning(byte[] onnx, SelfTest test, Duration budget) {
        this.onnx = onnx;
        this.test = test;
        this.deadline = System.nanoTime() + budget.toNanos();
    }

    /**
     * A loaded winner.
     *
     * @param nanos median of a run
     * @param defaultNanos that of the default options, measured in turns with it
     */
    record Winner(InferenceEngine engine, EngineOptions options, long nanos, long defaultNanos) {}

    private record Medians(long usual, long other, boolean otherWins) {}

    /** Two threads, all threads, and a graph that is rewritten less. */
    static List<EngineOptions> candidates(int cores) {
        var threads = IntStream.of(2, cores)
                .filter(count -> count > 1 && count <= cores)
                .distinct()
                .mapToObj(count -> new EngineOptions(count, Optimization.ALL));
        return Stream.concat(threads, Stream.of(new EngineOptions(1, Optimization.BASIC)))
                .toList();
    }

    /** Empty if none is worth it or time runs out. The winner belongs to the caller, who closes it. */
    Optional<Winner> fastest(InferenceEngine usual, List<EngineOptions> candidates) {
        var inputs = test.cases().stream().map(Tuning::inputs).toList();
        var best = Optional.<Winner>empty();
        for (int i = 0; i < candidates.size() && System.nanoTime() < deadline; i++) {
            var left = deadline - System.nanoTime();
            var winner = against(usual, candidates.get(i), inputs, System.nanoTime() + left / (candidates.size() - i));
            if (winner.isPresent()
                    && best.filter(before -> share(before) <= share(winner.get()))
                            .isPresent()) {
                winner.get().engine.close();
            } else if (winner.isPresent()) {
                best.ifPresent(before -> before.engine.close());
                best = winner;
            }
        }
        return best;
    }

    private static double share(Winner winner) {
        return (double) winner.nanos / winner.defaultNanos;
    }

    private Optional<Winner> against(
            InferenceEngine usual, EngineOptions options, List<Map<String, Tensor>> inputs, long until) {
        InferenceEngine other;
        try {
            other = OrtEngine.load(onnx, options);
        } catch (ModelLoadException e) {
            return Optional.empty(); // it runs with the usual options, which is enough
        }
        try {
            var medians = compare(usual, other, inputs, until);
            if (medians.isPresent()
                    && medians.get().otherWins
                    && SelfCheck.firstFailure(test, other).isEmpty()) {
                var winner = new Winner(other, options, medians.get().other, medians.get().usual);
                other = usual;
                return Optional.of(winner);
            }
            return Optional.empty();
        } catch (InferenceException e) {
            return Optional.empty();
        } finally {
            if (other != usual) {
                other.close();
            }
        }
    }

    private static Optional<Medians> compare(
            InferenceEngine usual, InferenceEngine other, List<Map<String, Tensor>> inputs, long until) {
        for (int i = 0; i < WARM_UP && System.nanoTime() < until; i++) {
            nanos(usual, inputs.get(i % inputs.size()));
            nanos(other, inputs.get(i % inputs.size()));
        }
        var usuals = new long[MOST];
        var others = new long[MOST];
        var count = 0;
        while (count < MOST && System.nanoTime() < until) {
            var input = inputs.get(count % inputs.size());
            usuals[count] = nanos(usual, input);
            others[count] = nanos(other, input);
            count++;
        }
        if (count < FEWEST) {
            return Optional.empty();
        }
        Arrays.sort(usuals, 0, count);
        Arrays.sort(others, 0, count);
        var wins = others[count / 2] <= WORTH_IT * usuals[count / 2] && others[0] <= WORTH_IT * usuals[0];
        return Optional.of(new Medians(usuals[count / 2], others[count / 2], wins));
    }

    private static long nanos(InferenceEngine engine, Map<String, Tensor> input) {
        var start = System.nanoTime();
        engine.run(input);
        return System.nanoTime() - start;
    }

    private static Map<String, Tensor> inputs(SelfTest.Case one) {
        var tensors = new HashMap<String, Tensor>();
        one.inputs().forEach(named -> tensors.put(named.name(), Recorded.tensor(named)));
        return tensors;
    }
}
