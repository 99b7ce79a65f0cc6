package io.plumbline.inference.model;

import io.plumbline.contract.artifact.BuildCard;
import io.plumbline.contract.artifact.ReferenceProfile;
import io.plumbline.contract.id.Digest;
import io.plumbline.contract.message.CandidateScore;
import io.plumbline.contract.message.Fidelity;
import io.plumbline.contract.message.LatencyHistogram;
import io.plumbline.contract.wire.Counts;
import io.plumbline.inference.EngineOptions;
import io.plumbline.inference.InferenceEngine;
import io.plumbline.inference.InferenceException;
import io.plumbline.inference.ModelLoadException;
import io.plumbline.inference.OrtEngine;
import io.plumbline.inference.Tensor;
import io.plumbline.inference.TensorSpec;
import io.plumbline.inference.card.Classes;
import io.plumbline.inference.card.ModelCard;
import io.plumbline.inference.window.InputCounter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A build, loaded: INT8 answers, FP32 observes. Used by one thread at a time; must be closed, which frees the native
 * memory of both and may be repeated.
 */
public final class ModelPackage implements AutoCloseable {

    private final ModelFiles files;
    private InferenceEngine int8;
    private final Observer observer;
    private Optional<Batching> batching;

    private ModelPackage(ModelFiles files, InferenceEngine int8, Observer observer) {
        this.files = files;
        this.int8 = int8;
        this.observer = observer;
        this.batching = proven();
    }

    private Optional<Batching> proven() {
        return Batching.proven(int8, files.card(), files.selfTest());
    }

    /**
     * Loads both; the options are those of INT8, FP32 always has the default ones.
     *
     * @throws ModelLoadException if a model does not load or does not fit the card
     */
    public static ModelPackage load(ModelFiles files, EngineOptions options) throws ModelLoadException {
        var int8 = OrtEngine.load(files.onnx().get(), options);
        try {
            requireFits("the model", int8, files.card());
            return new ModelPackage(files, int8, observer(files));
        } catch (ModelLoadException | RuntimeException e) {
            int8.close();
            throw e;
        }
    }

    private static Observer observer(ModelFiles files) throws ModelLoadException {
        var fp32 = OrtEngine.load(files.observed().get(), EngineOptions.DEFAULT);
        try {
            requireFits("the observed model", fp32, files.card());
            return Observer.over(fp32, files.card(), files.build().ranges());
        } catch (ModelLoadException | RuntimeException e) {
            fp32.close();
            throw e;
        }
    }

    private static void requireFits(String what, InferenceEngine engine, ModelCard card) throws ModelLoadException {
        var input = card.input();
        var fits = engine.inputs().size() == 1
                && engine.inputs().get(0).name().equals(input.tensor())
                && engine.inputs().get(0).accepts(input.shape());
        if (!fits) {
            throw new ModelLoadException(what + " takes " + engine.inputs() + ", the card gives '" + input.tensor()
                    + "' of shape " + Arrays.toString(input.shape()));
        }
        for (var output : card.output().tensors()) {
            var spec = engine.outputs().stream()
                    .filter(one -> one.name().equals(output))
                    .findFirst()
                    .orElseThrow(() ->
                            new ModelLoadException(what + " has no output '" + output + "', which the card names"));
            requireLabels(what, spec, card);
        }
    }

    private static void requireLabels(String what, TensorSpec spec, ModelCard card) throws ModelLoadException {
        var labels = card.output().labels().size();
        if (card.output() instanceof Classes && !spec.shape().isEmpty() && !spec.accepts(answerShape(spec, labels))) {
            throw new ModelLoadException(what + " gives '" + spec.name() + "' of shape " + spec.shape()
                    + ", the card names " + labels + " labels");
        }
    }

    /** One batch of one value per label, in the rank of the output; the runtime does not know every rank. */
    private static long[] answerShape(TensorSpec spec, int labels) {
        var shape = new long[spec.shape().size()];
        Arrays.fill(shape, 1);
        shape[shape.length - 1] = labels;
        return shape;
    }

    public BuildCard build() {
        return files.build();
    }

    public ModelCard card() {
        return files.card();
    }

    public ReferenceProfile profile() {
        return files.profile();
    }

