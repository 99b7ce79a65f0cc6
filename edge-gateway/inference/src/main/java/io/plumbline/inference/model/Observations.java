package io.plumbline.inference.model;

import io.plumbline.contract.message.CalibrationInputs;
import io.plumbline.contract.message.TensorHistogram;
import java.util.List;

/**
 * What FP32 showed on some windows.
 *
 * @param histograms one per observed activation
 * @param inputs what the windows are
 */
public record Observations(List<TensorHistogram> histograms, CalibrationInputs inputs) {

    public Observations {
        histograms = List.copyOf(histograms);
    }
}
