package io.plumbline.quantizer;

import ai.onnx.proto.OnnxMl;
import io.plumbline.quantizer.arithmetic.ChannelWeights;
import io.plumbline.quantizer.onnx.GraphEdit;
import io.plumbline.quantizer.onnx.Nodes;
import io.plumbline.quantizer.onnx.OnnxModel;
import io.plumbline.quantizer.onnx.Tensors;
import io.plumbline.quantizer.onnx.UnsupportedGraphException;
import java.util.List;
import java.util.Optional;

/** A MatMul whose second input is a constant matrix: the node that the recipes quantize. */
record WeightedMatMul(OnnxMl.NodeProto node, OnnxMl.TensorProto weight) {

    static Optional<WeightedMatMul> of(OnnxMl.NodeProto node, OnnxModel model) {
        if (!node.getOpType().equals("MatMul") || !node.getDomain().isEmpty()) {
            return Optional.empty();
        }
        return model.constant(node.getInput(1))
                .filter(Tensors::isFloatMatrix)
                .map(tensor -> new WeightedMatMul(node, tensor));
    }

    String activation() {
        return node.getInput(0);
    }

    String output() {
        return node.getOutput(0);
    }

    long columns() {
        return weight.getDims(1);
    }

    /** Adds the weight's bytes, scales and zero points to the graph under the names of {@code parts}. */
    void addQuantizedWeight(GraphEdit edit, Parts parts) throws UnsupportedGraphException {
        try {
            var quantized = ChannelWeights.perColumn(Tensors.floats(weight), Math.toIntExact(columns()));
            edit.add(Tensors.ofInt8(parts.values, weight.getDimsList(), quantized.values()));
            edit.add(Tensors.ofFloats(parts.scales, List.of(columns()), quantized.scales()));
            edit.add(Tensors.ofInt8(parts.zeroPoints, List.of(columns()), new byte[Math.toIntExact(columns())]));
        } catch (IllegalArgumentException e) {
            throw UnsupportedGraphException.at(
                    Nodes.describe(node), "weight '" + weight.getName() + "': " + e.getMessage());
        }
    }

    /** Names of a quantized weight's three initializers. */
    record Parts(String values, String scales, String zeroPoints) {

        static Parts fresh(GraphEdit edit, String weight) {
            return new Parts(
                    edit.fresh(weight + ".int8"), edit.fresh(weight + ".scales"), edit.fresh(weight + ".zeros"));
        }
    }
}
