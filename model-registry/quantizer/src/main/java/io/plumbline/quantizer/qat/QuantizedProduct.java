package io.plumbline.quantizer.qat;

import ai.onnx.proto.OnnxMl;
import io.plumbline.quantizer.onnx.GraphEdit;
import io.plumbline.quantizer.onnx.Nodes;
import io.plumbline.quantizer.onnx.OnnxModel;
import io.plumbline.quantizer.onnx.Tensors;
import io.plumbline.quantizer.onnx.UnsupportedGraphException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A product of two dequantized tensors: a node that ONNX Runtime can compute in integers.
 *
 * @param activation the DequantizeLinear of its first input
 * @param weight the DequantizeLinear of its second
 */
record QuantizedProduct(OnnxMl.NodeProto node, OnnxMl.NodeProto activation, OnnxMl.NodeProto weight, OnnxModel model) {

    private static final Set<String> PRODUCTS = Set.of("Conv", "ConvTranspose", "Gemm", "MatMul");

    /** They hand values on as they are, and so the scale. */
    private static final Set<String> RESHAPES =
            Set.of("Flatten", "Identity", "Reshape", "Squeeze", "Transpose", "Unsqueeze");

    /** @param made the nodes so far, by output */
    static Optional<QuantizedProduct> of(OnnxMl.NodeProto node, Map<String, OnnxMl.NodeProto> made, OnnxModel model) {
        if (!Nodes.isStandard(node) || !PRODUCTS.contains(node.getOpType()) || node.getInputCount() < 2) {
            return Optional.empty();
        }
        var activation = Optional.ofNullable(made.get(node.getInput(0)));
        while (activation.filter(QuantizedProduct::isReshape).isPresent()) {
            activation = Nodes.input(activation.get(), 0).map(made::get);
        }
        var source = activation.filter(QuantizedProduct::isDequantize);
        return Optional.ofNullable(made.get(node.getInput(1)))
                .filter(QuantizedProduct::isDequantize)
                .flatMap(weight -> source.map(one -> new QuantizedProduct(node, one, weight, model)));
    }

    static boolean isReshape(OnnxMl.NodeProto node) {
        return Nodes.isStandard(node) && RESHAPES.contains(node.getOpType());
    }

    private static boolean isDequantize(OnnxMl.NodeProto node) {
        return node.getOpType().equals("DequantizeLinear") && node.getInputCount() >= 2;
    }

    /**
     * Adds the int32 form of a constant float bias to the graph.
     *
     * @return the dequantized bias; empty where the node has none, or one that its int32 form could not carry
     */
    Optional<String> addBias(GraphEdit edit) throws UnsupportedGraphException {
        var bias = Nodes.input(node, 2)
                .flatMap(model::constant)
                .filter(tensor -> Tensors.isFloat(tensor) && tensor.getDimsCount() == 1 && tensor.getDims(0) > 0);
        var perTensor = scales(activation).filter(scale -> scale.length == 1);
        var perChannel = scales(weight);
        if (bias.isEmpty() || perTensor.isEmpty() || perChannel.isEmpty() || !hasPlainFactors()) {
            return Optional.empty();
        }
        var values = Tensors.floats(bias.get());
        var scales = new float[perChannel.get().length];
        for (int i = 0; i < scales.length; i++) {
            scales[i] = perTensor.get()[0] * perChannel.get()[i];
        }
        if (scales.length > 1 && (scales.length != values.length || !isOutputAxis())) {
            return Optional.empty();
        }
        return rounded(values, scales).map(rounded -> add(edit, bias.get().getName(), scales, rounded));
    }

    private Optional<float[]> scales(OnnxMl.NodeProto dequantize) throws UnsupportedGraphException {
        var scale = model.constant(dequantize.getInput(1)).filter(Tensors::isFloat);
        if (scale.isEmpty() || scale.get().getDimsCount() > 1) {
            return Optional.empty();
        }
        var values = Tensors.floats(scale.get());
        return values.length == 0 ? Optional.empty() : Optional.of(values);
    }

    private boolean hasPlainFactors() {
        return Nodes.real(node, "alpha", 1) == 1 && Nodes.real(node, "beta", 1) == 1;
    }

    /** Whether the weight's scales follow the channels that the bias is added to. */
    private boolean isOutputAxis() {
        var axis = Nodes.integer(weight, "axis", 1);
        return switch (node.getOpType()) {
            case "Conv" -> axis == 0;
            case "ConvTranspose" -> axis == 1 && Nodes.integer(node, "group", 1) == 1;
            case "Gemm" -> axis == (Nodes.integer(node, "transB", 0) != 0 ? 0 : 1);
            default -> false;
        };
    }

    private static Optional<int[]> rounded(float[] values, float[] scales) {
        var rounded = new int[values.length];
        for (int i = 0; i < rounded.length; i++) {
            var level = Math.rint((double) values[i] / scales[scales.length == 1 ? 0 : i]);
            if (!(Math.abs(level) <= Integer.MAX_VALUE)) {
                return Optional.empty();
            }
            rounded[i] = (int) level;
        }
        return Optional.of(rounded);
    }

    private static String add(GraphEdit edit, String bias, float[] scales, int[] levels) {
        var values = edit.fresh(bias + ".int32");
        var scale = edit.fresh(bias + ".scales");
        var back = edit.fresh(bias + ".dequantized");
        var dims = scales.length == 1 ? List.<Long>of() : List.of((long) scales.length);
        edit.add(Tensors.ofInts(values, List.of((long) levels.length), levels));
        edit.add(Tensors.ofFloats(scale, dims, scales));
        edit.add(Nodes.of(
                "DequantizeLinear",
                edit.fresh(bias + ".dequantize"),
                List.of(values, scale),
                List.of(back),
                Nodes.attribute("axis", 0)));
        return back;
    }
}