    /**
     * INT8's answer to one input of the card's shape.
     *
     * @throws InferenceException if the runtime fails, or what the model gives is not what the card says
     */
    public Answer predict(Tensor window) {
        return batching.isPresent()
                ? predictAll(List.of(window)).get(0)
                : Observer.answer(
                        files.card(), int8.run(Map.of(files.card().input().tensor(), window)));
    }

    /**
     * How many windows {@link #predictAll} may put into one call of the runtime. More than one only where every recorded input,
     * on this machine, has the same answer bit for bit in any batch, at any place.
     */
    public int mostAtOnce() {
        return batching.map(Batching::most).orElse(1);
    }

    /**
     * INT8's answer to each input, bit for bit what {@link #predict} gives, in as few calls as pay.
     *
     * @throws InferenceException if one of them cannot be answered
     */
    public List<Answer> predictAll(List<Tensor> windows) {
        if (batching.isEmpty()) {
            return windows.stream().map(this::predict).toList();
        }
        var labels = files.card().classes().labels();
        return batching.get().runAll(windows).stream()
                .map(row -> Answer.of(labels, row))
                .toList();
    }

    /**
     * Runs FP32 on the same input and says how the two relate: counts of one comparison. Agreement is counted for the
     * label that FP32 gave, and so is |p_int8 - p_fp32|; of a detector for every box that either found, by its class, where
     * a box that only one found counts with its whole score. Clipping is empty for a build without calibrated ranges.
     *
     * @param answer what {@link #predict} gave for this input
     * @throws InferenceException as {@link #predict}
     */
    public Compared compare(Tensor window, Answer answer) {
        return observer.compare(window, answer);
    }

    /**
     * Histograms of every observed activation of FP32 over these inputs: those the build quantizes in the order of its
     * ranges, then any others. Without inputs there are none.
     *
     * @param bins of each histogram, a positive multiple of 4
     */
    public Observations observe(Iterable<Tensor> windows, int bins) {
        return observer.observe(windows, bins, new InputCounter(files.card(), files.profile()));
    }

    /**
     * This build against FP32 on these inputs, with the latency of INT8 alone.
     *
     * @param build the digest this build is known by
     */
    public Trial score(Digest build, List<Tensor> windows) {
        var fidelity = Fidelity.NONE;
        var latency = new long[LatencyHistogram.BINS];
        var all = new ArrayList<Compared>(windows.size());
        for (var window : windows) {
            var start = System.nanoTime();
            var answer = predict(window);
            latency[LatencyHistogram.binOf(System.nanoTime() - start)]++;
            var one = observer.compare(window, answer);
            all.add(new Compared(new Fidelity(List.of(), one.delta(), List.of()), one.promise()));
            fidelity = fidelity.plus(one.fidelity());
        }
        var score = new CandidateScore(
                build,
                files.build().recipe(),
                all.size(),
                fidelity,
                new LatencyHistogram(new Counts(latency)),
                Optional.empty(),
                Optional.empty(),
                Optional.of((long) files.onnx().size()),
                Optional.empty());
        return new Trial(score, all);
    }

    /** Empty when this machine reproduces the recorded outputs; otherwise the first difference in one line. */
    public Optional<String> selfTestFailure() {
        return SelfCheck.firstFailure(files.selfTest(), int8);
    }

    /**
     * Tries other options on the inputs of the self-test, and from then on answers with those that are at least a tenth
     * faster here than the default ones, if there are any and they pass the self-test.
     *
     * @param cores threads that a model may have at most
     * @param budget for all of it; a model so slow that it allows no comparison stays as it is
     */
    public Tuned tune(int cores, Duration budget) {
        var tuning = new Tuning(files.onnx().get(), files.selfTest(), budget);
        var winner = tuning.fastest(int8, Tuning.candidates(cores));
        if (winner.isEmpty()) {
            return new Tuned(EngineOptions.DEFAULT, 0, 0);
        }
        var found = winner.get();
        int8.close();
        int8 = found.engine();
        batching = proven();
        return new Tuned(found.options(), found.nanos(), found.defaultNanos());
    }

    @Override
    public void close() {
        try {
            int8.close();
        } finally {
            observer.close();
        }
    }
}
