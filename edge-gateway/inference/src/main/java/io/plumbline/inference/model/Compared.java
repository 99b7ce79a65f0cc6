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
     * Probabilities of FP32 that an answer is right, in [0, 1].
     *
     * @param answer of INT8
     * @param best of FP32: the largest there is
     */
    public record Promise(double answer, double best) {}

    /** |p_int8 - p_fp32|. */
    double delta() {
        return fidelity.sumAbsoluteDelta();
    }
}
