package io.plumbline.quantizer.qdq;

import ai.onnx.proto.OnnxMl;
import io.plumbline.quantizer.Provenance;
import io.plumbline.quantizer.QuantizedModel;
import io.plumbline.quantizer.arithmetic.ActivationParameters;
import io.plumbline.quantizer.arithmetic.ActivationRange;
import io.plumbline.quantizer.onnx.GraphEdit;
import io.plumbline.quantizer.onnx.Nodes;
import io.plumbline.quantizer.onnx.OnnxModel;
import io.plumbline.quantizer.onnx.Tensors;
import io.plumbline.quantizer.onnx.UnsupportedGraphException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * New ranges for the activations of a static build. Tensors that share a scale share the new one. Where a Relu or Clip went
 * into a range, that range stays within its bounds: a build of this library says so in its metadata, and in any other a
 * convolution whose zero point is the lowest value is taken to have absorbed a Relu. The answer of a Softmax keeps its range.
 */
public final class Recalibration {

    private final OnnxModel build;
    private final Wiring wiring;
    private final Map<String, Group> groups = new LinkedHashMap<>();
    private final Map<String, String> metadata = new HashMap<>();

    private Recalibration(OnnxModel build) {
        this.build = build;
        this.wiring = new Wiring(build);
        build.proto().getMetadataPropsList().forEach(entry -> metadata.put(entry.getKey(), entry.getValue()));
    }

    /** All activations that share a scale. */
    private static final class Group {
        private final OnnxMl.NodeProto first;
        private final List<OnnxMl.NodeProto> quantizers = new ArrayList<>();

        private Group(OnnxMl.NodeProto first) {
            this.first = first;
        }

        private String scale() {
            return first.getInput(1);
        }

        private String zero() {
            return first.getInput(2);
        }
    }

    /** @throws UnsupportedGraphException if no activation is quantized over a constant range */
    public static Recalibration of(OnnxModel build) throws UnsupportedGraphException {
        var recalibration = new Recalibration(build);
        for (var node : build.proto().getGraph().getNodeList()) {
            if (node.getOpType().equals("QuantizeLinear") && recalibration.isConstant(node)) {
                recalibration
                        .groups
                        .computeIfAbsent(node.getInput(1), scale -> new Group(node))
                        .quantizers
                        .add(node);
            }
        }
        if (recalibration.groups.isEmpty()) {
            throw new UnsupportedGraphException(
                    "no activation is quantized over a constant range: this is no static build");
        }
        return recalibration;
    }

    private boolean isConstant(OnnxMl.NodeProto node) {
        return node.getInputCount() == 3
                && build.constant(node.getInput(1))
                        .filter(Recalibration::isScalar)
                        .isPresent()
                && build.constant(node.getInput(2))
                        .filter(Recalibration::isScalar)
                        .isPresent();
    }

    private static boolean isScalar(OnnxMl.TensorProto tensor) {
        return tensor.getDimsList().stream().allMatch(size -> size == 1);
    }

    /** @throws UnsupportedGraphException if a range is missing, or a bias does not follow the scales it goes with */
    public QuantizedModel apply(Map<String, ActivationRange> ranges, Provenance provenance)
            throws UnsupportedGraphException {
        var changed = new LinkedHashMap<String, OnnxMl.TensorProto>();
        for (var group : groups.values()) {
            update(group, ranges, changed);
        }
        new BiasUpdate(build, wiring, changed).run();
        var edit = new GraphEdit(build);
        var described = new ArrayList<String>();
        for (var node : build.proto().getGraph().getNodeList()) {
            edit.add(node);
            if (node.getInputList().stream().anyMatch(this::isDequantized)) {
                described.add(Nodes.describe(node));
            }
        }
        provenance.writeTo(edit);
        return new QuantizedModel(replaced(edit.finish(), changed), described);
    }

    private boolean isDequantized(String tensor) {
        return wiring.producer(tensor)
                .filter(node -> node.getOpType().equals("DequantizeLinear"))
                .isPresent();
    }

