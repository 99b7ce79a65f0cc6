package io.plumbline.quantizer.onnx;

import ai.onnx.proto.OnnxMl;
import com.google.protobuf.ByteString;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

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

    /** Whether the operator is one of the standard set. */
    public static boolean isStandard(OnnxMl.NodeProto node) {
        return node.getDomain().isEmpty() || node.getDomain().equals("ai.onnx");
    }

    /** An input, where the node has it. */
    public static Optional<String> input(OnnxMl.NodeProto node, int index) {
        return index < node.getInputCount() && !node.getInput(index).isEmpty()
                ? Optional.of(node.getInput(index))
                : Optional.empty();
    }

    /** Inner graphs of If, Loop, Scan and the like. */
    public static List<OnnxMl.GraphProto> innerGraphs(OnnxMl.NodeProto node) {
        var graphs = new ArrayList<OnnxMl.GraphProto>();
        for (var attribute : node.getAttributeList()) {
            if (attribute.hasG()) {
                graphs.add(attribute.getG());
            }
            graphs.addAll(attribute.getGraphsList());
        }
        return graphs;
    }

    /** Names that inner graphs of the node take from around them. */
    public static Set<String> captured(OnnxMl.NodeProto node) {
        var free = new LinkedHashSet<String>();
        for (var graph : innerGraphs(node)) {
            var read = new LinkedHashSet<String>();
            var own = new HashSet<String>();
            graph.getInputList().forEach(input -> own.add(input.getName()));
            graph.getInitializerList().forEach(tensor -> own.add(tensor.getName()));
            graph.getOutputList().forEach(output -> read.add(output.getName()));
            for (var inner : graph.getNodeList()) {
                read.addAll(inner.getInputList());
                read.addAll(captured(inner));
                own.addAll(inner.getOutputList());
            }
            read.removeAll(own);
            read.remove("");
            free.addAll(read);
        }
        return free;
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

    public static OnnxMl.AttributeProto attribute(String name, String value) {
        return OnnxMl.AttributeProto.newBuilder()
                .setName(name)
                .setType(OnnxMl.AttributeProto.AttributeType.STRING)
                .setS(ByteString.copyFromUtf8(value))
                .build();
    }

    public static boolean has(OnnxMl.NodeProto node, String name) {
        return attribute(node, name).isPresent();
    }

    /** A string attribute, or the default where it is absent. */
    public static String text(OnnxMl.NodeProto node, String name, String otherwise) {
        return attribute(node, name).map(one -> one.getS().toStringUtf8()).orElse(otherwise);
    }

    /** A list of integers, where the attribute is there. */
    public static Optional<List<Long>> integers(OnnxMl.NodeProto node, String name) {
        return attribute(node, name).map(OnnxMl.AttributeProto::getIntsList);
    }

    /** A copy of a list of floats, where the attribute is there. */
    public static Optional<float[]> reals(OnnxMl.NodeProto node, String name) {
        return attribute(node, name).map(one -> {
            var values = new float[one.getFloatsCount()];
            for (int i = 0; i < values.length; i++) {
                values[i] = one.getFloats(i);
            }
            return values;
        });
    }

    /** Whether a node like If or Loop carries graphs of its own. */
    public static boolean hasInnerGraph(OnnxMl.NodeProto node) {
        return node.getAttributeList().stream().anyMatch(one -> one.hasG() || one.getGraphsCount() > 0);
    }

    private static Optional<OnnxMl.AttributeProto> attribute(OnnxMl.NodeProto node, String name) {
        return node.getAttributeList().stream()
                .filter(one -> one.getName().equals(name))
                .findFirst();
    }
}
