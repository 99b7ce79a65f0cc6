package io.plumbline.quantizer.onnx;

import ai.onnx.proto.OnnxMl;
import java.util.HashSet;
import java.util.Set;

/**
 * What every rewriter relies on: each tensor has one maker and a name, each name that is read is made somewhere, each
 * constant holds what its shape says.
 */
final class GraphCheck {

    private final Set<String> known;

    private GraphCheck(Set<String> outer) {
        this.known = new HashSet<>(outer);
    }

    /** @throws MalformedModelException naming the node or tensor that contradicts itself or others */
    static void check(OnnxMl.GraphProto graph) throws MalformedModelException {
        new GraphCheck(Set.of()).checkGraph(graph);
    }

    private void checkGraph(OnnxMl.GraphProto graph) throws MalformedModelException {
        var made = new HashSet<String>();
        for (var input : graph.getInputList()) {
            addName(input.getName(), "a graph input", made);
        }
        var constants = new HashSet<String>();
        for (var tensor : graph.getInitializerList()) {
            addName(tensor.getName(), "an initializer", constants);
            TensorCheck.check(tensor, "initializer '" + tensor.getName() + "'");
        }
        for (var sparse : graph.getSparseInitializerList()) {
            addName(sparse.getValues().getName(), "a sparse initializer", constants);
        }
        made.addAll(constants);
        for (var node : graph.getNodeList()) {
            checkNode(node);
            for (var output : node.getOutputList()) {
                if (!output.isEmpty()) {
                    addName(output, "the output of " + Nodes.describe(node), made);
                }
            }
        }
        known.addAll(made);
        for (var node : graph.getNodeList()) {
            checkReads(node);
        }
        for (var output : graph.getOutputList()) {
            if (!known.contains(output.getName())) {
                throw new MalformedModelException("nothing makes the graph output '" + output.getName() + "'");
            }
        }
    }

    private static void addName(String name, String owner, Set<String> made) throws MalformedModelException {
        if (name.isEmpty()) {
            throw new MalformedModelException(owner + " has no name");
        }
        if (!made.add(name)) {
            throw new MalformedModelException("'" + name + "' is made twice, the second time as " + owner);
        }
    }

    private static void checkNode(OnnxMl.NodeProto node) throws MalformedModelException {
        var described = Nodes.describe(node);
        if (node.getOpType().isEmpty()) {
            throw new MalformedModelException("a node has no operator:" + described);
        }
        Arity.check(node);
        var names = new HashSet<String>();
        for (var attribute : node.getAttributeList()) {
            if (!names.add(attribute.getName())) {
                throw new MalformedModelException(described + " has attribute '" + attribute.getName() + "' twice");
            }
            var owner = described + ", attribute '" + attribute.getName() + "'";
            if (attribute.hasT()) {
                TensorCheck.check(attribute.getT(), owner);
            }
            for (var tensor : attribute.getTensorsList()) {
                TensorCheck.check(tensor, owner);
            }
        }
    }

    private void checkReads(OnnxMl.NodeProto node) throws MalformedModelException {
        for (var input : node.getInputList()) {
            if (!input.isEmpty() && !known.contains(input)) {
                throw new MalformedModelException(Nodes.describe(node) + " reads '" + input + "', which nothing makes");
            }
        }
        for (var inner : Nodes.innerGraphs(node)) {
            new GraphCheck(known).checkGraph(inner);
            NodeOrder.of(inner);
        }
    }
}
