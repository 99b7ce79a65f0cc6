package io.plumbline.inference.model;

import io.plumbline.contract.artifact.SelfTest;
import io.plumbline.inference.InferenceEngine;
import io.plumbline.inference.InferenceException;
import io.plumbline.inference.Tensor;
import io.plumbline.inference.card.Classes;
import io.plumbline.inference.card.ModelCard;
import io.plumbline.inference.card.SensorInput;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.LongSupplier;

/**
 * Several windows in one call, where an answer depends on its own window alone: not on how many others are in the batch,
 * which, or where it lies. That is tried, bit for bit, on this machine with the recorded inputs, since a model may scale a
 * tensor by all that is in it, and kernels for different sizes may round differently. Kernels for one row often do: then a
 * window that is alone goes in twice, so that its answer is the one it has in company.
 */
final class Batching {

    private static final int LARGEST = 32;
    /** Values of a batch: what takes long anyway gains nothing. */
    private static final int MOST_VALUES = 1 << 16;
    /** A batch that takes this long is the largest: trying more would hold up the start, and its readings each other. */
    private static final long LONGEST_NANOS = 10_000_000;

    private final InferenceEngine engine;
    private final String input;
    private final long[] shape;
    private final String output;
    private final BatchPlan plan;
    private final LongSupplier ticker;

    private Batching(InferenceEngine engine, ModelCard card, BatchPlan plan, LongSupplier ticker) {
        this.engine = engine;
        this.ticker = ticker;
        this.input = card.input().tensor();
        this.shape = card.input().shape();
        this.output = card.output().tensors().get(0);
        this.plan = plan;
    }

    /** Empty for a model that is not shown to answer several windows as it answers each. */
    static Optional<Batching> proven(InferenceEngine engine, ModelCard card, SelfTest test) {
        return proven(engine, card, test, System::nanoTime);
    }

    /** @param ticker nanoseconds */
    static Optional<Batching> proven(InferenceEngine engine, ModelCard card, SelfTest test, LongSupplier ticker) {
        if (!(card.output() instanceof Classes && card.input() instanceof SensorInput)
                || card.input().shape()[0] != 1) {
            return Optional.empty();
        }
        var trial = new Batching(engine, card, BatchPlan.of(new TreeMap<>(Map.of(1, 0L))), ticker);
        var windows = trial.windows(test);
        // One window would only ever meet itself.
        for (int least = 1; least <= 2 && windows.size() > 1; least++) {
            var nanos = trial.proven(least, windows);
            if (nanos.size() > 1) {
                return Optional.of(new Batching(engine, card, BatchPlan.of(nanos), ticker));
            }
        }
        return Optional.empty();
    }

    /** The largest batch. */
    int most() {
        return plan.most();
    }

    /** @return the sizes from the smallest on whose answers are the same, with the time of their fastest run */
    private TreeMap<Integer, Long> proven(int least, List<Tensor> windows) {
        var nanos = new TreeMap<Integer, Long>();
        try {
            var expected = new ArrayList<float[]>();
            for (var window : windows) {
                expected.add(run(List.of(window), least).get(0));
            }
            for (int size = least; size <= LARGEST && fits(size); size *= 2) {
                var fastest = fastestIfExact(size, windows, expected);
                if (fastest.isEmpty()) {
                    return nanos;
                }
                nanos.put(size, fastest.get());
                if (fastest.get() >= LONGEST_NANOS) {
                    return nanos;
                }
            }
        } catch (InferenceException | IllegalArgumentException e) {
            // It does not take the inputs of its self-test, or not so many: what is proven counts.
            return nanos;
        }
        return nanos;
    }

    private List<Tensor> windows(SelfTest test) {
        var windows = new ArrayList<Tensor>();
        for (var one : test.cases()) {
            one.inputs().stream()
                    .filter(named -> named.name().equals(input)
                            && named.shape().equals(Arrays.stream(shape).boxed().toList()))
                    .map(Recorded::tensor)
                    .forEach(windows::add);
        }
        return windows.stream().distinct().toList();
    }

    private boolean fits(int size) {
        var batch = shape.clone();
        batch[0] = size;
        return Arrays.stream(batch).reduce(1, (left, right) -> left * right) <= MOST_VALUES
                && engine.inputs().stream().allMatch(spec -> spec.accepts(batch));
    }

    /** Every input in every place of the batch, between the two that are recorded before and after it. */
    private Optional<Long> fastestIfExact(int size, List<Tensor> windows, List<float[]> expected) {
        var fastest = Long.MAX_VALUE;
        for (int first = 0; first < Math.max(size, windows.size()); first++) {
            var batch = new ArrayList<Tensor>(size);
            for (int i = 0; i < size; i++) {
                batch.add(windows.get((first + i) % windows.size()));
            }
            var started = ticker.getAsLong();
            var rows = run(batch, size);
            fastest = Math.min(fastest, ticker.getAsLong() - started);
            for (int i = 0; i < size; i++) {
                if (!Arrays.equals(rows.get(i), expected.get((first + i) % windows.size()))) {
                    return Optional.empty();
                }
            }
        }
        return Optional.of(fastest);
    }

    /**
     * The output's values for each window, in order, in as few calls as pay.
     *
     * @throws InferenceException if a call fails
     */
    List<float[]> runAll(List<Tensor> windows) {
        var rows = new ArrayList<float[]>(windows.size());
        while (rows.size() < windows.size()) {
            var left = windows.size() - rows.size();
            var size = plan.first(left);
            var taken = Math.min(size, left);
            rows.addAll(
                    run(windows.subList(rows.size(), rows.size() + taken), size).subList(0, taken));
        }
        return rows;
    }

    /** A batch that is not full repeats its last window. */
    private List<float[]> run(List<Tensor> windows, int size) {
        var batch = new ArrayList<>(windows);
        batch.addAll(Collections.nCopies(size - windows.size(), windows.get(windows.size() - 1)));
        var answers = engine.run(Map.of(input, Tensor.stacked(batch))).get(output);
        if (answers == null || answers.size() % size != 0) {
            throw new InferenceException("output '" + output + "' of " + size + " windows is " + answers);
        }
        return answers.split(size);
    }
}
