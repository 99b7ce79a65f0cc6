package io.plumbline.inference.model;

import io.plumbline.contract.artifact.BuildCard;
import io.plumbline.contract.artifact.ReferenceProfile;
import io.plumbline.contract.id.Digest;
import io.plumbline.contract.message.CandidateScore;
import io.plumbline.contract.message.Fidelity;
import io.plumbline.contract.message.LatencyHistogram;
import io.plumbline.contract.message.TensorHistogram;
import io.plumbline.contract.wire.Counts;
import io.plumbline.inference.EngineOptions;
import io.plumbline.inference.InferenceEngine;
import io.plumbline.inference.ModelLoadException;
import io.plumbline.inference.OrtEngine;
import io.plumbline.inference.Tensor;
import io.plumbline.inference.card.ModelCard;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A build, loaded: INT8 answers, FP32 observes. Used by one thread at a time; must be closed. */
public final class ModelPackage implements AutoCloseable {

    private final ModelFiles files;
    private final InferenceEngine int8;
    private final Observer observer;

    private ModelPackage(ModelFiles files, InferenceEngine int8, Observer observer) {
        this.files = files;
        this.int8 = int8;
        this.observer = observer;
    }

    /** @throws ModelLoadException if a model does not load or does not fit the card */
    public static ModelPackage load(ModelFiles files, EngineOptions options) throws ModelLoadException {
        var int8 = OrtEngine.load(files.onnx().get(), options);
        try {
            requireFits(int8, files.card());
            var fp32 = OrtEngine.load(files.observed().get(), options);
            try {
                requireFits(fp32, files.card());
                return new ModelPackage(
                        files,
                        int8,
                        Observer.over(fp32, files.card(), files.build().ranges()));
            } catch (ModelLoadException e) {
                fp32.close();
                throw e;
            }
        } catch (ModelLoadException e) {
            int8.close();
            throw e;
        }
    }

    private static void requireFits(InferenceEngine engine, ModelCard card) throws ModelLoadException {
        var input = card.input();
        var fits = engine.inputs().size() == 1
                && engine.inputs().get(0).name().equals(input.tensor())
                && engine.inputs().get(0).accepts(input.shape());
        if (!fits) {
            throw new ModelLoadException("the model takes " + engine.inputs() + ", the card gives '" + input.tensor()
                    + "' of shape " + java.util.Arrays.toString(input.shape()));
        }
        var output = card.output().tensor();
        if (engine.outputs().stream().noneMatch(spec -> spec.name().equals(output))) {
            throw new ModelLoadException("the model has no output '" + output + "', which the card names");
        }
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

    /** INT8's answer to one input of the card's shape. */
    public Answer predict(Tensor window) {
        var outputs = int8.run(Map.of(files.card().input().tensor(), window));
        return Observer.answer(files.card(), outputs);
    }

    /** Runs FP32 on the same input and says how the two relate: counts of one comparison. */
    public Fidelity compare(Tensor window, Answer answer) {
        return observer.compare(window, answer);
    }

    /** Histograms of every observed activation over these inputs, in graph order. */
    public List<TensorHistogram> observe(Iterable<Tensor> windows, int bins) {
        return observer.observe(windows, bins);
    }

    /**
     * This build against FP32 on these inputs, with the latency of INT8 alone.
     *
     * @param build the digest this build is known by
     */
    public CandidateScore score(Digest build, Iterable<Tensor> windows) {
        var fidelity = Fidelity.NONE;
        var latency = new long[LatencyHistogram.BINS];
        long count = 0;
        for (var window : windows) {
            var start = System.nanoTime();
            var answer = predict(window);
            latency[LatencyHistogram.binOf(System.nanoTime() - start)]++;
            fidelity = fidelity.plus(compare(window, answer));
            count++;
        }
        return new CandidateScore(
                build, files.build().recipe(), count, fidelity, new LatencyHistogram(new Counts(latency)));
    }

    /** Empty when this machine reproduces the recorded outputs; otherwise the first difference in one line. */
    public Optional<String> selfTestFailure() {
        return SelfCheck.firstFailure(files.selfTest(), int8);
    }

    @Override
    public void close() {
        int8.close();
        observer.close();
    }
}
