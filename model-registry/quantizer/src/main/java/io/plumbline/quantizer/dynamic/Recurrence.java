package io.plumbline.quantizer.dynamic;

import ai.onnx.proto.OnnxMl;
import io.plumbline.quantizer.onnx.Nodes;
import io.plumbline.quantizer.onnx.OnnxModel;
import io.plumbline.quantizer.onnx.Tensors;
import io.plumbline.quantizer.onnx.UnsupportedGraphException;
import java.util.List;
import java.util.Optional;

/**
 * LSTM with constant weights as ONNX Runtime's DynamicQuantizeLSTM. Weights [directions, gates, inputs] have a scale for each
 * row, or for each direction, and are stored as [directions, inputs, gates].
 *
 * @see <a href="https://github.com/microsoft/onnxruntime/blob/main/docs/ContribOperators.md#com.microsoft.DynamicQuantizeLSTM">
 *     DynamicQuantizeLSTM</a>
 */
record Recurrence(OnnxMl.NodeProto node, OnnxMl.TensorProto inputWeight, OnnxMl.TensorProto stateWeight) {

    private static final int LSTM_INPUTS = 8;

    static Optional<Recurrence> of(OnnxMl.NodeProto node, OnnxModel model) {
        if (!Nodes.isStandard(node) || !node.getOpType().equals("LSTM") || Nodes.integer(node, "layout", 0) != 0) {
            return Optional.empty();
        }
        var inputWeight = weight(node, 1, model);
        var stateWeight = weight(node, 2, model);
        return inputWeight.flatMap(one -> stateWeight.map(other -> new Recurrence(node, one, other)));
    }

    private static Optional<OnnxMl.TensorProto> weight(OnnxMl.NodeProto node, int input, OnnxModel model) {
        return Nodes.input(node, input)
                .flatMap(model::constant)
                .filter(tensor -> Tensors.isFloat(tensor)
                        && tensor.getDimsCount() == 3
                        && tensor.getDimsList().stream().allMatch(dim -> dim > 0));
    }

    OnnxMl.NodeProto quantized(Weights weights) throws UnsupportedGraphException {
        var inputs = add(inputWeight, weights);
        var states = add(stateWeight, weights);
        var result = node.toBuilder()
                .setDomain("com.microsoft")
                .setOpType("DynamicQuantizeLSTM")
                .setInput(1, inputs.values())
                .setInput(2, states.values());
        while (result.getInputCount() < LSTM_INPUTS) {
            result.addInput("");
        }
        return result.addInput(inputs.scales())
                .addInput(inputs.zeroPoints())
                .addInput(states.scales())
                .addInput(states.zeroPoints())
                .build();
    }

    private static Weights.Parts add(OnnxMl.TensorProto weight, Weights weights) throws UnsupportedGraphException {
        var directions = Math.toIntExact(weight.getDims(0));
        var gates = Math.toIntExact(weight.getDims(1));
        var inputs = Math.toIntExact(weight.getDims(2));
        var perChannel = weights.perChannel();
        var signed = perChannel
                ? weights.signed(weight, directions * gates, inputs)
                : weights.signed(weight, directions, gates * inputs);
        var parts = weights.fresh(weight.getName(), "int8");
        weights.addBytes(
                parts,
                List.of((long) directions, (long) inputs, (long) gates),
                turned(signed.values(), directions, gates, inputs));
        var dims = perChannel ? List.of((long) directions, (long) gates) : List.of((long) directions);
        weights.addParameters(parts, dims, signed.scales());
        return parts;
    }

    private static byte[] turned(byte[] values, int directions, int gates, int inputs) {
        var turned = new byte[values.length];
        for (int direction = 0; direction < directions; direction++) {
            var start = direction * gates * inputs;
            for (int gate = 0; gate < gates; gate++) {
                for (int input = 0; input < inputs; input++) {
                    turned[start + input * gates + gate] = values[start + gate * inputs + input];
                }
            }
        }
        return turned;
    }
}
