package io.plumbline.quantizer;

import io.plumbline.inference.EngineOptions;
import io.plumbline.inference.ModelLoadException;
import io.plumbline.inference.OrtEngine;
import io.plumbline.inference.Tensor;
import io.plumbline.inference.model.RangeHistogram;
import io.plumbline.quantizer.arithmetic.ActivationRange;
import io.plumbline.quantizer.calibration.Calibrator;
import io.plumbline.quantizer.calibration.Histogram;
import io.plumbline.quantizer.onnx.OnnxModel;
import io.plumbline.quantizer.onnx.UnsupportedGraphException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Histograms of a float model's activations over samples. */
public final class Calibrations {

    private static final int BINS = 2048;

    private Calibrations() {}

    /** What was seen of each tensor that the options ask for. */
    public static Map<String, Histogram> observe(OnnxModel prepared, StaticOptions options, List<Tensor> samples)
            throws UnsupportedGraphException, ModelLoadException {
        var tensors = StaticQuantizer.observedTensors(prepared, options);
        Map<String, RangeHistogram> histograms = new LinkedHashMap<>();
        tensors.forEach(tensor -> histograms.put(tensor, new RangeHistogram(tensor, BINS)));
        var observed = ObservedModel.of(prepared, tensors).toBytes();
        try (var engine = OrtEngine.load(observed, EngineOptions.DEFAULT)) {
            var input = engine.inputs().get(0).name();
            for (var sample : samples) {
                var outputs = engine.run(Map.of(input, sample));
                histograms.forEach((tensor, histogram) -> {
                    var values = outputs.get(tensor);
                    if (values == null) {
                        throw new IllegalStateException("no output " + tensor);
                    }
                    histogram.add(values);
                });
            }
        }
        Map<String, Histogram> seen = new LinkedHashMap<>();
        histograms.forEach((tensor, histogram) -> {
            var one = histogram.snapshot();
            seen.put(
                    tensor, Histogram.of(one.bound(), one.bins().toArray(), new ActivationRange(one.min(), one.max())));
        });
        return seen;
    }

    public static Map<String, ActivationRange> ranges(Map<String, Histogram> seen, Calibrator calibrator) {
        Map<String, ActivationRange> ranges = new LinkedHashMap<>();
        seen.forEach((tensor, histogram) -> ranges.put(tensor, calibrator.range(histogram)));
        return ranges;
    }
}
