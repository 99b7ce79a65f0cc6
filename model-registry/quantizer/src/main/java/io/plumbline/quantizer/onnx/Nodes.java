package io.plumbline.quantizer.onnx;

import ai.onnx.proto.OnnxMl;
import java.util.List;

/** Making and describing nodes. */
public final class Nodes {

    private Nodes() {}

    /** For people: operator, name and first output. */
    public static String describe(OnnxMl.NodeProto node) {
        var output = node.getOutputCount() == 0 ? "" : " -> '" + node.getOutput(0) + "'";
        return node.getOpType() + (node.getName().isEmpty() ? "" : " '" + node.getName() + "'") + output;
    }

    public static OnnxMl.NodeProto of(String opType, String name, List<String> inputs, List<String> outputs) {
        return builder(opType, name, inputs, outputs).build();
    }

    public static OnnxMl.NodeProto of(
            String opType, String name, List<String> inputs, List<String> outputs, OnnxMl.AttributeProto attribute) {
        return builder(opType, name, inputs, outputs).addAttribute(attribute).build();
    }

    private static OnnxMl.NodeProto.Builder builder(
            String opType, String name, List<String> inputs, List<String> outputs) {
        return OnnxMl.NodeProto.newBuilder()
                .setOpType(opType)
                .setName(name)
                .addAllInput(inputs)
                .addAllOutput(outputs);
    }

    public static OnnxMl.AttributeProto attribute(String name, long value) {
        return OnnxMl.AttributeProto.newBuilder()
                .setName(name)
                .setType(OnnxMl.AttributeProto.AttributeType.INT)
                .setI(value)
                .build();
    }

    /** An integer attribute, or the default where it is absent. */
    public static long integer(OnnxMl.NodeProto node, String name, long otherwise) {
        return node.getAttributeList().stream()
                .filter(attribute -> attribute.getName().equals(name))
                .mapToLong(OnnxMl.AttributeProto::getI)
                .findFirst()
                .orElse(otherwise);
    }

    /** A float attribute, or the default where it is absent. */
    public static float real(OnnxMl.NodeProto node, String name, float otherwise) {
        return node.getAttributeList().stream()
                .filter(attribute -> attribute.getName().equals(name))
                .map(OnnxMl.AttributeProto::getF)
                .findFirst()
                .orElse(otherwise);
    }
}
