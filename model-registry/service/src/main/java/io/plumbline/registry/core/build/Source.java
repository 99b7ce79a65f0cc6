package io.plumbline.registry.core.build;

import io.plumbline.contract.id.Digest;
import io.plumbline.contract.id.ModelName;
import io.plumbline.inference.Tensor;
import io.plumbline.inference.model.ModelBytes;
import io.plumbline.quantizer.auto.Goal;
import java.util.AbstractList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What builds are made of.
 *
 * @param digest of the pushed ONNX file
 * @param input name of the model's one input
 * @param samples inputs to calibrate on and to search with, made when they are asked for; may be empty
 * @param probes inputs of the self-test
 * @param goal of a search
 */
public record Source(
        ModelName model,
        Digest digest,
        ModelBytes onnx,
        String input,
        List<Tensor> samples,
        List<Tensor> probes,
        Optional<Goal> goal) {

    public Source {
        // No copy: all of them may not fit into memory.
        samples = Collections.unmodifiableList(samples);
        probes = List.copyOf(probes);
    }

    /** Every second sample: the two halves share none, and see the same hours. */
    List<Map<String, Tensor>> half(int first) {
        return new Named(first, 2);
    }

    List<Map<String, Tensor>> all() {
        return new Named(0, 1);
    }

    /** Samples by the name of the input, each made when it is asked for. */
    private final class Named extends AbstractList<Map<String, Tensor>> {

        private final int first;
        private final int step;

        private Named(int first, int step) {
            this.first = first;
            this.step = step;
        }

        @Override
        public Map<String, Tensor> get(int index) {
            return Map.of(input, samples.get(first + index * step));
        }

        @Override
        public int size() {
            return (samples.size() - first + step - 1) / step;
        }
    }
}
