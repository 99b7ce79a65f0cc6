package io.plumbline.quantizer.onnx.upgrade;

import ai.onnx.proto.OnnxMl;
import io.plumbline.quantizer.onnx.GraphEdit;
import io.plumbline.quantizer.onnx.Nodes;
import io.plumbline.quantizer.onnx.OnnxModel;
import io.plumbline.quantizer.onnx.Tensors;
import io.plumbline.quantizer.onnx.UnsupportedGraphException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Where a rule puts the nodes and constants that replace an older node. */
final class UpgradeSite {

    private final OnnxModel model;
    private final GraphEdit edit;
    private final Map<String, Integer> ranks = new HashMap<>();

    UpgradeSite(OnnxModel model, GraphEdit edit) {
        this.model = model;
        this.edit = edit;
        var graph = model.proto().getGraph();
        graph.getValueInfoList().forEach(this::learn);
        graph.getInputList().forEach(this::learn);
        graph.getOutputList().forEach(this::learn);
    }

    private void learn(OnnxMl.ValueInfoProto tensor) {
        if (tensor.getType().hasTensorType() && tensor.getType().getTensorType().hasShape()) {
            ranks.put(
                    tensor.getName(),
                    tensor.getType().getTensorType().getShape().getDimCount());
        }
    }

    /** Of the model as it came. */
    long opset() {
        return model.opset();
    }

    /** Number of axes, where the file declares it. */
    Optional<Integer> rank(String tensor) {
        return Optional.ofNullable(ranks.get(tensor));
    }

    void keep(OnnxMl.NodeProto node) {
        edit.add(node);
    }

    String fresh(String wish) {
        return edit.fresh(wish);
    }

    /** The node with one attribute as a further input instead; unchanged where the attribute is absent. */
    void toInput(OnnxMl.NodeProto node, String attribute) {
        keep(movedToInput(node, attribute));
    }

    private OnnxMl.NodeProto movedToInput(OnnxMl.NodeProto node, String attribute) {
        var values = Nodes.integers(node, attribute);
        if (values.isEmpty()) {
            return node;
        }
        return without(node, Set.of(attribute)).toBuilder()
                .addInput(constant(node, attribute, values.get()))
                .build();
    }

    /** A one-dimensional int64 constant named after the node's output. */
    String constant(OnnxMl.NodeProto node, String what, List<Long> values) {
        var name = fresh(node.getOutput(0) + "." + what);
        edit.add(Tensors.ofLongs(name, List.of((long) values.size()), values));
        return name;
    }

    /** A float32 scalar named after the node's output. */
    String scalar(OnnxMl.NodeProto node, String what, float value) {
        var name = fresh(node.getOutput(0) + "." + what);
        edit.add(Tensors.ofFloats(name, List.of(), value));
        return name;
    }

    /** A one-dimensional float32 constant named after the node's output. */
    String floats(OnnxMl.NodeProto node, String what, float... values) {
        var name = fresh(node.getOutput(0) + "." + what);
        edit.add(Tensors.ofFloats(name, List.of((long) values.length), values));
        return name;
    }

    static OnnxMl.NodeProto without(OnnxMl.NodeProto node, Set<String> attributes) {
        var kept = new ArrayList<OnnxMl.AttributeProto>();
        node.getAttributeList().stream()
                .filter(attribute -> !attributes.contains(attribute.getName()))
                .forEach(kept::add);
        return node.toBuilder().clearAttribute().addAllAttribute(kept).build();
    }

    static UnsupportedGraphException refusal(OnnxMl.NodeProto node, String because) {
        return UnsupportedGraphException.at(Nodes.describe(node), because);
    }
}
