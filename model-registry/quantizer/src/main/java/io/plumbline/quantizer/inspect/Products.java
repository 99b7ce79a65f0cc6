package io.plumbline.quantizer.inspect;

import io.plumbline.quantizer.onnx.NodeNames;
import io.plumbline.quantizer.onnx.OnnxModel;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The layers of a model that quantization is about, each with the tensor by which a build of it can be compared. */
public final class Products {

    /** What a build takes into the range of the product before it, whose own answer it no longer has. */
    private static final Set<String> BOUNDS = Set.of("Relu", "Clip");

    private static final Set<String> OPERATORS = Set.of("Conv", "ConvTranspose", "MatMul", "Gemm");

    private Products() {}

    /**
     * @param node by name; by its first output if it has none
     * @param inputs tensors that go into it, weights included
     * @param tensor what comes out of it, or out of the Relu or Clip that follows, where only that can be compared
     */
    public record Product(String node, String operator, List<String> inputs, String tensor) {

        public Product {
            inputs = List.copyOf(inputs);
        }
    }

    /**
     * In graph order.
     *
     * @param compared tensors that can be; products of which nothing can be are left out
     */
    public static List<Product> of(OnnxModel model, Set<String> compared) {
        var bounded = bounded(model, compared);
        return model.proto().getGraph().getNodeList().stream()
                .filter(node -> OPERATORS.contains(node.getOpType()))
                .map(node -> new Product(
                        NodeNames.of(node),
                        node.getOpType(),
                        node.getInputList(),
                        bounded.getOrDefault(node.getOutput(0), node.getOutput(0))))
                .filter(product -> compared.contains(product.tensor()))
                .toList();
    }

    /** Tensors that cannot be compared, with the one of theirs behind a bound. */
    private static Map<String, String> bounded(OnnxModel model, Set<String> compared) {
        Map<String, String> bounded = new HashMap<>();
        for (var node : model.proto().getGraph().getNodeList()) {
            if (BOUNDS.contains(node.getOpType()) && !compared.contains(node.getInput(0))) {
                bounded.put(node.getInput(0), node.getOutput(0));
            }
        }
        return bounded;
    }
}
