package io.plumbline.quantizer.qat;

import ai.onnx.proto.OnnxMl;
import io.plumbline.quantizer.onnx.GraphEdit;
import io.plumbline.quantizer.onnx.Nodes;
import io.plumbline.quantizer.onnx.OnnxModel;
import io.plumbline.quantizer.onnx.UnsupportedGraphException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What a model that was trained for quantization answers without its quantization: activations go past their pairs of
 * QuantizeLinear and DequantizeLinear. Weights stay as rounded as they are stored; there are no others.
 */
public final class FloatTwin {

    private final OnnxModel model;
    private final GraphEdit edit;
    /** Float activations by the name that their integers have. */
    private final Map<String, String> integers = new HashMap<>();
    /** Float activations by the name that they have behind their pair. */
    private final Map<String, String> floats = new HashMap<>();

    private FloatTwin(OnnxModel model) {
        this.model = model;
        this.edit = new GraphEdit(model);
    }

    /** @throws UnsupportedGraphException if a node works on integers of an activation itself */
    public static OnnxModel of(OnnxModel model) throws UnsupportedGraphException {
        var twin = new FloatTwin(model);
        var graph = model.proto().getGraph();
        for (var node : graph.getNodeList()) {
            if (!twin.goesPast(node)) {
                twin.keep(node);
            }
        }
        for (var output : graph.getOutputList()) {
            twin.giveBack(output.getName());
        }
        return twin.edit.finish();
    }

    private boolean goesPast(OnnxMl.NodeProto node) {
        if (!Nodes.isStandard(node) || node.getInputCount() == 0) {
            return false;
        }
        var input = node.getInput(0);
        var real = integers.get(input);
        return switch (node.getOpType()) {
            case "QuantizeLinear" -> model.constant(input).isEmpty() && isNew(integers, node, source(input));
            case "DequantizeLinear" -> real != null && isNew(floats, node, real);
            // Exporters write fewer than eight bits as a Clip of bytes.
            case "Clip" -> real != null && isNew(integers, node, real);
            default -> false;
        };
    }

    private static boolean isNew(Map<String, String> names, OnnxMl.NodeProto node, String real) {
        return names.put(node.getOutput(0), real) == null;
    }

    private String source(String tensor) {
        return floats.getOrDefault(tensor, tensor);
    }

    private void keep(OnnxMl.NodeProto node) throws UnsupportedGraphException {
        var captured =
                Nodes.captured(node).stream().anyMatch(name -> floats.containsKey(name) || integers.containsKey(name));
        if (captured || node.getInputList().stream().anyMatch(integers::containsKey)) {
            throw UnsupportedGraphException.at(
                    Nodes.describe(node), "it works on quantized activations itself: there is no float form of it");
        }
        var inputs = node.getInputList().stream().map(this::source).toList();
        edit.add(node.toBuilder().clearInput().addAllInput(inputs).build());
    }

    /** Outputs keep their names. */
    private void giveBack(String output) throws UnsupportedGraphException {
        if (integers.containsKey(output)) {
            throw new UnsupportedGraphException("output '" + output + "' is quantized: there is no float form of it");
        }
        var real = floats.get(output);
        if (real != null) {
            edit.add(Nodes.of("Identity", edit.fresh(output + ".float"), List.of(real), List.of(output)));
        }
    }
}
