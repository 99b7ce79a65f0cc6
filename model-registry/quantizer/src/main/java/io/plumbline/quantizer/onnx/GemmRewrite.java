package io.plumbline.quantizer.onnx;

import ai.onnx.proto.OnnxMl;
import java.util.List;
import java.util.function.Predicate;

/**
 * Gemm with a constant weight and plain factors is MatMul and Add; as such it is quantized like every other MatMul. A Gemm
 * with other factors stays as it is.
 */
public final class GemmRewrite {

    private GemmRewrite() {}

    public static OnnxModel apply(OnnxModel model) throws UnsupportedGraphException {
        return apply(model, node -> true);
    }

    /** Only of the nodes that are {@code wanted}. */
    public static OnnxModel apply(OnnxModel model, Predicate<OnnxMl.NodeProto> wanted)
            throws UnsupportedGraphException {
        var edit = new GraphEdit(model);
        for (var node : model.proto().getGraph().getNodeList()) {
            if (isPlain(node, model) && wanted.test(node)) {
                rewrite(node, model, edit);
            } else {
                edit.add(node);
            }
        }
        return edit.finish();
    }

    private static boolean isPlain(OnnxMl.NodeProto node, OnnxModel model) {
        return node.getOpType().equals("Gemm")
                && Nodes.real(node, "alpha", 1) == 1
                && Nodes.real(node, "beta", 1) == 1
                && Nodes.integer(node, "transA", 0) == 0
                && model.constant(node.getInput(1))
                        .filter(Tensors::isFloatMatrix)
                        .isPresent();
    }

    private static void rewrite(OnnxMl.NodeProto node, OnnxModel model, GraphEdit edit)
            throws UnsupportedGraphException {
        var weight = node.getInput(1);
        if (Nodes.integer(node, "transB", 0) == 1) {
            var transposed = edit.fresh(weight + ".transposed");
            edit.add(transposed(model.constant(weight).orElseThrow(), transposed));
            weight = transposed;
        }
        var hasBias = node.getInputCount() > 2 && !node.getInput(2).isEmpty();
        var product = hasBias ? edit.fresh(node.getOutput(0) + ".product") : node.getOutput(0);
        edit.add(Nodes.of(
                "MatMul", edit.fresh(node.getName() + ".matmul"), List.of(node.getInput(0), weight), List.of(product)));
        if (hasBias) {
            edit.add(Nodes.of(
                    "Add",
                    edit.fresh(node.getName() + ".add"),
                    List.of(product, node.getInput(2)),
                    List.of(node.getOutput(0))));
        }
    }

    private static OnnxMl.TensorProto transposed(OnnxMl.TensorProto tensor, String name)
            throws UnsupportedGraphException {
        var values = Tensors.floats(tensor);
        var rows = Math.toIntExact(tensor.getDims(0));
        var columns = Math.toIntExact(tensor.getDims(1));
        var turned = new float[values.length];
        for (int row = 0; row < rows; row++) {
            for (int column = 0; column < columns; column++) {
                turned[column * rows + row] = values[row * columns + column];
            }
        }
        return Tensors.ofFloats(name, List.of((long) columns, (long) rows), turned);
    }
}
