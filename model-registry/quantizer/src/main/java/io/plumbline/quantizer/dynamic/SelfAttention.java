package io.plumbline.quantizer.dynamic;

import ai.onnx.proto.OnnxMl;
import io.plumbline.quantizer.onnx.ConstantProduct;
import io.plumbline.quantizer.onnx.Nodes;
import io.plumbline.quantizer.onnx.OnnxModel;
import io.plumbline.quantizer.onnx.Tensors;
import java.util.Optional;
import java.util.Set;

/**
 * ONNX Runtime's Attention with a constant weight [inputs, query, key and value] and a bias, as QAttention. Forms of it that
 * QAttention does not know stay float32.
 *
 * @see <a href="https://github.com/microsoft/onnxruntime/blob/main/docs/ContribOperators.md#com.microsoft.QAttention">
 *     QAttention</a>
 */
record SelfAttention(OnnxMl.NodeProto node, OnnxMl.TensorProto weight) {

    private static final String DOMAIN = "com.microsoft";
    private static final int MASK = 3;
    private static final int PAST = 4;
    private static final Set<String> ATTRIBUTES =
            Set.of("num_heads", "unidirectional", "mask_filter_value", "do_rotary", "past_present_share_buffer");

    static Optional<SelfAttention> of(OnnxMl.NodeProto node, OnnxModel model) {
        var known = node.getDomain().equals(DOMAIN)
                && node.getOpType().equals("Attention")
                && Nodes.input(node, 0).isPresent()
                && Nodes.input(node, 2).isPresent()
                && node.getInputList().stream().skip(PAST + 1).allMatch(String::isEmpty)
                && node.getAttributeList().stream().allMatch(one -> ATTRIBUTES.contains(one.getName()));
        return known
                ? Nodes.input(node, 1)
                        .flatMap(model::constant)
                        .filter(Tensors::isFloatMatrix)
                        .map(weight -> new SelfAttention(node, weight))
                : Optional.empty();
    }

    /** The product inside, as which the weight is quantized. */
    ConstantProduct product() {
        return new ConstantProduct(node, weight, false, Optional.empty());
    }

    OnnxMl.NodeProto quantized(Activation activation, Weights.Parts parts) {
        return node.toBuilder()
                .setOpType("QAttention")
                .clearInput()
                .addInput(activation.values())
                .addInput(parts.values())
                .addInput(node.getInput(2))
                .addInput(activation.scale())
                .addInput(parts.scales())
                .addInput(Nodes.input(node, MASK).orElse(""))
                .addInput(activation.zeroPoint())
                .addInput(parts.zeroPoints())
                .addInput(Nodes.input(node, PAST).orElse(""))
                .build();
    }
}
