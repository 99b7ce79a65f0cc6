package io.plumbline.quantizer.onnx.reading;

import ai.onnx.proto.OnnxMl;
import io.plumbline.quantizer.onnx.MalformedModelException;
import io.plumbline.quantizer.onnx.Nodes;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/**
 * What every rewriter relies on: each tensor has one maker and a name, each name that is read is made somewhere, each
 * constant holds what its shape says.
 */
final class GraphCheck {

    private final Optional<GraphCheck> outer;
    private final Set<String> made = new HashSet<>();

    private GraphCheck(Optional<GraphCheck> outer) {
        this.outer = outer;
    }

    /** @throws MalformedModelException naming the node or tensor that contradicts itself or others */
    static void check(OnnxMl.GraphProto graph) throws MalformedModelException {
        new GraphCheck(Optional.empty()).checkGraph(graph);
    }

    private void checkGraph(OnnxMl.GraphProto graph) throws MalformedModelException {
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
        for (var node : graph.getNodeList()) {
            checkReads(node);
        }
        for (var output : graph.getOutputList()) {
            if (!isKnown(output.getName())) {
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

    private boolean isKnown(String name) {
        return made.contains(name)
                || outer.filter(around -> around.isKnown(name)).isPresent();
    }

    private void checkReads(OnnxMl.NodeProto node) throws MalformedModelException {
        for (var input : node.getInputList()) {
            if (!input.isEmpty() && !isKnown(input)) {
                throw new MalformedModelException(Nodes.describe(node) + " reads '" + input + "', which nothing makes");
            }
        }
        for (var inner : Nodes.innerGraphs(node)) {
            new GraphCheck(Optional.of(this)).checkGraph(inner);
            NodeOrder.of(inner);
        }
    }
}
