package io.plumbline.contract.artifact;

import io.plumbline.contract.wire.Require;

/**
 * What a static build can represent of one activation without clipping, in real units.
 *
 * @param tensor name of the activation in the FP32 graph
 */
public record TensorRange(String tensor, double min, double max) {

    public TensorRange {
        Require.notEmpty("tensor", tensor);
        Require.that(min <= max, "range of " + tensor + " must be ordered, not " + min + " to " + max);
    }

    /** Whether the value cannot be represented; NaN cannot. */
    public boolean clips(double value) {
        return !(value >= min && value <= max);
    }
}
