package io.plumbline.quantizer;

import io.plumbline.quantizer.onnx.GraphEdit;
import java.util.Optional;

/**
 * Where a quantized model comes from; written into the ONNX metadata, so that the file alone can tell.
 *
 * @param source digest of the FP32 file
 * @param calibration digest of what the ranges were taken from
 * @param parent digest of the build that this one has its weights from
 */
public record Provenance(String source, String recipe, Optional<String> calibration, Optional<String> parent) {

    /** Name and version of this quantizer. */
    public static final String TOOL = "plumbline-quantizer 0.1.0";

    /** Of a build that was made of the FP32 model. */
    public Provenance(String source, String recipe, Optional<String> calibration) {
        this(source, recipe, calibration, Optional.empty());
    }

    /** Adds this to the metadata of the graph in the making. */
    public void writeTo(GraphEdit edit) {
        edit.describe("plumbline.source", source);
        edit.describe("plumbline.recipe", recipe);
        edit.describe("plumbline.tool", TOOL);
        parent.ifPresent(digest -> edit.describe("plumbline.parent", digest));
        calibration.ifPresent(digest -> edit.describe("plumbline.calibration", digest));
    }
}
