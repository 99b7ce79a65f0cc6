package io.plumbline.quantizer.qdq;

import ai.onnx.proto.OnnxMl;
import io.plumbline.quantizer.StaticOptions;
import io.plumbline.quantizer.arithmetic.ActivationParameters;
import io.plumbline.quantizer.arithmetic.ActivationRange;
import io.plumbline.quantizer.onnx.GraphEdit;
import io.plumbline.quantizer.onnx.Nodes;
import io.plumbline.quantizer.onnx.OnnxModel;
import io.plumbline.quantizer.onnx.UnsupportedGraphException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Writes the pairs of a plan into a graph. A tensor that a quantized node makes is renamed, and its pair writes the name that
 * it had: whatever reads it, outputs of the graph included, reads on. Any other tensor keeps its name, and its pair is for
 * the quantized nodes alone. Confined to one thread; used once.
 */
final class QdqRewrite {

    private final QdqPlan plan;
    private final Map<String, ActivationRange> ranges;
    private final GraphEdit edit;
    private final Parameters parameters;
    private final FilterRewrite filters;
    private final Set<String> entered = new HashSet<>();
    private final Map<String, String> dequantized = new HashMap<>();
    private final List<String> quantized = new ArrayList<>();

    QdqRewrite(OnnxModel model, QdqPlan plan, Map<String, ActivationRange> ranges, StaticOptions options) {
        this.plan = plan;
        this.ranges = ranges;
        this.edit = new GraphEdit(model);
        this.parameters = new Parameters(edit, options.activation());
        this.filters = new FilterRewrite(model, edit, options);
    }

    void take(OnnxMl.NodeProto node) throws UnsupportedGraphException {
        var role = plan.role(node);
        switch (role) {
            case FLOAT -> edit.add(node);
            case BOUND -> record(node);
            case WEIGHT -> {
                quantized.add(Nodes.describe(node));
                edit.add(filters.weightOnly(node));
            }
            case CONVOLUTION, PRODUCT, MOVE, COMBINE -> {
                quantized.add(Nodes.describe(node));
                rewrite(node, role);
            }
        }
    }

    private void record(OnnxMl.NodeProto bound) {
        var tensor = bound.getOutput(0);
        plan.bounds(tensor).ifPresent(bounds -> edit.describe(Bounds.KEY + tensor, bounds.written()));
    }

    private void rewrite(OnnxMl.NodeProto node, Role role) throws UnsupportedGraphException {
        var source = node;
        if (role == Role.CONVOLUTION) {
            source = filters.convolution(node, of(node.getInput(0), node).scale());
        } else if (role == Role.PRODUCT) {
            source = filters.product(node);
        }
        var changed = source.toBuilder();
        for (int i = 0; i < changed.getInputCount(); i++) {
            if (isActivation(node, role, i)) {
                changed.setInput(i, activation(node.getInput(i), node));
            }
        }
        if (role == Role.PRODUCT) {
            edit.add(changed.build());
            return;
        }
        for (int i = 0; i < changed.getOutputCount(); i++) {
            changed.setOutput(i, edit.fresh(plan.outlet(node.getOutput(i)) + ".float"));
        }
        edit.add(changed.build());
        for (int i = 0; i < changed.getOutputCount(); i++) {
            var tensor = plan.outlet(node.getOutput(i));
            parameters.pair(changed.getOutput(i), tensor, plan.rootOf(tensor), of(tensor, node));
        }
    }

    private boolean isActivation(OnnxMl.NodeProto node, Role role, int input) {
        return role == Role.COMBINE ? !node.getInput(input).isEmpty() : input == 0;
    }

    private String activation(String tensor, OnnxMl.NodeProto node) throws UnsupportedGraphException {
        if (!plan.isPaired(tensor)) {
            return filters.number(tensor, parameters);
        }
        if (plan.isMade(tensor)) {
            return tensor;
        }
        if (entered.add(tensor)) {
            var back = edit.fresh(tensor + ".dequantized");
            parameters.pair(tensor, back, plan.rootOf(tensor), of(tensor, node));
            dequantized.put(tensor, back);
        }
        return dequantized.getOrDefault(tensor, tensor);
    }

    private ActivationParameters of(String tensor, OnnxMl.NodeProto node) throws UnsupportedGraphException {
        var root = plan.rootOf(tensor);
        var range = ranges.get(root);
        if (range == null) {
            throw UnsupportedGraphException.at(Nodes.describe(node), "there is no calibrated range for '" + root + "'");
        }
        return ActivationParameters.of(
                plan.bounds(root).map(bounds -> bounds.cut(range)).orElse(range));
    }

    GraphEdit edit() {
        return edit;
    }

    /** Described for people, in graph order. */
    List<String> quantized() {
        return List.copyOf(quantized);
    }
}
