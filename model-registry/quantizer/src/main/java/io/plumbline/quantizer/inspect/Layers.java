package io.plumbline.quantizer.inspect;

import ai.onnx.proto.OnnxMl;
import io.plumbline.quantizer.onnx.OnnxModel;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The tensors that nodes make, and which of them mean the same in a model and in a build of it. */
public final class Layers {

    /** What stands behind the tensor's name where a build keeps its dequantized value: ours, and ONNX Runtime's tool's. */
    private static final List<String> DEQUANTIZED = List.of(".dequantized", "_DequantizeLinear_Output");

    private Layers() {}

    /** Outputs of nodes in graph order. */
    public static Set<String> tensors(OnnxModel model) {
        Set<String> tensors = new LinkedHashSet<>();
        for (OnnxMl.NodeProto node : model.proto().getGraph().getNodeList()) {
            node.getOutputList().stream().filter(name -> !name.isEmpty()).forEach(tensors::add);
        }
        return tensors;
    }

    /**
     * The reference's tensors with the candidate's of the same meaning, after quantization where it is quantized.
     *
     * @param reference tensors that can be compared
     * @param candidate tensors that can be compared
     */
    public static Map<String, String> pairs(Set<String> reference, Set<String> candidate) {
        Map<String, String> pairs = new LinkedHashMap<>();
        for (var tensor : reference) {
            DEQUANTIZED.stream()
                    .map(suffix -> tensor + suffix)
                    .filter(candidate::contains)
                    .findFirst()
                    .or(() -> candidate.contains(tensor) ? Optional.of(tensor) : Optional.empty())
                    .ifPresent(other -> pairs.put(tensor, other));
        }
        return pairs;
    }
}
