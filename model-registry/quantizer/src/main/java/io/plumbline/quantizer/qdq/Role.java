package io.plumbline.quantizer.qdq;

import ai.onnx.proto.OnnxMl;
import io.plumbline.quantizer.StaticOptions;
import io.plumbline.quantizer.StaticOptions.Reach;
import io.plumbline.quantizer.onnx.Nodes;
import io.plumbline.quantizer.onnx.OnnxModel;
import io.plumbline.quantizer.onnx.Tensors;
import java.util.List;
import java.util.Set;

/**
 * What quantization does with a node.
 *
 * <p>The choice is measured: ONNX Runtime 1.28 for Java, one thread of an x64 processor with AVX512-VNNI, medians of 100
 * interleaved runs. A detector of 70 convolutions between channel shuffles (FastestDet) takes 7.0 ms in float, 8.0 ms with
 * products alone or with moves, 7.6 ms with everything between them, 8.3 ms with its grouped convolutions left float; one
 * without shuffles (UltraFace slim) takes 11.5 ms in float, 4.2 ms with any reach, 5.9 ms with its grouped convolutions left
 * float. AveragePool is not among the operators between: its integer kernel took 1.05 ms of a run in which the float one took
 * 0.04 ms. Nor are Softmax, HardSwish, Pad, Sub, Div and normalizations, around which the runtime fuses nothing or which end
 * a graph.
 */
enum Role {
    /** Integer input, weight, bias and output: Conv. */
    CONVOLUTION,
    /** Integer input and weight, float output: a MatMul, which the runtime turns into one integer kernel all the same. */
    PRODUCT,
    /** Integer weight alone: ConvTranspose, which has no integer kernel; it becomes smaller, not faster. */
    WEIGHT,
    /** Moves values: its output has the parameters of its first input. */
    MOVE,
    /** Makes new values, for which the runtime has an integer kernel. */
    COMBINE,
    /** Relu or Clip: goes into the quantizer of what it reads, where nothing else reads that. */
    BOUND,
    /** Stays float. */
    FLOAT;

    private static final Set<String> MOVES = Set.of(
            "MaxPool",
            "Reshape",
            "Transpose",
            "Squeeze",
            "Unsqueeze",
            "Flatten",
            "Slice",
            "Gather",
            "Resize",
            "Split",
            "Expand",
            "Tile",
            "DepthToSpace");

    private static final Set<String> COMBINES =
            Set.of("Add", "Mul", "Concat", "GlobalAveragePool", "LeakyRelu", "Sigmoid");

    static Role of(OnnxMl.NodeProto node, OnnxModel model, StaticOptions options) {
        var isStandard = node.getDomain().isEmpty() || node.getDomain().equals("ai.onnx");
        if (!isStandard || node.getInputCount() == 0 || options.excludedNodes().contains(nameOf(node))) {
            return FLOAT;
        }
        if (model.constant(node.getInput(0)).isPresent() && !COMBINES.contains(node.getOpType())) {
            return FLOAT;
        }
        return switch (node.getOpType()) {
            case "Conv" -> hasConstants(node, model, 3) ? CONVOLUTION : FLOAT;
            case "ConvTranspose" -> hasConstants(node, model, 3) ? WEIGHT : FLOAT;
            case "MatMul" -> isMatrix(node, model) ? PRODUCT : FLOAT;
            case "Relu", "Clip" -> Bounds.of(node, model).isPresent() ? BOUND : FLOAT;
            default -> between(node, model, options.reach());
        };
    }

    private static Role between(OnnxMl.NodeProto node, OnnxModel model, Reach reach) {
        if (reach != Reach.PRODUCTS && MOVES.contains(node.getOpType()) && moves(node)) {
            return MOVE;
        }
        var combines = reach == Reach.BETWEEN_PRODUCTS && COMBINES.contains(node.getOpType());
        return combines && node.getInputList().stream().allMatch(input -> isExact(input, model)) ? COMBINE : FLOAT;
    }

    /** An activation, or a single number, which a range of its own represents exactly. */
    private static boolean isExact(String input, OnnxModel model) {
        return model.constant(input)
                .map(tensor ->
                        Tensors.isFloat(tensor) && tensor.getDimsList().stream().allMatch(size -> size == 1))
                .orElse(true);
    }

    /** How {@link StaticOptions#excludedNodes} names it. */
    static String nameOf(OnnxMl.NodeProto node) {
        return node.getName().isEmpty() && node.getOutputCount() > 0 ? node.getOutput(0) : node.getName();
    }

    private static boolean hasConstants(OnnxMl.NodeProto node, OnnxModel model, int ranks) {
        var weight = model.constant(node.getInput(1))
                .filter(Tensors::isFloat)
                .filter(tensor -> tensor.getDimsCount() >= ranks);
        if (weight.isEmpty() || weight.get().getDimsList().contains(0L)) {
            return false;
        }
        var axis = node.getOpType().equals("ConvTranspose") ? 1 : 0;
        var channels = weight.get().getDims(axis) * (axis == 0 ? 1 : Nodes.integer(node, "group", 1));
        return Nodes.input(node, 2).isEmpty()
                || model.constant(node.getInput(2))
                        .filter(Tensors::isFloat)
                        .filter(bias -> bias.getDimsList().equals(List.of(channels)))
                        .isPresent();
    }

    private static boolean isMatrix(OnnxMl.NodeProto node, OnnxModel model) {
        return model.constant(node.getInput(1))
                .filter(tensor -> Tensors.isFloat(tensor) && tensor.getDimsCount() == 2)
                .isPresent();
    }

    /** A second output would hold indices, a cubic Resize makes values beyond those it reads. */
    private static boolean moves(OnnxMl.NodeProto node) {
        return switch (node.getOpType()) {
            case "MaxPool" -> node.getOutputCount() == 1;
            case "Resize" -> !Nodes.text(node, "mode", "nearest").equals("cubic");
            default -> true;
        };
    }
}
