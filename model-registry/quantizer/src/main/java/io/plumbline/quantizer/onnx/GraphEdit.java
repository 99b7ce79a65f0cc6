package io.plumbline.quantizer.onnx;

import ai.onnx.proto.OnnxMl;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A new graph in the making: nodes in topological order, initializers by name. Names stay unique. */
public final class GraphEdit {

    private static final long FREE_INITIALIZERS = 4;

    private final OnnxModel source;
    private final List<OnnxMl.NodeProto> nodes = new ArrayList<>();
    private final Map<String, OnnxMl.TensorProto> added = new LinkedHashMap<>();
    private final Map<String, String> metadata = new LinkedHashMap<>();
    private final Map<String, Long> domains = new LinkedHashMap<>();
    private final Map<String, Integer> wishes = new HashMap<>();
    private final Set<String> names = new HashSet<>();

    public GraphEdit(OnnxModel source) {
        this.source = source;
        var graph = source.proto().getGraph();
        graph.getNodeList().forEach(node -> {
            names.addAll(node.getInputList());
            names.addAll(node.getOutputList());
            names.addAll(Nodes.captured(node));
        });
        graph.getInitializerList().forEach(tensor -> names.add(tensor.getName()));
        graph.getInputList().forEach(input -> names.add(input.getName()));
    }

    /** A name that nothing in the graph has. */
    public String fresh(String wish) {
        var name = wish;
        while (!names.add(name)) {
            name = wish + "_" + wishes.merge(wish, 1, Integer::sum);
        }
        return name;
    }

    public void add(OnnxMl.NodeProto node) {
        nodes.add(node);
    }

    public void add(OnnxMl.TensorProto initializer) {
        added.put(initializer.getName(), initializer);
    }

    /** Imports an operator set beside the standard one, unless the model has it. */
    public void require(String domain, long version) {
        domains.put(domain, version);
    }

    public void describe(String key, String value) {
        metadata.put(key, value);
    }

    /** The new model; initializers and constants that nothing uses any more are gone. */
    public OnnxModel finish() {
        var used = used();
        var old = source.proto().getGraph();
        var graph = old.toBuilder().clearNode().clearInitializer();
        nodes.stream().filter(node -> !isUnusedConstant(node, used)).forEach(graph::addNode);
        old.getInitializerList().stream()
                .filter(tensor -> used.contains(tensor.getName()))
                .forEach(graph::addInitializer);
        added.values().stream()
                .filter(tensor -> used.contains(tensor.getName()))
                .forEach(graph::addInitializer);
        var model = source.proto().toBuilder();
        if (source.proto().getIrVersion() < FREE_INITIALIZERS) {
            model.setIrVersion(FREE_INITIALIZERS);
            used.clear();
        }
        withoutInitializers(graph, used);
        model.getOpsetImportList().forEach(set -> domains.remove(set.getDomain()));
        domains.forEach((domain, version) -> model.addOpsetImport(
                OnnxMl.OperatorSetIdProto.newBuilder().setDomain(domain).setVersion(version)));
        metadata.forEach((key, value) -> describe(model, key, value));
        return OnnxModel.wrap(model.setGraph(graph).build());
    }

    private Set<String> used() {
        var used = new HashSet<String>();
        for (var node : nodes) {
            used.addAll(node.getInputList());
            used.addAll(Nodes.captured(node));
        }
        source.proto().getGraph().getOutputList().forEach(output -> used.add(output.getName()));
        return used;
    }

    private static boolean isUnusedConstant(OnnxMl.NodeProto node, Set<String> used) {
        return Nodes.isStandard(node)
                && node.getOpType().equals("Constant")
                && node.getOutputList().stream().noneMatch(used::contains);
    }

    /**
     * Up to version 3 every initializer is an input as well; from 4 on that would let callers override it. An input whose
     * initializer is gone would have to be given.
     *
     * @param overridable initializers that may stay inputs
     */
    private void withoutInitializers(OnnxMl.GraphProto.Builder graph, Set<String> overridable) {
        var gone = new HashSet<String>();
        source.proto().getGraph().getInitializerList().forEach(tensor -> gone.add(tensor.getName()));
        gone.removeAll(overridable);
        var inputs = graph.getInputList().stream()
                .filter(input -> !gone.contains(input.getName()))
                .toList();
        graph.clearInput().addAllInput(inputs);
    }

    private static void describe(OnnxMl.ModelProto.Builder model, String key, String value) {
        var index = indexOf(model, key);
        if (index >= 0) {
            model.removeMetadataProps(index);
        }
        model.addMetadataProps(
                OnnxMl.StringStringEntryProto.newBuilder().setKey(key).setValue(value));
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
