package io.plumbline.quantizer.qdq;

import ai.onnx.proto.OnnxMl;
import io.plumbline.quantizer.arithmetic.ActivationRange;
import io.plumbline.quantizer.onnx.OnnxModel;
import io.plumbline.quantizer.onnx.Tensors;
import io.plumbline.quantizer.onnx.UnsupportedGraphException;
import java.util.Optional;

/**
 * What a Relu or Clip lets through. A quantizer whose range lies within the bounds does the same, and the node can go: the
 * bounds then have to be known to whoever changes the range.
 *
 * @param min not above zero, or minus infinity
 * @param max not below zero, or infinity
 */
record Bounds(double min, double max) {

    /** Metadata under this prefix and the name of a tensor holds the bounds of a removed node. */
    static final String KEY = "plumbline.removed.";

    private static final String SEPARATOR = " ";

    /** Of a Relu, or of a Clip between constants with zero between them. */
    static Optional<Bounds> of(OnnxMl.NodeProto node, OnnxModel model) {
        if (node.getOpType().equals("Relu")) {
            return Optional.of(new Bounds(0, Double.POSITIVE_INFINITY));
        }
        if (!node.getOpType().equals("Clip")) {
            return Optional.empty();
        }
        var min = bound(node, 1, model, Double.NEGATIVE_INFINITY);
        var max = bound(node, 2, model, Double.POSITIVE_INFINITY);
        return min <= 0 && max >= 0 ? Optional.of(new Bounds(min, max)) : Optional.empty();
    }

    /** NaN where it is no float constant. */
    private static double bound(OnnxMl.NodeProto node, int input, OnnxModel model, double otherwise) {
        if (node.getInputCount() <= input || node.getInput(input).isEmpty()) {
            return otherwise;
        }
        var constant = model.constant(node.getInput(input)).filter(Tensors::isFloat);
        try {
            return constant.isPresent() ? Tensors.floats(constant.get())[0] : Double.NaN;
        } catch (UnsupportedGraphException e) {
            return Double.NaN;
        }
    }

    ActivationRange cut(ActivationRange range) {
        return new ActivationRange(Math.max(Math.min(range.min(), 0), min), Math.min(Math.max(range.max(), 0), max));
    }

    /** As metadata. */
    String written() {
        return min + SEPARATOR + max;
    }

    /** @throws UnsupportedGraphException if it is not what {@link #written} wrote */
    static Bounds read(String tensor, String written) throws UnsupportedGraphException {
        var parts = written.split(SEPARATOR, -1);
        try {
            if (parts.length == 2) {
                return new Bounds(Double.parseDouble(parts[0]), Double.parseDouble(parts[1]));
            }
        } catch (NumberFormatException e) {
            throw new UnsupportedGraphException(
                    "metadata '" + KEY + tensor + "' = '" + written + "': " + e.getMessage());
        }
        throw new UnsupportedGraphException("metadata '" + KEY + tensor + "' = '" + written + "' must be two numbers");
    }
}
