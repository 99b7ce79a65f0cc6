package io.plumbline.quantizer.qdq;

import ai.onnx.proto.OnnxMl;
import io.plumbline.quantizer.onnx.OnnxModel;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Who makes and who reads each tensor of a graph. Inner graphs read what their bodies name. Immutable. */
final class Wiring {

    private final Map<String, OnnxMl.NodeProto> producers = new HashMap<>();
    private final Map<String, List<OnnxMl.NodeProto>> consumers = new HashMap<>();
    private final Set<String> outputs = new HashSet<>();

    Wiring(OnnxModel model) {
        var graph = model.proto().getGraph();
        for (var node : graph.getNodeList()) {
            node.getOutputList().forEach(tensor -> producers.put(tensor, node));
            reads(node, node);
        }
        graph.getOutputList().forEach(output -> outputs.add(output.getName()));
    }

    private void reads(OnnxMl.NodeProto reader, OnnxMl.NodeProto node) {
        node.getInputList()
                .forEach(tensor -> consumers
                        .computeIfAbsent(tensor, name -> new ArrayList<>())
                        .add(reader));
        for (var attribute : node.getAttributeList()) {
            attribute.getG().getNodeList().forEach(inner -> reads(reader, inner));
            attribute.getGraphsList().forEach(graph -> graph.getNodeList().forEach(inner -> reads(reader, inner)));
        }
    }

    Optional<OnnxMl.NodeProto> producer(String tensor) {
        return Optional.ofNullable(producers.get(tensor));
    }

    List<OnnxMl.NodeProto> consumers(String tensor) {
        return consumers.getOrDefault(tensor, List.of());
    }

    /** Whether one node reads it, once, and nobody outside sees it. */
    boolean isPrivate(String tensor) {
        return consumers(tensor).size() == 1 && !outputs.contains(tensor);
    }
}
