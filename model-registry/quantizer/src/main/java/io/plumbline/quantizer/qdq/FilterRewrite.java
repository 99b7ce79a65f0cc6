package io.plumbline.quantizer.qdq;

import ai.onnx.proto.OnnxMl;
import io.plumbline.quantizer.StaticOptions;
import io.plumbline.quantizer.arithmetic.SignedWeights;
import io.plumbline.quantizer.onnx.GraphEdit;
import io.plumbline.quantizer.onnx.Nodes;
import io.plumbline.quantizer.onnx.OnnxModel;
import io.plumbline.quantizer.onnx.Tensors;
import io.plumbline.quantizer.onnx.UnsupportedGraphException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Weights and biases of a graph as integers. A weight that several nodes read is stored once, unless a bias asks for other
 * scales; a bias is stored for each node, because its scale is the node's. Confined to one thread.
 */
final class FilterRewrite {

    private final OnnxModel model;
    private final GraphEdit edit;
    private final boolean perChannel;
    private final int limit;
    private final Map<String, String> weights = new HashMap<>();
    private final Map<Long, String> zeros = new HashMap<>();

    FilterRewrite(OnnxModel model, GraphEdit edit, StaticOptions options) {
        this.model = model;
        this.edit = edit;
        this.perChannel = options.perChannel();
        this.limit = options.reduceRange() ? SignedWeights.REDUCED : SignedWeights.FULL;
    }

    /** A Conv [channels, inputs per group, window...] with integer weight, and bias in steps of sx * sw. */
    OnnxMl.NodeProto convolution(OnnxMl.NodeProto node, float activation) throws UnsupportedGraphException {
        var weight = constant(node, 1);
        var plain = filter(node, weight, 0);
        if (node.getInputCount() < 3 || node.getInput(2).isEmpty()) {
            return node.toBuilder().setInput(1, stored(weight, plain, 0, false)).build();
        }
        var bias = Tensors.floats(constant(node, 2));
        var filter = plain.holding(bias, activation, Tensors.floats(weight));
        return node.toBuilder()
                .setInput(1, stored(weight, filter, 0, filter != plain))
                .setInput(2, bias(node.getInput(2), bias, filter, activation))
                .build();
    }

    /** A MatMul [rows, columns] with integer weight. */
    OnnxMl.NodeProto product(OnnxMl.NodeProto node) throws UnsupportedGraphException {
        var weight = constant(node, 1);
        return node.toBuilder()
                .setInput(1, stored(weight, filter(node, weight, 1), 1, false))
                .build();
    }

    /** A ConvTranspose [inputs, channels per group, window...] with integer weight, computing in float. */
    OnnxMl.NodeProto weightOnly(OnnxMl.NodeProto node) throws UnsupportedGraphException {
        return product(node);
    }

    /** A constant of one number as an activation. */
    String number(String name, Parameters parameters) throws UnsupportedGraphException {
        var known = weights.get(name);
        if (known != null) {
            return known;
        }
        var tensor = model.constant(name)
                .orElseThrow(() -> new IllegalStateException("'" + name + "' is no constant: this is a bug"));
        var back = parameters.number(name, tensor.getDimsList(), Tensors.floats(tensor)[0]);
        weights.put(name, back);
        return back;
    }

    private OnnxMl.TensorProto constant(OnnxMl.NodeProto node, int input) {
        return model.constant(node.getInput(input))
                .orElseThrow(() -> new IllegalStateException(
                        Nodes.describe(node) + " has no constant input " + input + ": this is a bug"));
    }

    private QuantizedFilter filter(OnnxMl.NodeProto node, OnnxMl.TensorProto weight, int axis)
            throws UnsupportedGraphException {
        var channels = perChannel ? Math.toIntExact(weight.getDims(axis)) : 1;
        long inner = 1;
        for (int i = axis + 1; i < weight.getDimsCount(); i++) {
            inner *= weight.getDims(i);
        }
        try {
            return QuantizedFilter.of(Tensors.floats(weight), channels, Math.toIntExact(inner), limit);
        } catch (IllegalArgumentException e) {
            throw UnsupportedGraphException.at(
                    Nodes.describe(node), "weight '" + weight.getName() + "': " + e.getMessage());
        }
    }

    private String stored(OnnxMl.TensorProto weight, QuantizedFilter filter, int axis, boolean ownScales) {
        var name = weight.getName();
        var key = name + "@" + axis;
        var known = weights.get(key);
        if (known != null && !ownScales) {
            return known;
        }
        var values = edit.fresh(name + ".int8");
        edit.add(Tensors.ofInt8(values, weight.getDimsList(), filter.values()));
        var back = dequantize(name, values, filter.scales(), axis);
        if (!ownScales) {
            weights.put(key, back);
        }
        return back;
    }

    private String dequantize(String name, String values, float[] scales, int axis) {
        var scale = edit.fresh(name + ".scales");
        var dims = perChannel ? List.of((long) scales.length) : List.<Long>of();
        edit.add(Tensors.ofFloats(scale, dims, scales));
        var back = edit.fresh(name + ".dequantized");
        edit.add(Nodes.of(
                "DequantizeLinear",
                edit.fresh(name + ".dequantize"),
                List.of(values, scale, zeros(perChannel ? scales.length : 0)),
                List.of(back),
                Nodes.attribute("axis", axis)));
        return back;
    }

    /** One vector of zeros for all weights of as many channels; a scalar for none. */
    private String zeros(long channels) {
        return zeros.computeIfAbsent(channels, count -> {
            var name = edit.fresh("zeros." + count);
            var dims = count == 0 ? List.<Long>of() : List.of(count);
            edit.add(Tensors.ofInt8(name, dims, new byte[Math.toIntExact(Math.max(1, count))]));
            return name;
        });
    }

    private String bias(String name, float[] bias, QuantizedFilter filter, float activation) {
        var values = edit.fresh(name + ".int32");
        edit.add(Tensors.ofInts(values, List.of((long) bias.length), filter.bias(bias, activation)));
        var scale = edit.fresh(name + ".scales");
        var steps = filter.biasScales(activation, bias.length);
        edit.add(Tensors.ofFloats(scale, perChannel ? List.of((long) steps.length) : List.of(), steps));
        var back = edit.fresh(name + ".dequantized");
        edit.add(Nodes.of(
                "DequantizeLinear",
                edit.fresh(name + ".dequantize"),
                List.of(values, scale),
                List.of(back),
                Nodes.attribute("axis", 0)));
        return back;
    }
}
