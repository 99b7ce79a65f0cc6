package io.plumbline.quantizer.dynamic;

import ai.onnx.proto.OnnxMl;
import io.plumbline.quantizer.onnx.Nodes;
import io.plumbline.quantizer.onnx.OnnxModel;
import io.plumbline.quantizer.onnx.Tensors;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/** The embedding tables of a model: constant float32 tensors of rank 2 and more that only Gather reads. */
final class TableLookup {

    private final OnnxModel model;
    private final Set<String> readOtherwise = new HashSet<>();

    TableLookup(OnnxModel model) {
        this.model = model;
        var graph = model.proto().getGraph();
        for (var node : graph.getNodeList()) {
            var inputs = node.getInputList();
            readOtherwise.addAll(isGather(node) ? inputs.subList(1, inputs.size()) : inputs);
            readOtherwise.addAll(Nodes.captured(node));
        }
        graph.getOutputList().forEach(output -> readOtherwise.add(output.getName()));
    }

    private static boolean isGather(OnnxMl.NodeProto node) {
        return Nodes.isStandard(node) && node.getOpType().equals("Gather") && node.getInputCount() == 2;
    }

    /** The table that the node looks values up in. */
    Optional<OnnxMl.TensorProto> table(OnnxMl.NodeProto node) {
        if (!isGather(node) || node.getOutputCount() != 1 || readOtherwise.contains(node.getInput(0))) {
            return Optional.empty();
        }
        return model.constant(node.getInput(0)).filter(tensor -> Tensors.isFloat(tensor) && tensor.getDimsCount() >= 2);
    }
}
