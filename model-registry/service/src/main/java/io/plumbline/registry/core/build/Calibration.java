package io.plumbline.registry.core.build;

import io.plumbline.contract.id.Digest;
import io.plumbline.contract.message.TensorHistogram;
import java.util.List;
import java.util.Optional;

/**
 * What ranges are taken from.
 *
 * @param histograms one per observed tensor
 * @param id digest of their source
 * @param parent the build they replace the calibration of
 */
public record Calibration(List<TensorHistogram> histograms, Digest id, Optional<Digest> parent) {

    public Calibration {
        histograms = List.copyOf(histograms);
    }
}
