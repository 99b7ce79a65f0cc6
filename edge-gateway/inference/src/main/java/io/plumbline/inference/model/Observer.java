package io.plumbline.inference.model;

import io.plumbline.contract.artifact.TensorRange;
import io.plumbline.contract.message.CalibrationInputs;
import io.plumbline.contract.message.ClassAgreement;
import io.plumbline.contract.message.Fidelity;
import io.plumbline.contract.message.LabelCount;
import io.plumbline.contract.message.TensorClipping;
import io.plumbline.inference.InferenceEngine;
import io.plumbline.inference.ModelLoadException;
import io.plumbline.inference.Tensor;
import io.plumbline.inference.TensorSpec;
import io.plumbline.inference.card.ModelCard;
import io.plumbline.inference.detection.Detection;
import io.plumbline.inference.detection.Pairing;
import io.plumbline.inference.detection.Placement;
import io.plumbline.inference.window.InputCounter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** FP32 with its inner activations in sight. */
final class Observer implements AutoCloseable {

    private final InferenceEngine fp32;
    private final ModelCard card;
    private final List<TensorRange> ranges;
    private final Set<String> activations;

    private Observer(InferenceEngine fp32, ModelCard card, List<TensorRange> ranges) {
        this.fp32 = fp32;
        this.card = card;
        this.ranges = ranges;
        this.activations = new LinkedHashSet<>();
        ranges.forEach(range -> activations.add(range.tensor()));
        fp32.outputs().stream()
                .map(TensorSpec::name)
                .filter(name -> !card.output().tensors().contains(name))
                .forEach(activations::add);
    }

    static Observer over(InferenceEngine fp32, ModelCard card, List<TensorRange> ranges) throws ModelLoadException {
        for (var range : ranges) {
            // The input of the graph needs no output: it is seen as it goes in.
            var seen = range.tensor().equals(card.input().tensor())
                    || fp32.outputs().stream().anyMatch(spec -> spec.name().equals(range.tensor()));
            if (!seen) {
                throw new ModelLoadException(
                        "the observed model does not give '" + range.tensor() + "', which the build quantizes");
            }
        }
        return new Observer(fp32, card, ranges);
    }

    static Answer answer(ModelCard card, Map<String, Tensor> outputs) {
        var detector = card.detector();
        if (detector.isPresent()) {
            return new Answer(Optional.empty(), List.of(), detector.get().detect(outputs, Placement.WHOLE));
        }
        var output = required(outputs, card.classes().tensor());
        return Answer.of(card.classes().labels(), output.toArray());
    }

    /** Every tensor of one run of FP32 that can be looked at: its outputs and its input. */
    private Map<String, Tensor> run(Tensor window) {
        var input = Map.of(card.input().tensor(), window);
        Map<String, Tensor> seen = new HashMap<>(fp32.run(input));
        seen.putAll(input);
        return seen;
    }

    Compared compare(Tensor window, Answer int8) {
        var outputs = run(window);
        var reference = answer(card, outputs);
        var agreement = card.detector().isPresent() ? boxes(int8, reference) : label(int8, reference);
        return new Compared(
                new Fidelity(agreement.classes(), agreement.sumAbsoluteDelta(), clipping(outputs)),
                promise(int8, reference),
                reference.detections());
    }

    private Optional<Compared.Promise> promise(Answer int8, Answer reference) {
        return int8.prediction()
                .flatMap(said -> reference
                        .prediction()
                        .map(best -> new Compared.Promise(
                                said.label(),
                                reference
                                        .probabilities()
                                        .get(card.classes().labels().indexOf(said.label())),
                                best.label(),
                                best.score())));
    }

    private Fidelity label(Answer int8, Answer reference) {
        var label = reference.prediction().orElseThrow().label();
        var agreed = label.equals(int8.prediction().orElseThrow().label()) ? 1 : 0;
        var index = card.classes().labels().indexOf(label);
        var delta = Math.abs(
                int8.probabilities().get(index) - reference.probabilities().get(index));
        return new Fidelity(List.of(new ClassAgreement(label, 1, agreed)), delta, List.of());
    }

    /** A box that only one found counts with its whole score. */
    private Fidelity boxes(Answer int8, Answer reference) {
        var pairing = Pairing.of(int8.detections(), reference.detections());
        var sum = Fidelity.NONE;
        for (var pair : pairing.pairs()) {
            var score = pair.found().score();
            var delta = Math.abs(score - pair.reference().map(Detection::score).orElse(0.0));
            sum = sum.plus(box(pair.found(), pair.reference().isPresent() ? 1 : 0, delta));
        }
        for (var missed : pairing.missed()) {
            sum = sum.plus(box(missed, 0, missed.score()));
        }
        return sum;
    }

    private Fidelity box(Detection one, int agreed, double delta) {
        var label = card.output().labels().get(one.label());
        return new Fidelity(List.of(new ClassAgreement(label, 1, agreed)), delta, List.of());
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

    /** @param inputs counts the windows beside their activations */
    Observations observe(Iterable<Tensor> windows, int bins, InputCounter inputs) {
        Map<String, RangeHistogram> histograms = new LinkedHashMap<>();
        activations.forEach(tensor -> histograms.put(tensor, new RangeHistogram(tensor, bins)));
        Map<String, Long> answers = new TreeMap<>();
        for (var window : windows) {
            var outputs = run(window);
            histograms.forEach((tensor, histogram) -> histogram.add(required(outputs, tensor)));
            inputs.add(window);
            labels(answer(card, outputs)).forEach(label -> answers.merge(label, 1L, Long::sum));
        }
        var counted = answers.entrySet().stream()
                .map(entry -> new LabelCount(entry.getKey(), entry.getValue()))
                .toList();
        return new Observations(
                histograms.values().stream()
                        .filter(RangeHistogram::isNotEmpty)
                        .map(RangeHistogram::snapshot)
                        .toList(),
                new CalibrationInputs(inputs.sketches(), counted));
    }

    private List<String> labels(Answer answer) {
        return answer.prediction()
                .map(prediction -> List.of(prediction.label()))
                .orElseGet(() -> answer.detections().stream()
                        .map(one -> card.output().labels().get(one.label()))
                        .toList());
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
