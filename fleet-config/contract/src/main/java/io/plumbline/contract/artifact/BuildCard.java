package io.plumbline.contract.artifact;

import io.plumbline.contract.id.Digest;
import io.plumbline.contract.id.ModelName;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Lineage of a build; the config of its OCI manifest.
 *
 * @param version digest of the FP32 ONNX file
 * @param recipe {@code dynamic}, {@code static-minmax}, ...
 * @param calibration digest of what it was calibrated on: a sample file, or the merged histograms; empty for dynamic
 * @param parent the build it was recalibrated from
 * @param tool name and version of the quantizer
 * @param ranges calibrated ranges in graph order, nearest to the input first; empty for dynamic
 * @param sizeBytes of the ONNX file
 */
public record BuildCard(
        ModelName model,
        Digest version,
        String recipe,
        Optional<Digest> calibration,
        Optional<Digest> parent,
        String tool,
        List<TensorRange> ranges,
        long sizeBytes,
        Instant createdAt) {

    public BuildCard {
        ranges = List.copyOf(ranges);
    }
}
