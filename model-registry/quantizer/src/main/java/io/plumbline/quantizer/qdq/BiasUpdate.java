package io.plumbline.quantizer.qdq;

import ai.onnx.proto.OnnxMl;
import io.plumbline.quantizer.onnx.Nodes;
import io.plumbline.quantizer.onnx.OnnxModel;
import io.plumbline.quantizer.onnx.Tensors;
import io.plumbline.quantizer.onnx.UnsupportedGraphException;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Biases in steps of the new scales: b' = round(b * sx * sw / (sx' * sw)), with sx' * sw written as their scale, because the
 * runtime takes nothing else. Used once.
 */
final class BiasUpdate {

    private static final Set<String> WITH_BIAS = Set.of("Conv", "Gemm");

    private final OnnxModel build;
    private final Wiring wiring;
    private final Map<String, OnnxMl.TensorProto> changed;
    private final Set<String> written = new HashSet<>();

    /** @param changed initializers by name; gains the biases */
    BiasUpdate(OnnxModel build, Wiring wiring, Map<String, OnnxMl.TensorProto> changed) {
        this.build = build;
        this.wiring = wiring;
        this.changed = changed;
    }

    void run() throws UnsupportedGraphException {
        for (var node : build.proto().getGraph().getNodeList()) {
            if (WITH_BIAS.contains(node.getOpType()) && node.getInputCount() > 2) {
                var activation = dequantizer(node, 0);
                var weight = dequantizer(node, 1);
                var bias = dequantizer(node, 2);
                if (activation.isPresent() && weight.isPresent() && bias.isPresent()) {
                    update(node, new Inputs(activation.get(), weight.get(), bias.get()));
                }
            }
        }
    }

    /** Nodes that make a node's inputs. */
    private record Inputs(OnnxMl.NodeProto activation, OnnxMl.NodeProto weight, OnnxMl.NodeProto bias) {}

    private Optional<OnnxMl.NodeProto> dequantizer(OnnxMl.NodeProto node, int input) {
        return wiring.producer(node.getInput(input))
                .filter(one -> one.getOpType().equals("DequantizeLinear"));
    }

    private void update(OnnxMl.NodeProto node, Inputs inputs) throws UnsupportedGraphException {
        var values = constant(node, inputs.bias.getInput(0));
        if (!written.add(values.getName())) {
            throw UnsupportedGraphException.at(
                    Nodes.describe(node), "its bias '" + values.getName() + "' belongs to another node too");
        }
        var bias = dequantized(node, values, inputs.bias.getInput(1));
        var scale = constant(node, inputs.activation.getInput(1));
        var activation = oneFor(node, changed.getOrDefault(scale.getName(), scale), 1)[0];
        var filter = filter(node, inputs.weight, bias.length);
        var held = filter.holding(bias, activation, filter.dequantized());
        if (held != filter) {
            rescale(node, inputs.weight, held);
        }
        changed.put(
                values.getName(), Tensors.ofInts(values.getName(), values.getDimsList(), held.bias(bias, activation)));
        var steps = constant(node, inputs.bias.getInput(1));
        changed.put(
                steps.getName(),
                Tensors.ofFloats(steps.getName(), steps.getDimsList(), held.biasScales(activation, bias.length)));
    }

    private float[] dequantized(OnnxMl.NodeProto node, OnnxMl.TensorProto values, String scale)
            throws UnsupportedGraphException {
        var integers = Tensors.ints(values);
        var steps = oneFor(node, constant(node, scale), integers.length);
        var bias = new float[integers.length];
        for (int i = 0; i < bias.length; i++) {
            bias[i] = (float) ((double) integers[i] * steps[steps.length == 1 ? 0 : i]);
        }
        return bias;
    }

    private QuantizedFilter filter(OnnxMl.NodeProto node, OnnxMl.NodeProto weight, int channels)
            throws UnsupportedGraphException {
        var scales = oneFor(node, constant(node, weight.getInput(1)), channels);
        var values = Tensors.bytes(constant(node, weight.getInput(0)));
        if (values.length == 0 || values.length % channels != 0) {
            throw UnsupportedGraphException.at(
                    Nodes.describe(node), values.length + " weights do not fit a bias of " + channels);
        }
        return QuantizedFilter.stored(values, scales);
    }

    /** One scale, or one for each channel. */
    private static float[] oneFor(OnnxMl.NodeProto node, OnnxMl.TensorProto scale, int channels)
            throws UnsupportedGraphException {
        var scales = Tensors.floats(scale);
        if (channels == 0 || (scales.length != 1 && scales.length != channels)) {
            throw UnsupportedGraphException.at(
                    Nodes.describe(node),
                    scales.length + " scales '" + scale.getName() + "' do not fit a bias of " + channels);
        }
        return scales;
    }

    private void rescale(OnnxMl.NodeProto node, OnnxMl.NodeProto weight, QuantizedFilter held)
            throws UnsupportedGraphException {
        if (wiring.consumers(weight.getOutput(0)).size() > 1) {
            throw UnsupportedGraphException.at(
                    Nodes.describe(node),
                    "its bias needs a coarser weight over the new range, and another node shares the weight");
        }
        var values = constant(node, weight.getInput(0));
        var scales = constant(node, weight.getInput(1));
        if (held.scales().length > 1 && Nodes.integer(weight, "axis", 1) != 0) {
            throw UnsupportedGraphException.at(
                    Nodes.describe(node), "its bias needs a coarser weight, whose channels do not lie side by side");
        }
        changed.put(values.getName(), Tensors.ofInt8(values.getName(), values.getDimsList(), held.values()));
        changed.put(scales.getName(), Tensors.ofFloats(scales.getName(), scales.getDimsList(), held.scales()));
    }

    private OnnxMl.TensorProto constant(OnnxMl.NodeProto node, String name) throws UnsupportedGraphException {
        return build.constant(name)
                .orElseThrow(() -> UnsupportedGraphException.at(Nodes.describe(node), "'" + name + "' is no constant"));
    }
}
