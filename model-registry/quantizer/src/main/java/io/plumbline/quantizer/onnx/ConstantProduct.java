package io.plumbline.quantizer.onnx;

import ai.onnx.proto.OnnxMl;
import java.util.Optional;

/**
 * A product with a constant float32 matrix: MatMul, or Gemm with plain factors, which is a product and a sum.
 *
 * @param transposed whether the weight is stored as [columns, rows]
 * @param bias a tensor that is added to the product
 */
public record ConstantProduct(
        OnnxMl.NodeProto node, OnnxMl.TensorProto weight, boolean transposed, Optional<String> bias) {

    /** The product that a node is, if it is one. */
    public static Optional<ConstantProduct> of(OnnxMl.NodeProto node, OnnxModel model) {
        if (!Nodes.isStandard(node) || node.getInputCount() < 2 || node.getOutputCount() != 1) {
            return Optional.empty();
        }
        var matrix = model.constant(node.getInput(1)).filter(Tensors::isFloatMatrix);
        return switch (node.getOpType()) {
            case "MatMul" -> matrix.map(weight -> new ConstantProduct(node, weight, false, Optional.empty()));
            case "Gemm" -> matrix.filter(weight -> hasPlainFactors(node)).map(weight -> ofGemm(node, weight));
            default -> Optional.empty();
        };
    }

    private static boolean hasPlainFactors(OnnxMl.NodeProto node) {
        return Nodes.real(node, "alpha", 1) == 1
                && Nodes.real(node, "beta", 1) == 1
                && Nodes.integer(node, "transA", 0) == 0;
    }

    private static ConstantProduct ofGemm(OnnxMl.NodeProto node, OnnxMl.TensorProto weight) {
        return new ConstantProduct(node, weight, Nodes.integer(node, "transB", 0) != 0, Nodes.input(node, 2));
    }

    public int rows() {
        return Math.toIntExact(weight.getDims(transposed ? 1 : 0));
    }

    public int columns() {
        return Math.toIntExact(weight.getDims(transposed ? 0 : 1));
    }
}
