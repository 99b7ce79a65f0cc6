package io.plumbline.inference.model;

import io.plumbline.contract.artifact.TensorRange;
import io.plumbline.contract.message.ClassAgreement;
import io.plumbline.contract.message.Fidelity;
import io.plumbline.contract.message.TensorClipping;
import io.plumbline.contract.message.TensorHistogram;
import io.plumbline.inference.InferenceEngine;
import io.plumbline.inference.ModelLoadException;
import io.plumbline.inference.Tensor;
import io.plumbline.inference.card.ModelCard;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** FP32 with its inner activations in sight. */
final class Observer implements AutoCloseable {

    private final InferenceEngine fp32;
    private final ModelCard card;
    private final List<TensorRange> ranges;

    private Observer(InferenceEngine fp32, ModelCard card, List<TensorRange> ranges) {
        this.fp32 = fp32;
        this.card = card;
        this.ranges = ranges;
    }

    static Observer over(InferenceEngine fp32, ModelCard card, List<TensorRange> ranges) throws ModelLoadException {
        for (var range : ranges) {
            if (fp32.outputs().stream().noneMatch(spec -> spec.name().equals(range.tensor()))) {
                throw new ModelLoadException(
                        "the observed model does not give '" + range.tensor() + "', which the build quantizes");
            }
        }
        return new Observer(fp32, card, ranges);
    }

    static Answer answer(ModelCard card, Map<String, Tensor> outputs) {
        var output = outputs.get(card.output().tensor());
        if (output == null) {
            throw new IllegalStateException("an output that was there at load time is gone: this is a bug");
        }
        return Answer.of(card.output().labels(), output.toArray());
    }

    Fidelity compare(Tensor window, Answer int8) {
        var outputs = fp32.run(Map.of(card.input().tensor(), window));
        var reference = answer(card, outputs);
        var label = reference.prediction().label();
        var agreed = label.equals(int8.prediction().label()) ? 1 : 0;
        var index = card.output().labels().indexOf(label);
        var delta = Math.abs(
                int8.probabilities().get(index) - reference.probabilities().get(index));
        return new Fidelity(List.of(new ClassAgreement(label, 1, agreed)), delta, clipping(outputs));
    }

    private List<TensorClipping> clipping(Map<String, Tensor> outputs) {
        var all = new ArrayList<TensorClipping>(ranges.size());
        for (var range : ranges) {
            var values = required(outputs, range.tensor());
            long clipped = 0;
            for (int i = 0; i < values.size(); i++) {
                if (range.clips(values.get(i))) {
                    clipped++;
                }
            }
            all.add(new TensorClipping(range.tensor(), 1, clipped > 0 ? 1 : 0, values.size(), clipped));
        }
        return all;
    }

    List<TensorHistogram> observe(Iterable<Tensor> windows, int bins) {
        Map<String, RangeHistogram> histograms = new LinkedHashMap<>();
        for (var spec : fp32.outputs()) {
            if (!spec.name().equals(card.output().tensor())) {
                histograms.put(spec.name(), new RangeHistogram(spec.name(), bins));
            }
        }
        for (var window : windows) {
            var outputs = fp32.run(Map.of(card.input().tensor(), window));
            histograms.forEach((tensor, histogram) -> histogram.add(required(outputs, tensor)));
        }
        return histograms.values().stream()
                .filter(RangeHistogram::isNotEmpty)
                .map(RangeHistogram::snapshot)
                .toList();
    }

    private static Tensor required(Map<String, Tensor> outputs, String name) {
        var tensor = outputs.get(name);
        if (tensor == null) {
            throw new IllegalStateException("output '" + name + "' that was there at load time is gone: this is a bug");
        }
        return tensor;
    }

    @Override
    public void close() {
        fp32.close();
    }
}
