package io.plumbline.quantizer.qat;

import ai.onnx.proto.OnnxMl;
import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import io.plumbline.quantizer.onnx.GraphEdit;
import io.plumbline.quantizer.onnx.Nodes;
import io.plumbline.quantizer.onnx.OnnxModel;
import io.plumbline.quantizer.onnx.Tensors;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Makes activations unsigned where a model mixes both signs: ONNX Runtime fuses an operator only if what goes in and what comes
 * out are of one type. On x64 it does this by itself when it loads a model, on ARM64 it does not. A signed level and its zero point both move by 128, so the values are exactly the same. Weights stay.
 */
final class OneSign {

    /** They work on bytes of either sign alike. */
    private static final Set<String> INDIFFERENT =
            Set.of("Flatten", "Identity", "MaxPool", "Reshape", "Squeeze", "Transpose", "Unsqueeze");

    private final OnnxModel model;
    private final GraphEdit edit;
    private final Map<String, List<OnnxMl.NodeProto>> readers = new HashMap<>();
    private final Set<String> fixed = new HashSet<>();
    private final Set<String> turned = new HashSet<>();
    private final Map<String, String> zeros = new HashMap<>();

    private OneSign(OnnxModel model) {
        this.model = model;
        this.edit = new GraphEdit(model);
        var graph = model.proto().getGraph();
        graph.getOutputList().forEach(output -> fixed.add(output.getName()));
        for (var node : graph.getNodeList()) {
            fixed.addAll(Nodes.captured(node));
            node.getInputList()
                    .forEach(input -> readers.computeIfAbsent(input, name -> new ArrayList<>())
                            .add(node));
        }
    }

    static OnnxModel apply(OnnxModel model) {
        var activations = model.proto().getGraph().getNodeList().stream()
                .filter(node ->
                        isQuantize(node) && model.constant(node.getInput(0)).isEmpty())
                .toList();
        var signed = activations.stream()
                .filter(node -> zeroPoint(model, node).isPresent())
                .toList();
        return signed.isEmpty() || signed.size() == activations.size() ? model : new OneSign(model).turn(signed);
    }

    private static boolean isQuantize(OnnxMl.NodeProto node) {
        return Nodes.isStandard(node)
                && node.getOpType().equals("QuantizeLinear")
                && node.getInputCount() >= 2
                && node.getOutputCount() == 1;
    }

    /** A constant and signed one. */
    private static Optional<OnnxMl.TensorProto> zeroPoint(OnnxModel model, OnnxMl.NodeProto node) {
        return Nodes.input(node, 2)
                .flatMap(model::constant)
                .filter(tensor -> tensor.getDataType() == DataType.INT8.getNumber())
                .filter(tensor -> !Nodes.has(node, "output_dtype"));
    }

    private OnnxModel turn(List<OnnxMl.NodeProto> signed) {
        for (var node : signed) {
            var reached = new HashSet<String>();
            if (isTurnable(node.getOutput(0), reached)) {
                turned.addAll(reached);
            }
        }
        model.proto().getGraph().getNodeList().forEach(node -> edit.add(turned(node)));
        var done = edit.finish();
        var graph = done.proto().getGraph().toBuilder();
        var kept = graph.getValueInfoList().stream()
                .filter(value -> !turned.contains(value.getName()))
                .toList();
        graph.clearValueInfo().addAllValueInfo(kept);
        return OnnxModel.wrap(done.proto().toBuilder().setGraph(graph).build());
    }

    /** Whether the levels end in DequantizeLinear nodes and nowhere else. */
    private boolean isTurnable(String levels, Set<String> reached) {
        if (fixed.contains(levels)) {
            return false;
        }
        reached.add(levels);
        for (var reader : readers.getOrDefault(levels, List.of())) {
            var isFirst = Nodes.isStandard(reader) && reader.getInput(0).equals(levels);
            var goesOn = isFirst && INDIFFERENT.contains(reader.getOpType()) && reader.getOutputCount() == 1;
            var ends = isFirst
                    && reader.getOpType().equals("DequantizeLinear")
                    && (reader.getInputCount() < 3 || zeroPoint(model, reader).isPresent());
            if (!ends && !(goesOn && isTurnable(reader.getOutput(0), reached))) {
                return false;
            }
        }
        return true;
    }

    private OnnxMl.NodeProto turned(OnnxMl.NodeProto node) {
        var isSource = isQuantize(node) && turned.contains(node.getOutput(0));
        var isEnd = node.getOpType().equals("DequantizeLinear")
                && node.getInputCount() >= 2
                && turned.contains(node.getInput(0));
        if (!isSource && !isEnd) {
            return node;
        }
        var old = zeroPoint(model, node);
        var name = old.isPresent() ? node.getInput(2) : node.getInput(1);
        var zero = zeros.computeIfAbsent(name, key -> edit.fresh(key + ".unsigned"));
        edit.add(old.isPresent() ? unsigned(zero, old.get()) : Tensors.ofUint8(zero, dims(node), middle(node)));
        var changed = node.toBuilder();
        return (node.getInputCount() > 2 ? changed.setInput(2, zero) : changed.addInput(zero)).build();
    }

    private static OnnxMl.TensorProto unsigned(String name, OnnxMl.TensorProto zero) {
        var values = Tensors.integers(zero);
        var moved = new byte[values.length];
        for (int i = 0; i < moved.length; i++) {
            moved[i] = (byte) (values[i] + 128);
        }
        return Tensors.ofUint8(name, zero.getDimsList(), moved);
    }

    /** Without a zero point it is 0 and has the shape of the scale. */
    private List<Long> dims(OnnxMl.NodeProto node) {
        return model.constant(node.getInput(1))
                .map(OnnxMl.TensorProto::getDimsList)
                .orElse(List.of());
    }

    private byte[] middle(OnnxMl.NodeProto node) {
        var middle =
                new byte[(int) dims(node).stream().reduce(1L, (a, b) -> a * b).longValue()];
        Arrays.fill(middle, (byte) 128);
        return middle;
    }
}
