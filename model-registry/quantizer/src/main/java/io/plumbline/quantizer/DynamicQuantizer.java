package io.plumbline.quantizer;

import ai.onnx.proto.OnnxMl;
import io.plumbline.quantizer.onnx.GemmRewrite;
import io.plumbline.quantizer.onnx.GraphEdit;
import io.plumbline.quantizer.onnx.Nodes;
import io.plumbline.quantizer.onnx.OnnxModel;
import io.plumbline.quantizer.onnx.UnsupportedGraphException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Dynamic INT8: weights of MatMul and Gemm as signed bytes with a scale per output column, activations to unsigned bytes
 * at run time, over the range of each whole tensor. Answers therefore depend on what else is in a batch.
 */
public final class DynamicQuantizer {

    private static final long MIN_OPSET = 11;

    private DynamicQuantizer() {}

    /** @throws UnsupportedGraphException if nothing can be quantized; the model is never half done */
    public static QuantizedModel quantize(OnnxModel source, Provenance provenance) throws UnsupportedGraphException {
        if (source.opset() < MIN_OPSET) {
            throw new UnsupportedGraphException("operator set " + source.opset()
                    + " has no DynamicQuantizeLinear; convert the model to " + MIN_OPSET + " or newer");
        }
        var model = GemmRewrite.apply(source);
        var rewrite = new Rewrite(model);
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

    private static final class Rewrite {
        private final OnnxModel model;
        private final GraphEdit edit;
        private final List<String> quantized = new ArrayList<>();
        private final Map<String, Activation> activations = new HashMap<>();
        private final Map<String, WeightedMatMul.Parts> weights = new HashMap<>();

        private Rewrite(OnnxModel model) {
            this.model = model;
            this.edit = new GraphEdit(model);
        }

        private void take(OnnxMl.NodeProto node) throws UnsupportedGraphException {
            var target = WeightedMatMul.of(node, model);
            if (target.isEmpty()) {
                edit.add(node);
                return;
            }
            quantized.add(Nodes.describe(node));
            replace(target.get(), weight(target.get()), activation(target.get().activation()));
        }

        private WeightedMatMul.Parts weight(WeightedMatMul target) throws UnsupportedGraphException {
            var name = target.weight().getName();
            var known = weights.get(name);
            if (known != null) {
                return known;
            }
            var parts = WeightedMatMul.Parts.fresh(edit, name);
            target.addQuantizedWeight(edit, parts);
            weights.put(name, parts);
            return parts;
        }

        private Activation activation(String tensor) {
            return activations.computeIfAbsent(tensor, name -> {
                var parts = new Activation(
                        edit.fresh(name + ".u8"), edit.fresh(name + ".scale"), edit.fresh(name + ".zero"));
                edit.add(Nodes.of(
                        "DynamicQuantizeLinear",
                        edit.fresh(name + ".quantize"),
                        List.of(name),
                        List.of(parts.values, parts.scale, parts.zeroPoint)));
                return parts;
            });
        }

        /** The pattern that ONNX Runtime fuses into one integer kernel. */
        private void replace(WeightedMatMul target, WeightedMatMul.Parts weight, Activation activation) {
            var output = target.output();
            var sums = edit.fresh(output + ".i32");
            var real = edit.fresh(output + ".f32");
            var scales = edit.fresh(output + ".scales");
            edit.add(Nodes.of(
                    "MatMulInteger",
                    edit.fresh(output + ".matmul"),
                    List.of(activation.values, weight.values(), activation.zeroPoint, weight.zeroPoints()),
                    List.of(sums)));
            edit.add(Nodes.of(
                    "Cast",
                    edit.fresh(output + ".cast"),
                    List.of(sums),
                    List.of(real),
                    Nodes.attribute("to", OnnxMl.TensorProto.DataType.FLOAT.getNumber())));
            edit.add(Nodes.of(
                    "Mul", edit.fresh(output + ".scale"), List.of(activation.scale, weight.scales()), List.of(scales)));
            edit.add(Nodes.of("Mul", edit.fresh(output + ".real"), List.of(real, scales), List.of(output)));
        }
    }

    private record Activation(String values, String scale, String zeroPoint) {}
}
