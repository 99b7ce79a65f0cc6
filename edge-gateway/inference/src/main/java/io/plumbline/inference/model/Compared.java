package io.plumbline.inference.model;

import io.plumbline.contract.message.Fidelity;
import java.util.Optional;

/**
 * INT8 beside FP32 on one window.
 *
 * @param fidelity counts of this one comparison
 * @param promise what FP32's confidence says of both answers; empty of a detector, whose boxes have no probabilities
 */
public record Compared(Fidelity fidelity, Optional<Promise> promise) {

    /**
     * Both labels, and the probabilities of FP32 that they are right, in [0, 1].
     *
     * @param label of INT8
     * @param answer of that label
     * @param reference of FP32
     * @param best of that label: the largest there is
     */
    public record Promise(String label, double answer, String reference, double best) {}

    /** |p_int8 - p_fp32|. */
    double delta() {
        return fidelity.sumAbsoluteDelta();
    }
}
