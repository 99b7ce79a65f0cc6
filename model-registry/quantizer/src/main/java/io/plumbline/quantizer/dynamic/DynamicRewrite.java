package io.plumbline.quantizer.dynamic;

import ai.onnx.proto.OnnxMl;
import io.plumbline.quantizer.onnx.ConstantProduct;
import io.plumbline.quantizer.onnx.GraphEdit;
import io.plumbline.quantizer.onnx.Nodes;
import io.plumbline.quantizer.onnx.OnnxModel;
import io.plumbline.quantizer.onnx.UnsupportedGraphException;
import io.plumbline.quantizer.tables.TableRewrite;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Takes the nodes of a graph one after the other and puts integer ones in the place of those with constant weights. */
public final class DynamicRewrite {

    private final OnnxModel model;
    private final GraphEdit edit;
    private final Weights weights;
    private final Optional<TableRewrite> tables;
    private final List<String> quantized = new ArrayList<>();
    private final Map<String, Activation> activations = new HashMap<>();

    /**
     * @param limit largest quantized magnitude of a weight
     * @param tables whether embedding tables become bytes too
     */
    public DynamicRewrite(OnnxModel model, GraphEdit edit, boolean perChannel, int limit, boolean tables) {
        this.model = model;
        this.edit = edit;
        this.weights = new Weights(edit, perChannel, limit);
        this.tables = tables ? Optional.of(new TableRewrite(model, edit)) : Optional.empty();
    }

    /** Described for people, in graph order. */
    public List<String> quantized() {
        return List.copyOf(quantized);
    }

    public void take(OnnxMl.NodeProto node) throws UnsupportedGraphException {
        if (isTaken(node)) {
            quantized.add(Nodes.describe(node));
        } else {
            edit.add(node);
        }
    }

    private boolean isTaken(OnnxMl.NodeProto node) throws UnsupportedGraphException {
        var product = ConstantProduct.of(node, model);
        if (product.isPresent()) {
            replace(product.get());
            return true;
        }
        return (tables.isPresent() && tables.get().take(node)) || isContributed(node);
    }

    /** Operators that exist in ONNX Runtime alone. */
    private boolean isContributed(OnnxMl.NodeProto node) throws UnsupportedGraphException {
        var recurrence = Recurrence.of(node, model);
        var attention = SelfAttention.of(node, model);
        if (recurrence.isPresent()) {
            edit.add(recurrence.get().quantized(weights));
        } else if (attention.isPresent()) {
            var parts = weights.matrix(attention.get().product());
            edit.add(attention.get().quantized(activation(node.getInput(0)), parts));
        } else {
            return false;
        }
        edit.require("com.microsoft", 1);
        return true;
    }

    private void replace(ConstantProduct product) throws UnsupportedGraphException {
        var node = product.node();
        var weight = weights.matrix(product);
        var activation = activation(node.getInput(0));
        var output = node.getOutput(0);
        if (product.bias().isPresent()) {
            var real = edit.fresh(output + ".product");
            multiply(activation, weight, real);
            var operands = List.of(real, product.bias().get());
            edit.add(Nodes.of("Add", edit.fresh(node.getName() + ".add"), operands, List.of(output)));
        } else {
            multiply(activation, weight, output);
        }
    }

    /** The pattern that ONNX Runtime fuses into one integer kernel. */
    private void multiply(Activation activation, Weights.Parts weight, String output) {
        var sums = edit.fresh(output + ".i32");
        var real = edit.fresh(output + ".f32");
        var scales = edit.fresh(output + ".scales");
        edit.add(Nodes.of(
                "MatMulInteger",
                edit.fresh(output + ".matmul"),
                List.of(activation.values(), weight.values(), activation.zeroPoint(), weight.zeroPoints()),
                List.of(sums)));
        edit.add(Nodes.of(
                "Cast",
                edit.fresh(output + ".cast"),
                List.of(sums),
                List.of(real),
                Nodes.attribute("to", OnnxMl.TensorProto.DataType.FLOAT.getNumber())));
        edit.add(Nodes.of(
                "Mul", edit.fresh(output + ".scale"), List.of(activation.scale(), weight.scales()), List.of(scales)));
        edit.add(Nodes.of("Mul", edit.fresh(output + ".real"), List.of(real, scales), List.of(output)));
    }

    /** One for all nodes that read the tensor. */
    private Activation activation(String tensor) {
        return activations.computeIfAbsent(tensor, name -> {
            var parts =
                    new Activation(edit.fresh(name + ".u8"), edit.fresh(name + ".scale"), edit.fresh(name + ".zero"));
            edit.add(Nodes.of(
                    "DynamicQuantizeLinear",
                    edit.fresh(name + ".quantize"),
                    List.of(name),
                    List.of(parts.values(), parts.scale(), parts.zeroPoint())));
            return parts;
        });
    }
}
