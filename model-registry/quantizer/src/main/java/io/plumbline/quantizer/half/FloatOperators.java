package io.plumbline.quantizer.half;

import ai.onnx.proto.OnnxMl;
import io.plumbline.quantizer.onnx.Nodes;
import java.util.Set;

/** What the operators' definitions say about float16. */
final class FloatOperators {

    /** Without float16 in their definition, or without a kernel for it. */
    private static final Set<String> STAY_FLOAT = Set.of(
            "BlackmanWindow",
            "CumSum",
            "DequantizeLinear",
            "DynamicQuantizeLinear",
            "HammingWindow",
            "HannWindow",
            "Max",
            "MelWeightMatrix",
            "Min",
            "NonMaxSuppression",
            "QLinearConv",
            "QLinearMatMul",
            "QuantizeLinear",
            "RandomUniformLike",
            "Range",
            "RoiAlign",
            "TfIdfVectorizer",
            "TopK",
            "Upsample");

    /** Make a tensor of the type that their attribute names, float32 where it names none. */
    private static final Set<String> TYPED = Set.of("RandomNormal", "RandomUniform", "SequenceEmpty");

    private static final Set<String> TYPED_IF_SAID = Set.of("EyeLike", "RandomNormalLike", "Bernoulli");

    private static final long FIRST_WITH_ROI = 11;

    private FloatOperators() {}

    /** Whether the node must go on in float32; operators outside the standard set do, whatever they are. */
    static boolean staysFloat(OnnxMl.NodeProto node) {
        return !Nodes.isStandard(node) || STAY_FLOAT.contains(node.getOpType());
    }

    /** Whether the input is float32 by definition even where the others are float16. */
    static boolean isFloatInput(OnnxMl.NodeProto node, int index, long opset) {
        return node.getOpType().equals("Resize") && index == (opset < FIRST_WITH_ROI ? 1 : 2);
    }

    static boolean makesTypeItNames(OnnxMl.NodeProto node) {
        return TYPED.contains(node.getOpType());
    }

    static boolean mayNameType(OnnxMl.NodeProto node) {
        return makesTypeItNames(node) || TYPED_IF_SAID.contains(node.getOpType());
    }
}
