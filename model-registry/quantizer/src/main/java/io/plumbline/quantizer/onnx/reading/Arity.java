package io.plumbline.quantizer.onnx.reading;

import ai.onnx.proto.OnnxMl;
import io.plumbline.quantizer.onnx.MalformedModelException;
import io.plumbline.quantizer.onnx.Nodes;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** How many inputs the standard operators cannot do without, in any version of theirs. */
final class Arity {

    private static final Map<String, Integer> REQUIRED = new HashMap<>();

    private static final Set<String> WITHOUT_INPUT = Set.of(
            "Constant", "Loop", "Optional", "OptionalHasElement", "RandomNormal", "RandomUniform", "SequenceEmpty");

    static {
        require(2, "Add", "Conv", "ConvTranspose", "DequantizeLinear", "Div", "Gather", "GatherElements", "Gemm");
        require(2, "InstanceNormalization", "LayerNormalization", "MatMul", "Mul", "Pow", "QuantizeLinear", "Sub");
        require(3, "GRU", "LSTM", "RNN", "Where");
        require(5, "BatchNormalization");
    }

    private Arity() {}

    private static void require(int inputs, String... operators) {
        List.of(operators).forEach(operator -> REQUIRED.put(operator, inputs));
    }

    /** @throws MalformedModelException if the node has fewer inputs than its operator needs, or no output */
    static void check(OnnxMl.NodeProto node) throws MalformedModelException {
        if (!Nodes.isStandard(node)) {
            return;
        }
        if (node.getOutputList().stream().allMatch(String::isEmpty)) {
            throw new MalformedModelException(Nodes.describe(node) + " has no output");
        }
        for (int i = 0; i < required(node.getOpType()); i++) {
            if (Nodes.input(node, i).isEmpty()) {
                throw new MalformedModelException(Nodes.describe(node) + " lacks its input " + i);
            }
        }
    }

    private static int required(String operator) {
        return REQUIRED.getOrDefault(operator, WITHOUT_INPUT.contains(operator) ? 0 : 1);
    }
}
