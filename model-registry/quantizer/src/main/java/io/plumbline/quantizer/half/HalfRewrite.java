package io.plumbline.quantizer.half;

import ai.onnx.proto.OnnxMl;
import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import io.plumbline.quantizer.onnx.GraphEdit;
import io.plumbline.quantizer.onnx.Nodes;
import io.plumbline.quantizer.onnx.OnnxModel;
import io.plumbline.quantizer.onnx.Tensors;
import io.plumbline.quantizer.onnx.UnsupportedGraphException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Takes the nodes in order and knows of every float tensor under which name it lives in float16 and in float32; the second
 * form is made by one Cast, when somebody first wants it.
 */
final class HalfRewrite {

    private final OnnxModel model;
    private final GraphEdit edit;
    private final Map<String, String> types;
    private final Map<String, String> halves = new HashMap<>();
    private final Map<String, String> floats = new HashMap<>();
    private final Set<String> outputs = new LinkedHashSet<>();
    private final List<String> converted = new ArrayList<>();

    /** @param types element types of what nodes that stay float32 read and make */
    HalfRewrite(OnnxModel model, GraphEdit edit, Map<String, String> types) {
        this.model = model;
        this.edit = edit;
        this.types = types;
        var graph = model.proto().getGraph();
        graph.getInputList().stream()
                .filter(HalfRewrite::isFloat)
                .forEach(input -> floats.put(input.getName(), input.getName()));
        graph.getOutputList().stream().filter(HalfRewrite::isFloat).forEach(output -> outputs.add(output.getName()));
    }

    private static boolean isFloat(OnnxMl.ValueInfoProto value) {
        return value.getType().getTensorType().getElemType() == DataType.FLOAT.getNumber();
    }

    /** Nodes that run in float16 now, described for people, in graph order. */
    List<String> converted() {
        return List.copyOf(converted);
    }

    void take(OnnxMl.NodeProto node) throws UnsupportedGraphException {
        if (isConstant(node)) {
            edit.add(node);
        } else if (FloatOperators.staysFloat(node)) {
            keep(node);
        } else {
            convert(node);
        }
    }

    private void keep(OnnxMl.NodeProto node) {
        var result = node.toBuilder();
        for (int i = 0; i < node.getInputCount(); i++) {
            result.setInput(i, asFloat(node.getInput(i)));
        }
        edit.add(result.build());
        node.getOutputList().stream().filter(this::isKnownFloat).forEach(output -> floats.put(output, output));
    }

    private void convert(OnnxMl.NodeProto node) throws UnsupportedGraphException {
        var result = HalfAttributes.of(node).toBuilder();
        for (int i = 0; i < node.getInputCount(); i++) {
            var input = node.getInput(i);
            result.setInput(i, FloatOperators.isFloatInput(node, i, model.opset()) ? asFloat(input) : asHalf(input));
        }
        for (int i = 0; i < node.getOutputCount(); i++) {
            result.setOutput(i, output(node.getOutput(i)));
        }
        edit.add(result.build());
        converted.add(Nodes.describe(node));
    }

    /** Its readers take the constant that they need; nobody may be left who reads this one. */
    private boolean isConstant(OnnxMl.NodeProto node) {
        return node.getOpType().equals("Constant")
                && model.constant(node.getOutput(0)).isPresent();
    }

    private boolean isKnownFloat(String tensor) {
        return outputs.contains(tensor) || "float".equals(types.get(tensor));
    }

    private String output(String tensor) {
        if (outputs.contains(tensor)) {
            halves.put(tensor, edit.fresh(tensor + ".half"));
        } else if (isKnownFloat(tensor)) {
            halves.put(tensor, tensor);
        }
        return halves.getOrDefault(tensor, tensor);
    }

    private String asHalf(String tensor) throws UnsupportedGraphException {
        var known = halves.get(tensor);
        if (known != null) {
            return known;
        }
        var constant = model.constant(tensor).filter(Tensors::isFloat);
        if (constant.isEmpty() && !floats.containsKey(tensor)) {
            return tensor;
        }
        var name = edit.fresh(tensor + ".half");
        halves.put(tensor, name);
        if (constant.isPresent()) {
            edit.add(HalfTensors.of(constant.get(), name));
        } else {
            cast(floats.getOrDefault(tensor, tensor), name, DataType.FLOAT16);
        }
        return name;
    }

    private String asFloat(String tensor) {
        var known = floats.get(tensor);
        var half = halves.get(tensor);
        if (known != null || half == null || model.constant(tensor).isPresent()) {
            return known == null ? tensor : known;
        }
        var name = outputs.contains(tensor) ? tensor : edit.fresh(tensor + ".float");
        floats.put(tensor, name);
        cast(half, name, DataType.FLOAT);
        return name;
    }

    private void cast(String from, String to, DataType type) {
        edit.add(Nodes.of(
                "Cast", edit.fresh(to + ".cast"), List.of(from), List.of(to), Nodes.attribute("to", type.getNumber())));
    }

    /** The graph's answers in float32, under their names. */
    void finishOutputs() {
        outputs.forEach(this::asFloat);
    }
}
