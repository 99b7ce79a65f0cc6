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
 * @param environment where it was made; empty in cards of older registries
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
        Instant createdAt,
        Optional<Environment> environment) {

    /** Made nobody knows where. */
    public BuildCard(
            ModelName model,
            Digest version,
            String recipe,
            Optional<Digest> calibration,
            Optional<Digest> parent,
            String tool,
            List<TensorRange> ranges,
            long sizeBytes,
            Instant createdAt) {
        this(model, version, recipe, calibration, parent, tool, ranges, sizeBytes, createdAt, Optional.empty());
    }

    /**
     * What a build was made on. The build does not depend on it; its measured closeness to FP32 and its self-test do.
     *
     * @param jvm name and version
     * @param system operating system and architecture
     * @param processor for example {@code x64 with VNNI}
     */
    public record Environment(String jvm, String system, String processor) {

        @Override
        public String toString() {
            return processor + ", " + system + ", " + jvm;
        }
    }

    public BuildCard {
        ranges = List.copyOf(ranges);
    }
}
