package io.plumbline.benchmarks.recalibration;

import io.plumbline.inference.EngineOptions;
import io.plumbline.inference.InferenceEngine;
import io.plumbline.inference.OrtEngine;
import io.plumbline.inference.Tensor;
import io.plumbline.inference.model.ModelFiles;
import io.plumbline.quantizer.ObservedModel;
import io.plumbline.quantizer.onnx.OnnxModel;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** How far the logits of a build are from those of its FP32 model, of which the probabilities show little where both are sure. */
final class Logits {

    private static final String LOGITS = "logits";

    private Logits() {}

    /** Mean absolute difference over windows and labels. */
    static double distance(ModelFiles build, List<Tensor> windows) throws Exception {
        try (var int8 = open(build.onnx().get());
                var fp32 = open(build.observed().get())) {
            double sum = 0;
            long count = 0;
            for (var window : windows) {
                var input = Map.of(build.card().input().tensor(), window);
                var one = Objects.requireNonNull(int8.run(input).get(LOGITS));
                var other = Objects.requireNonNull(fp32.run(input).get(LOGITS));
                for (int i = 0; i < one.size(); i++) {
                    sum += Math.abs(one.get(i) - other.get(i));
                    count++;
                }
            }
            return sum / count;
        }
    }

    private static InferenceEngine open(byte[] onnx) throws Exception {
        return OrtEngine.load(
                ObservedModel.of(OnnxModel.parse(onnx), List.of(LOGITS)).toBytes(), EngineOptions.DEFAULT);
    }
}
