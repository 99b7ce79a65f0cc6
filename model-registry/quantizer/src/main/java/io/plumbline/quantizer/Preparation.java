package io.plumbline.quantizer;

import io.plumbline.quantizer.onnx.OnnxModel;
import io.plumbline.quantizer.onnx.UnsupportedGraphException;
import io.plumbline.quantizer.onnx.upgrade.OpsetUpgrade;

/**
 * What a model goes through before a static recipe: constants that are also inputs become constants alone, the operator
 * set becomes 13 or newer, and the runtime folds constants and batch normalization. The prepared model answers as the
 * source does, to within the rounding of the folded products.
 */
public final class Preparation {

    private Preparation() {}

    /** @throws UnsupportedGraphException if a node has no known form in the newer operator set, or the runtime refuses */
    public static OnnxModel prepare(OnnxModel source, QuantizerRuntime runtime) throws UnsupportedGraphException {
        return runtime.optimizeBasic(OpsetUpgrade.apply(source));
    }
}
