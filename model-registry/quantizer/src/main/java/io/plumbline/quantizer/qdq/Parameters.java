package io.plumbline.quantizer.qdq;

import ai.onnx.proto.OnnxMl;
import io.plumbline.quantizer.StaticOptions.Activation;
import io.plumbline.quantizer.arithmetic.ActivationParameters;
import io.plumbline.quantizer.onnx.GraphEdit;
import io.plumbline.quantizer.onnx.Nodes;
import io.plumbline.quantizer.onnx.Tensors;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Scales and zero points of activations, one of each for all tensors that share them. Confined to one thread. */
final class Parameters {

    private final GraphEdit edit;
    private final Activation type;
    private final Map<String, Names> names = new HashMap<>();

    Parameters(GraphEdit edit, Activation type) {
        this.edit = edit;
        this.type = type;
    }

    /** Adds a pair that reads {@code from} and writes {@code to}, with the parameters of {@code root}. */
    void pair(String from, String to, String root, ActivationParameters values) {
        var shared = names.computeIfAbsent(root, name -> add(name, values));
        var bytes = edit.fresh(to + ".quantized");
        edit.add(Nodes.of(
                "QuantizeLinear",
                edit.fresh(to + ".quantize"),
                List.of(from, shared.scale, shared.zero),
                List.of(bytes)));
        edit.add(Nodes.of(
                "DequantizeLinear",
                edit.fresh(to + ".dequantize"),
                List.of(bytes, shared.scale, shared.zero),
                List.of(to)));
    }

    /** Adds a constant number and the node that makes it a float again. */
    String number(String name, List<Long> dims, float value) {
        var values = ActivationParameters.of(
                new io.plumbline.quantizer.arithmetic.ActivationRange(Math.min(value, 0), Math.max(value, 0)));
        var shared = names.computeIfAbsent(name, root -> add(root, values));
        var stored = edit.fresh(name + ".quantized");
        var level = (int) Math.rint(value / values.scale()) + values.zeroPoint();
        edit.add(bytes(stored, dims, Math.max(0, Math.min(255, level))));
        var back = edit.fresh(name + ".dequantized");
        edit.add(Nodes.of(
                "DequantizeLinear",
                edit.fresh(name + ".dequantize"),
                List.of(stored, shared.scale, shared.zero),
                List.of(back)));
        return back;
    }

    private Names add(String root, ActivationParameters values) {
        var scale = edit.fresh(root + ".scale");
        var zero = edit.fresh(root + ".zero");
        edit.add(Tensors.ofFloats(scale, List.of(), values.scale()));
        edit.add(bytes(zero, List.of(), values.zeroPoint()));
        return new Names(scale, zero);
    }

    private OnnxMl.TensorProto bytes(String name, List<Long> dims, int level) {
        var value = (byte) (level + type.lowest());
        return type == Activation.INT8 ? Tensors.ofInt8(name, dims, value) : Tensors.ofUint8(name, dims, value);
    }

    private record Names(String scale, String zero) {}
}
