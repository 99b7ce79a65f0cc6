package io.plumbline.registry.core.build;

import io.plumbline.contract.id.Digest;
import io.plumbline.contract.id.ModelName;
import io.plumbline.inference.Tensor;
import io.plumbline.inference.model.ModelBytes;
import io.plumbline.quantizer.auto.Goal;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * What builds are made of.
 *
 * @param digest of the pushed ONNX file
 * @param input name of the model's one input
 * @param samples inputs to calibrate on and to search with; may be empty
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
        samples = List.copyOf(samples);
        probes = List.copyOf(probes);
    }

    /** Every second sample: the two halves share none, and see the same hours. */
    List<Map<String, Tensor>> half(int first) {
        return IntStream.range(0, samples.size())
                .filter(i -> i % 2 == first)
                .mapToObj(samples::get)
                .map(this::named)
                .toList();
    }

    List<Map<String, Tensor>> all() {
        return samples.stream().map(this::named).toList();
    }

    private Map<String, Tensor> named(Tensor sample) {
        return Map.of(input, sample);
    }
}
