package io.plumbline.quantizer;

import ai.onnx.proto.OnnxMl;
import io.plumbline.quantizer.arithmetic.ActivationParameters;
import io.plumbline.quantizer.arithmetic.ActivationRange;
import io.plumbline.quantizer.onnx.GemmRewrite;
import io.plumbline.quantizer.onnx.GraphEdit;
import io.plumbline.quantizer.onnx.Nodes;
import io.plumbline.quantizer.onnx.OnnxModel;
import io.plumbline.quantizer.onnx.Tensors;
import io.plumbline.quantizer.onnx.UnsupportedGraphException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;

/**
 * Static INT8 in QDQ form: the activation that enters each MatMul or Gemm with a constant matrix is quantized to unsigned
 * bytes over a calibrated range, its weight to signed bytes with a scale per output column; everything else stays float.
 */
public final class StaticQuantizer {

    private static final long MIN_OPSET = 13;

    private StaticQuantizer() {}

    /** The activations that {@link #quantize} needs ranges for, in graph order: the first is nearest to the input. */
    public static List<String> observedTensors(OnnxModel source) throws UnsupportedGraphException {
        var model = GemmRewrite.apply(source);
        var tensors = new LinkedHashSet<String>();
        for (var node : model.proto().getGraph().getNodeList()) {
            WeightedMatMul.of(node, model).ifPresent(target -> tensors.add(target.activation()));
        }
        return List.copyOf(tensors);
    }

    /**
     * @param ranges one for each of {@link #observedTensors}
     * @throws UnsupportedGraphException if nothing can be quantized, or a range is missing
     */
    public static QuantizedModel quantize(OnnxModel source, Map<String, ActivationRange> ranges, Provenance provenance)
            throws UnsupportedGraphException {
        if (source.opset() < MIN_OPSET) {
            throw new UnsupportedGraphException("operator set " + source.opset()
                    + " has no per-channel DequantizeLinear; convert the model to " + MIN_OPSET + " or newer");
        }
        var model = GemmRewrite.apply(source);
        var rewrite = new Rewrite(model, ranges);
        for (var node : model.proto().getGraph().getNodeList()) {
            rewrite.take(node);
        }
        if (rewrite.quantized.isEmpty()) {
            throw new UnsupportedGraphException(
                    "no MatMul or Gemm with a constant float32 matrix: nothing to quantize");
        }
        provenance.writeTo(rewrite.edit);
        return new QuantizedModel(rewrite.edit.finish(), rewrite.quantized);
    }

    /** Under {@code options}, of a model from {@link Preparation#prepare}. */
    public static List<String> observedTensors(OnnxModel prepared, StaticOptions options)
            throws UnsupportedGraphException {
        return observedTensors(prepared);
    }

    /**
     * Under {@code options}, of a model from {@link Preparation#prepare}.
     *
     * @param ranges one for each of {@link #observedTensors}
     * @throws UnsupportedGraphException if nothing can be quantized, or a range is missing
     */
    public static QuantizedModel quantize(
            OnnxModel prepared, Map<String, ActivationRange> ranges, StaticOptions options, Provenance provenance)
            throws UnsupportedGraphException {
        return quantize(prepared, ranges, provenance);
    }

    /**
     * The same build over new ranges.
     *
     * @param ranges one for each of the tensors that the build was calibrated on
     * @throws UnsupportedGraphException if it is no static build, or a range is missing
     */
    public static QuantizedModel recalibrate(
            OnnxModel build, Map<String, ActivationRange> ranges, Provenance provenance)
            throws UnsupportedGraphException {
        throw new UnsupportedGraphException("recalibration of " + ranges.size() + " ranges is not there yet");
    }

    private static final class Rewrite {
        private final OnnxModel model;
        private final Map<String, ActivationRange> ranges;
        private final GraphEdit edit;
        private final List<String> quantized = new ArrayList<>();
        private final Map<String, String> activations = new HashMap<>();
        private final Map<String, String> weights = new HashMap<>();

        private Rewrite(OnnxModel model, Map<String, ActivationRange> ranges) {
            this.model = model;
            this.ranges = ranges;
            this.edit = new GraphEdit(model);
        }

        private void take(OnnxMl.NodeProto node) throws UnsupportedGraphException {
            var target = WeightedMatMul.of(node, model);
            if (target.isEmpty()) {
                edit.add(node);
                return;
            }
            quantized.add(Nodes.describe(node));
            var inputs = List.of(activation(target.get()), weight(target.get()));
            edit.add(Nodes.of("MatMul", node.getName(), inputs, node.getOutputList()));
        }

        private String activation(WeightedMatMul target) throws UnsupportedGraphException {
            var tensor = target.activation();
            var known = activations.get(tensor);
            if (known != null) {
                return known;
            }
            var range = ranges.get(tensor);
            if (range == null) {
                throw UnsupportedGraphException.at(
                        Nodes.describe(target.node()), "there is no calibrated range for '" + tensor + "'");
            }
            var quantized = pair(tensor, ActivationParameters.of(range));
            activations.put(tensor, quantized);
            return quantized;
        }

        private String pair(String tensor, ActivationParameters parameters) {
            var scale = edit.fresh(tensor + ".scale");
            var zero = edit.fresh(tensor + ".zero");
            var bytes = edit.fresh(tensor + ".u8");
            var back = edit.fresh(tensor + ".dequantized");
            edit.add(Tensors.ofFloats(scale, List.of(), parameters.scale()));
            edit.add(Tensors.ofUint8(zero, List.of(), (byte) parameters.zeroPoint()));
            edit.add(Nodes.of(
                    "QuantizeLinear", edit.fresh(tensor + ".quantize"), List.of(tensor, scale, zero), List.of(bytes)));
            edit.add(Nodes.of(
                    "DequantizeLinear",
                    edit.fresh(tensor + ".dequantize"),
                    List.of(bytes, scale, zero),
                    List.of(back)));
            return back;
        }

        private String weight(WeightedMatMul target) throws UnsupportedGraphException {
            var name = target.weight().getName();
            var known = weights.get(name);
            if (known != null) {
                return known;
            }
            var parts = WeightedMatMul.Parts.fresh(edit, name);
            target.addQuantizedWeight(edit, parts);
            var back = edit.fresh(name + ".dequantized");
            edit.add(Nodes.of(
                    "DequantizeLinear",
                    edit.fresh(name + ".dequantize"),
                    List.of(parts.values(), parts.scales(), parts.zeroPoints()),
                    List.of(back),
                    Nodes.attribute("axis", 1)));
            weights.put(name, back);
            return back;
        }
    }
}