    private void update(Group group, Map<String, ActivationRange> ranges, Map<String, OnnxMl.TensorProto> changed)
            throws UnsupportedGraphException {
        var range = range(group, ranges);
        if (range.isEmpty()) {
            return;
        }
        var zero = required(group.zero());
        var type = OnnxMl.TensorProto.DataType.forNumber(zero.getDataType());
        var lowest = type == OnnxMl.TensorProto.DataType.INT8 ? -128 : 0;
        if (lowest == 0 && type != OnnxMl.TensorProto.DataType.UINT8) {
            throw UnsupportedGraphException.at(
                    Nodes.describe(group.first), "activations of type " + type + " cannot be recalibrated");
        }
        var parameters = ActivationParameters.of(range.get());
        var level = (byte) (parameters.zeroPoint() + lowest);
        var scale = required(group.scale());
        changed.put(scale.getName(), Tensors.ofFloats(scale.getName(), scale.getDimsList(), parameters.scale()));
        changed.put(
                zero.getName(),
                lowest == 0
                        ? Tensors.ofUint8(zero.getName(), zero.getDimsList(), level)
                        : Tensors.ofInt8(zero.getName(), zero.getDimsList(), level));
    }

    /** Empty where the range is to stay. */
    private Optional<ActivationRange> range(Group group, Map<String, ActivationRange> ranges)
            throws UnsupportedGraphException {
        Optional<ActivationRange> union = Optional.empty();
        for (var quantizer : group.quantizers) {
            for (var tensor : names(quantizer)) {
                var range = ranges.get(tensor);
                if (range != null) {
                    var bounds = bounds(tensor, quantizer);
                    var cut = bounds.isPresent() ? bounds.get().cut(range) : range;
                    union = Optional.of(union.map(cut::union).orElse(cut));
                }
            }
        }
        if (union.isPresent() || isSoftmax(group.first)) {
            return isSoftmax(group.first) ? Optional.empty() : union;
        }
        throw UnsupportedGraphException.at(
                Nodes.describe(group.first), "there is no new range for " + names(group.first));
    }

    /** A quantized tensor goes by what its pair reads or by what it writes. */
    private List<String> names(OnnxMl.NodeProto quantizer) {
        var names = new ArrayList<String>();
        for (var reader : wiring.consumers(quantizer.getOutput(0))) {
            names.addAll(reader.getOutputList());
        }
        names.add(quantizer.getInput(0));
        return names;
    }

    private boolean isSoftmax(OnnxMl.NodeProto quantizer) {
        return producer(quantizer).filter("Softmax"::equals).isPresent();
    }

    private Optional<String> producer(OnnxMl.NodeProto quantizer) {
        return wiring.producer(quantizer.getInput(0)).map(OnnxMl.NodeProto::getOpType);
    }

    private Optional<Bounds> bounds(String tensor, OnnxMl.NodeProto quantizer) throws UnsupportedGraphException {
        var written = metadata.get(Bounds.KEY + tensor);
        if (written != null) {
            return Optional.of(Bounds.read(tensor, written));
        }
        var ours = metadata.getOrDefault("plumbline.tool", "").startsWith("plumbline");
        var convolution = producer(quantizer).filter("Conv"::equals).isPresent();
        return !ours && convolution && isLowest(required(quantizer.getInput(2)))
                ? Optional.of(new Bounds(0, Double.POSITIVE_INFINITY))
                : Optional.empty();
    }

    private static boolean isLowest(OnnxMl.TensorProto zero) {
        var lowest = zero.getDataType() == OnnxMl.TensorProto.DataType.INT8.getNumber() ? -128 : 0;
        var value = zero.hasRawData() ? zero.getRawData().byteAt(0) : (byte) zero.getInt32Data(0);
        return value == lowest;
    }

    private OnnxMl.TensorProto required(String name) {
        return build.constant(name)
                .orElseThrow(() -> new IllegalStateException("'" + name + "' is no constant: this is a bug"));
    }

    private static OnnxModel replaced(OnnxModel model, Map<String, OnnxMl.TensorProto> changed) {
        var graph = model.proto().getGraph().toBuilder();
        for (int i = 0; i < graph.getInitializerCount(); i++) {
            var replacement = changed.get(graph.getInitializer(i).getName());
            if (replacement != null) {
                graph.setInitializer(i, replacement);
            }
        }
        return OnnxModel.wrap(model.proto().toBuilder().setGraph(graph).build());
    }
}
