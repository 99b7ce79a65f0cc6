package io.plumbline.quantizer.qat;

import ai.onnx.proto.OnnxMl;
import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import io.plumbline.quantizer.arithmetic.LinearLevels;
import io.plumbline.quantizer.onnx.GraphEdit;
import io.plumbline.quantizer.onnx.Nodes;
import io.plumbline.quantizer.onnx.OnnxModel;
import io.plumbline.quantizer.onnx.Tensors;
import io.plumbline.quantizer.onnx.UnsupportedGraphException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** QuantizeLinear nodes over constants, and Clip nodes that narrow their bits, computed once and stored as bytes. */
final class StoredLevels {

    private static final long DEFAULT_AXIS = 1;

    private final OnnxModel model;
    private final GraphEdit edit;
    private final Map<String, OnnxMl.TensorProto> stored = new HashMap<>();

    StoredLevels(OnnxModel model, GraphEdit edit) {
        this.model = model;
        this.edit = edit;
    }

    /** @return whether the node's output is an initializer of the graph now, under the same name */
    boolean fold(OnnxMl.NodeProto node) throws UnsupportedGraphException {
        if (!Nodes.isStandard(node) || node.getInputCount() < 2 || node.getOutputCount() != 1) {
            return false;
        }
        var levels = switch (node.getOpType()) {
            case "QuantizeLinear" -> quantized(node);
            case "Clip" -> clipped(node);
            default -> Optional.<OnnxMl.TensorProto>empty();
        };
        levels.ifPresent(tensor -> {
            stored.put(tensor.getName(), tensor);
            edit.add(tensor);
        });
        return levels.isPresent();
    }

    private Optional<OnnxMl.TensorProto> quantized(OnnxMl.NodeProto node) throws UnsupportedGraphException {
        var weight = model.constant(node.getInput(0)).filter(Tensors::isFloat);
        var scale = model.constant(node.getInput(1)).filter(Tensors::isFloat);
        var zero = Nodes.input(node, 2).flatMap(model::constant).filter(Tensors::isByte);
        if (weight.isEmpty() || scale.isEmpty() || Nodes.integer(node, "block_size", 0) != 0) {
            return Optional.empty();
        }
        if (zero.isEmpty() && (Nodes.input(node, 2).isPresent() || Nodes.has(node, "output_dtype"))) {
            return Optional.empty();
        }
        var scales = Tensors.floats(scale.get());
        var zeros = zero.isPresent() ? Tensors.integers(zero.get()) : new int[scales.length];
        var signed = zero.isPresent() && zero.get().getDataType() == DataType.INT8.getNumber();
        var inner = scales.length == 1 ? 1 : inner(node, weight.get(), scales.length);
        try {
            var bytes = new LinearLevels(scales, zeros, inner, signed).of(Tensors.floats(weight.get()));
            return Optional.of(bytes(node.getOutput(0), weight.get().getDimsList(), signed, bytes));
        } catch (IllegalArgumentException e) {
            throw UnsupportedGraphException.at(Nodes.describe(node), String.valueOf(e.getMessage()));
        }
    }

    private static OnnxMl.TensorProto bytes(String name, List<Long> dims, boolean signed, byte[] bytes) {
        return signed ? Tensors.ofInt8(name, dims, bytes) : Tensors.ofUint8(name, dims, bytes);
    }

    /** Values that share a scale and lie side by side. */
    private static int inner(OnnxMl.NodeProto node, OnnxMl.TensorProto weight, int scales)
            throws UnsupportedGraphException {
        var rank = weight.getDimsCount();
        var said = Nodes.integer(node, "axis", DEFAULT_AXIS);
        var axis = said < 0 ? said + rank : said;
        if (axis < 0 || axis >= rank || weight.getDims((int) axis) != scales) {
            throw UnsupportedGraphException.at(
                    Nodes.describe(node),
                    scales + " scales do not fit axis " + said + " of a weight " + weight.getDimsList());
        }
        var inner = 1L;
        for (int i = (int) axis + 1; i < rank; i++) {
            inner *= weight.getDims(i);
        }
        return (int) Math.max(1, inner);
    }

    /** Exporters write fewer than eight bits as a Clip of bytes. */
    private Optional<OnnxMl.TensorProto> clipped(OnnxMl.NodeProto node) throws UnsupportedGraphException {
        var levels = stored.get(node.getInput(0));
        if (levels == null) {
            return Optional.empty();
        }
        var low = bound(node, 1, Integer.MIN_VALUE);
        var high = bound(node, 2, Integer.MAX_VALUE);
        if (low.isEmpty() || high.isEmpty()) {
            return Optional.empty();
        }
        var values = Tensors.integers(levels);
        var bytes = new byte[values.length];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) Math.min(high.get(), Math.max(low.get(), values[i]));
        }
        var signed = levels.getDataType() == DataType.INT8.getNumber();
        return Optional.of(bytes(node.getOutput(0), levels.getDimsList(), signed, bytes));
    }

    /** Empty where the bound is no constant byte. */
    private Optional<Integer> bound(OnnxMl.NodeProto node, int input, int otherwise) throws UnsupportedGraphException {
        var name = Nodes.input(node, input);
        if (name.isEmpty()) {
            return Optional.of(otherwise);
        }
        var tensor = model.constant(name.get()).filter(Tensors::isByte);
        if (tensor.isEmpty()) {
            return Optional.empty();
        }
        var values = Tensors.integers(tensor.get());
        return values.length == 1 ? Optional.of(values[0]) : Optional.empty();
    }

    /** The node with its axis written down, where scales per channel make it matter. */
    OnnxMl.NodeProto withExplicitAxis(OnnxMl.NodeProto node) {
        var isPair =
                node.getOpType().equals("QuantizeLinear") || node.getOpType().equals("DequantizeLinear");
        if (!isPair || !Nodes.isStandard(node) || Nodes.has(node, "axis")) {
            return node;
        }
        var perChannel = Nodes.input(node, 1)
                .flatMap(model::constant)
                .filter(scale -> scale.getDimsCount() == 1 && scale.getDims(0) > 1);
        return perChannel.isEmpty()
                ? node
                : node.toBuilder()
                        .addAttribute(Nodes.attribute("axis", DEFAULT_AXIS))
                        .build();
    }
}
