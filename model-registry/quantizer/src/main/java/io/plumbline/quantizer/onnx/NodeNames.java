package io.plumbline.quantizer.onnx;

import ai.onnx.proto.OnnxMl;
import java.util.HashSet;
import java.util.Set;

/** Nodes as a user names them: by their name, or by their first output where they have none. Immutable. */
public final class NodeNames {

    private final Set<String> names;

    private NodeNames(Set<String> names) {
        this.names = names;
    }

    /** @throws UnsupportedGraphException if a name belongs to no node of the graph */
    public static NodeNames among(OnnxModel model, Set<String> names) throws UnsupportedGraphException {
        var unknown = new HashSet<>(names);
        model.proto().getGraph().getNodeList().forEach(node -> unknown.remove(of(node)));
        if (!unknown.isEmpty()) {
            throw new UnsupportedGraphException(
                    "node '" + unknown.stream().sorted().findFirst().orElseThrow() + "' is not in the graph");
        }
        return new NodeNames(Set.copyOf(names));
    }

    public static String of(OnnxMl.NodeProto node) {
        return node.getName().isEmpty() && node.getOutputCount() > 0 ? node.getOutput(0) : node.getName();
    }

    public boolean contains(OnnxMl.NodeProto node) {
        return names.contains(of(node));
    }
}
