package io.plumbline.quantizer.tables;

import ai.onnx.proto.OnnxMl;
import io.plumbline.quantizer.arithmetic.UnsignedTable;
import io.plumbline.quantizer.onnx.GraphEdit;
import io.plumbline.quantizer.onnx.Nodes;
import io.plumbline.quantizer.onnx.OnnxModel;
import io.plumbline.quantizer.onnx.Tensors;
import io.plumbline.quantizer.onnx.UnsupportedGraphException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Takes the Gather nodes of a graph that look up in constant float32 tables of rank 2 and more that only Gather reads. */
public final class TableRewrite {

    private final OnnxModel model;
    private final GraphEdit edit;
    private final Set<String> readOtherwise = new HashSet<>();
    private final Map<String, Parts> tables = new HashMap<>();

    public TableRewrite(OnnxModel model, GraphEdit edit) {
        this.model = model;
        this.edit = edit;
        var graph = model.proto().getGraph();
        for (var node : graph.getNodeList()) {
            var inputs = node.getInputList();
            readOtherwise.addAll(isGather(node) ? inputs.subList(1, inputs.size()) : inputs);
            readOtherwise.addAll(Nodes.captured(node));
        }
        graph.getOutputList().forEach(output -> readOtherwise.add(output.getName()));
    }

    private record Parts(String values, String scale, String zeroPoint) {}

    private static boolean isGather(OnnxMl.NodeProto node) {
        return Nodes.isStandard(node) && node.getOpType().equals("Gather") && node.getInputCount() == 2;
    }

    /** @return whether the node looks up in a table, and the graph in the making has it in bytes now */
    public boolean take(OnnxMl.NodeProto node) throws UnsupportedGraphException {
        var table = table(node);
        if (table.isEmpty()) {
            return false;
        }
        var known = tables.get(table.get().getName());
        var parts = known == null ? add(table.get()) : known;
        var output = node.getOutput(0);
        var bytes = edit.fresh(output + ".u8");
        edit.add(node.toBuilder().setInput(0, parts.values).setOutput(0, bytes).build());
        edit.add(Nodes.of(
                "DequantizeLinear",
                edit.fresh(output + ".dequantize"),
                List.of(bytes, parts.scale, parts.zeroPoint),
                List.of(output)));
        return true;
    }

    private Optional<OnnxMl.TensorProto> table(OnnxMl.NodeProto node) {
        if (!isGather(node) || node.getOutputCount() != 1 || readOtherwise.contains(node.getInput(0))) {
            return Optional.empty();
        }
        return model.constant(node.getInput(0)).filter(tensor -> Tensors.isFloat(tensor) && tensor.getDimsCount() >= 2);
    }

    private Parts add(OnnxMl.TensorProto weight) throws UnsupportedGraphException {
        var name = weight.getName();
        try {
            var table = UnsignedTable.of(Tensors.floats(weight));
            var parameters = table.parameters();
            var parts = new Parts(edit.fresh(name + ".u8"), edit.fresh(name + ".scales"), edit.fresh(name + ".zeros"));
            edit.add(Tensors.ofUint8(parts.values, weight.getDimsList(), table.values()));
            edit.add(Tensors.ofFloats(parts.scale, List.of(), parameters.scale()));
            edit.add(Tensors.ofUint8(parts.zeroPoint, List.of(), (byte) parameters.zeroPoint()));
            tables.put(name, parts);
            return parts;
        } catch (IllegalArgumentException e) {
            throw new UnsupportedGraphException("weight '" + name + "': " + e.getMessage());
        }
    }
}
