package io.plumbline.quantizer.qdq;

import ai.onnx.proto.OnnxMl;
import io.plumbline.quantizer.onnx.GraphEdit;
import io.plumbline.quantizer.onnx.Nodes;
import io.plumbline.quantizer.onnx.OnnxModel;
import io.plumbline.quantizer.onnx.Tensors;
import io.plumbline.quantizer.onnx.UnsupportedGraphException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Relu and Clip nodes that went into the ranges of a static build. Its metadata name them where this library made it; in any
 * other build a convolution whose zero point is the lowest value is taken to have absorbed a Relu. Immutable.
 */
final class Absorbed {

    private static final Bounds RELU = new Bounds(0, Double.POSITIVE_INFINITY);
    private static final long CLIP_WITH_INPUTS = 11;

    private final OnnxModel build;
    private final Wiring wiring;
    private final Map<String, String> metadata = new HashMap<>();

    Absorbed(OnnxModel build, Wiring wiring) {
        this.build = build;
        this.wiring = wiring;
        build.proto().getMetadataPropsList().forEach(entry -> metadata.put(entry.getKey(), entry.getValue()));
    }

    /** @param tensor what the quantizer reads, or what its pair writes */
    Optional<Bounds> bounds(String tensor, OnnxMl.NodeProto quantizer) throws UnsupportedGraphException {
        var written = metadata.get(Bounds.KEY + tensor);
        if (written != null) {
            return Optional.of(Bounds.read(tensor, written));
        }
        var convolution = wiring.producer(quantizer.getInput(0))
                .filter(node -> node.getOpType().equals("Conv"))
                .isPresent();
        return !isRecorded() && convolution && isLowest(quantizer.getInput(2)) ? Optional.of(RELU) : Optional.empty();
    }

    /** An import has the ranges of whoever trained it, and no record. */
    private boolean isRecorded() {
        return metadata.getOrDefault("plumbline.tool", "").startsWith("plumbline")
                && !metadata.getOrDefault("plumbline.recipe", "").startsWith("qat-import");
    }

    private boolean isLowest(String zero) {
        return build.constant(zero)
                .filter(tensor -> tensor.getDataType() == OnnxMl.TensorProto.DataType.INT8.getNumber()
                        ? Recalibration.level(tensor) == Byte.MIN_VALUE
                        : tensor.getDataType() == OnnxMl.TensorProto.DataType.UINT8.getNumber()
                                && Recalibration.level(tensor) == 0)
                .isPresent();
    }

    /** The same build with those nodes behind their pairs again, where they change nothing. */
    OnnxModel putBack() throws UnsupportedGraphException {
        var edit = new GraphEdit(build);
        for (var node : build.proto().getGraph().getNodeList()) {
            var bounds = behind(node);
            if (bounds.isPresent()) {
                var free = edit.fresh(node.getOutput(0) + ".unbounded");
                edit.add(node.toBuilder().setOutput(0, free).build());
                edit.add(bound(bounds.get(), free, node.getOutput(0), edit));
            } else {
                edit.add(node);
            }
        }
        return edit.finish();
    }

    private Optional<Bounds> behind(OnnxMl.NodeProto node) throws UnsupportedGraphException {
        if (!node.getOpType().equals("DequantizeLinear")) {
            return Optional.empty();
        }
        var quantizer = wiring.producer(node.getInput(0))
                .filter(producer -> producer.getOpType().equals("QuantizeLinear") && producer.getInputCount() == 3);
        return quantizer.isPresent() ? bounds(node.getOutput(0), quantizer.get()) : Optional.empty();
    }

    private OnnxMl.NodeProto bound(Bounds bounds, String from, String to, GraphEdit edit)
            throws UnsupportedGraphException {
        if (bounds.equals(RELU)) {
            return Nodes.of("Relu", edit.fresh(to + ".relu"), List.of(from), List.of(to));
        }
        if (build.opset() < CLIP_WITH_INPUTS) {
            throw new UnsupportedGraphException("the bounds of '" + to + "' need operator set " + CLIP_WITH_INPUTS
                    + "; the build has " + build.opset());
        }
        var inputs = new ArrayList<>(List.of(from));
        for (var end : List.of(bounds.min(), bounds.max())) {
            var name = Double.isInfinite(end) ? "" : edit.fresh(to + ".bound");
            inputs.add(name);
            if (!name.isEmpty()) {
                edit.add(Tensors.ofFloats(name, List.of(), end.floatValue()));
            }
        }
        return Nodes.of("Clip", edit.fresh(to + ".clip"), inputs, List.of(to));
    }
}
