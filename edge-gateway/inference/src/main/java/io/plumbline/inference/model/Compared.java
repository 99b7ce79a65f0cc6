package io.plumbline.inference.model;

import io.plumbline.contract.message.Fidelity;
import io.plumbline.inference.detection.Detection;
import java.util.List;
import java.util.Optional;

/**
 * INT8 beside FP32 on one window.
 *
 * @param fidelity counts of this one comparison
 * @param promise what FP32's confidence says of both answers; empty of a detector, whose boxes have no probabilities
 * @param found by FP32, strongest first, in shares of the model's input; none of a classifier
 */
public record Compared(Fidelity fidelity, Optional<Promise> promise, List<Detection> found) {

    public Compared {
        found = List.copyOf(found);
    }

    /** Of a classifier. */
    public Compared(Fidelity fidelity, Optional<Promise> promise) {
        this(fidelity, promise, List.of());
    }

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
