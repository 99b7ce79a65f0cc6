package io.plumbline.quantizer.onnx;

import ai.onnx.proto.OnnxMl;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A new graph in the making: nodes in topological order, initializers by name. Names stay unique. */
public final class GraphEdit {

    private final OnnxModel source;
    private final List<OnnxMl.NodeProto> nodes = new ArrayList<>();
    private final Map<String, OnnxMl.TensorProto> added = new LinkedHashMap<>();
    private final Map<String, String> metadata = new LinkedHashMap<>();
    private final Set<String> names = new HashSet<>();

    public GraphEdit(OnnxModel source) {
        this.source = source;
        var graph = source.proto().getGraph();
        graph.getNodeList().forEach(node -> {
            names.addAll(node.getInputList());
            names.addAll(node.getOutputList());
        });
        graph.getInitializerList().forEach(tensor -> names.add(tensor.getName()));
        graph.getInputList().forEach(input -> names.add(input.getName()));
    }

    /** A name that nothing in the graph has. */
    public String fresh(String wish) {
        var name = wish;
        for (int i = 1; !names.add(name); i++) {
            name = wish + "_" + i;
        }
        return name;
    }

    public void add(OnnxMl.NodeProto node) {
        nodes.add(node);
    }

    public void add(OnnxMl.TensorProto initializer) {
        added.put(initializer.getName(), initializer);
    }

    public void describe(String key, String value) {
        metadata.put(key, value);
    }

    /** The new model; initializers that nothing uses any more are gone. */
    public OnnxModel finish() {
        var used = new HashSet<String>();
        nodes.forEach(node -> used.addAll(node.getInputList()));
        source.proto().getGraph().getOutputList().forEach(output -> used.add(output.getName()));
        var graph = source.proto().getGraph().toBuilder()
                .clearNode()
                .addAllNode(nodes)
                .clearInitializer();
        source.proto().getGraph().getInitializerList().stream()
                .filter(tensor -> used.contains(tensor.getName()) || hasSubgraphs())
                .forEach(graph::addInitializer);
        added.values().forEach(graph::addInitializer);
        var model = source.proto().toBuilder().setGraph(graph);
        metadata.forEach((key, value) -> {
            var index = indexOf(model, key);
            if (index >= 0) {
                model.removeMetadataProps(index);
            }
            model.addMetadataProps(
                    OnnxMl.StringStringEntryProto.newBuilder().setKey(key).setValue(value));
        });
        return OnnxModel.wrap(model.build());
    }

    /** Inner graphs may use an outer initializer without naming it as an input. */
    private boolean hasSubgraphs() {
        return nodes.stream()
                .flatMap(node -> node.getAttributeList().stream())
                .anyMatch(attribute -> attribute.hasG() || attribute.getGraphsCount() > 0);
    }

    private static int indexOf(OnnxMl.ModelProto.Builder model, String key) {
        for (int i = 0; i < model.getMetadataPropsCount(); i++) {
            if (model.getMetadataProps(i).getKey().equals(key)) {
                return i;
            }
        }
        return -1;
    }
}
