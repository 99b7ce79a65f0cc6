package io.plumbline.quantizer.qat;

import ai.onnx.proto.OnnxMl;
import io.plumbline.quantizer.onnx.GraphEdit;
import io.plumbline.quantizer.onnx.Nodes;
import io.plumbline.quantizer.onnx.OnnxModel;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Puts what merely moves values, such as Transpose or Reshape, before the DequantizeLinear instead of between it and a product,
 * where exporters from TensorFlow leave it: ONNX Runtime takes integer kernels only for what is dequantized last of all. The
 * values are the same.
 */
final class MovedLevels {

    private static final Set<String> PRODUCTS = Set.of("Conv", "ConvTranspose", "Gemm", "MatMul");

    private final OnnxModel model;
    private final GraphEdit edit;
    private final Set<String> leading;
    private final Map<String, OnnxMl.NodeProto> dequantized = new HashMap<>();
    private final List<OnnxMl.NodeProto> nodes = new ArrayList<>();

    private MovedLevels(OnnxModel model) {
        this.model = model;
        this.edit = new GraphEdit(model);
        this.leading = leading(model.proto().getGraph());
    }

    static OnnxModel apply(OnnxModel model) {
        var rewrite = new MovedLevels(model);
        model.proto().getGraph().getNodeList().forEach(rewrite::take);
        var used = new HashSet<String>();
        model.proto().getGraph().getOutputList().forEach(output -> used.add(output.getName()));
        rewrite.nodes.forEach(node -> {
            used.addAll(node.getInputList());
            used.addAll(Nodes.captured(node));
        });
        rewrite.nodes.stream()
                .filter(node -> !rewrite.dequantized.containsValue(node) || used.contains(node.getOutput(0)))
                .forEach(rewrite.edit::add);
        return rewrite.edit.finish();
    }

    /** Tensors that nothing but products reads in the end. */
    private static Set<String> leading(OnnxMl.GraphProto graph) {
        var leading = new HashSet<String>();
        var elsewhere = new HashSet<String>();
        graph.getOutputList().forEach(output -> elsewhere.add(output.getName()));
        for (int i = graph.getNodeCount() - 1; i >= 0; i--) {
            var node = graph.getNode(i);
            var moves = isMove(node) && leading.contains(node.getOutput(0)) && !elsewhere.contains(node.getOutput(0));
            var product = Nodes.isStandard(node) && PRODUCTS.contains(node.getOpType());
            elsewhere.addAll(Nodes.captured(node));
            for (int k = 0; k < node.getInputCount(); k++) {
                ((product && k < 2) || (moves && k == 0) ? leading : elsewhere).add(node.getInput(k));
            }
        }
        leading.removeAll(elsewhere);
        return leading;
    }

    private static boolean isMove(OnnxMl.NodeProto node) {
        return QuantizedProduct.isReshape(node) && node.getInputCount() > 0 && node.getOutputCount() == 1;
    }

    private void take(OnnxMl.NodeProto node) {
        var source = isMove(node) && leading.contains(node.getOutput(0))
                ? Optional.ofNullable(dequantized.get(node.getInput(0)))
                : Optional.<OnnxMl.NodeProto>empty();
        var back = source.flatMap(one -> behind(node, one));
        if (back.isEmpty()) {
            add(node);
            return;
        }
        nodes.add(node.toBuilder()
                .setInput(0, source.get().getInput(0))
                .setOutput(0, back.get().getInput(0))
                .build());
        add(back.get());
    }

    private void add(OnnxMl.NodeProto node) {
        nodes.add(node);
        if (Nodes.isStandard(node)
                && node.getOpType().equals("DequantizeLinear")
                && node.getInputCount() >= 2
                && node.getOutputCount() == 1
                && Nodes.integer(node, "block_size", 0) == 0) {
            dequantized.put(node.getOutput(0), node);
        }
    }

    /** The DequantizeLinear that follows the moved levels; empty where its scales would no longer fit. */
    private Optional<OnnxMl.NodeProto> behind(OnnxMl.NodeProto move, OnnxMl.NodeProto dequantize) {
        var scale = model.constant(dequantize.getInput(1));
        if (scale.isEmpty()) {
            return Optional.empty();
        }
        var back = dequantize.toBuilder()
                .setName(edit.fresh(move.getOutput(0) + ".dequantize"))
                .setInput(0, edit.fresh(move.getOutput(0) + ".levels"))
                .setOutput(0, move.getOutput(0));
        if (scale.get().getDimsList().stream().allMatch(dim -> dim == 1)) {
            return Optional.of(back.build());
        }
        var order = Nodes.integers(move, "perm");
        if (!move.getOpType().equals("Transpose") || order.isEmpty()) {
            return Optional.empty();
        }
        var axis = Nodes.integer(dequantize, "axis", 1);
        var moved = order.get().indexOf(axis < 0 ? axis + order.get().size() : axis);
        if (moved < 0) {
            return Optional.empty();
        }
        for (int i = back.getAttributeCount() - 1; i >= 0; i--) {
            if (back.getAttribute(i).getName().equals("axis")) {
                back.removeAttribute(i);
            }
        }
        return Optional.of(back.addAttribute(Nodes.attribute("axis", moved)).build());
    }
}
