package io.plumbline.quantizer.qdq;

import ai.onnx.proto.OnnxMl;
import io.plumbline.quantizer.Provenance;
import io.plumbline.quantizer.QuantizedModel;
import io.plumbline.quantizer.Renewal;
import io.plumbline.quantizer.arithmetic.ActivationParameters;
import io.plumbline.quantizer.arithmetic.ActivationRange;
import io.plumbline.quantizer.onnx.GraphEdit;
import io.plumbline.quantizer.onnx.Nodes;
import io.plumbline.quantizer.onnx.OnnxModel;
import io.plumbline.quantizer.onnx.Tensors;
import io.plumbline.quantizer.onnx.UnsupportedGraphException;
import io.plumbline.quantizer.qat.FloatTwin;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * New ranges for the activations of a static build. Tensors that share a scale share the new one. Where a Relu or Clip went
 * into a range, that range stays within its bounds ({@link Absorbed}). The answer of a Softmax keeps its range.
 */
public final class Recalibration {

    /** Of a tensor that was zero throughout, whose parameters say nothing. */
    private static final ActivationRange NOTHING = new ActivationRange(0, 0);

    private final OnnxModel build;
    private final Wiring wiring;
    private final Absorbed absorbed;
    private final Map<String, Group> groups = new LinkedHashMap<>();

    private Recalibration(OnnxModel build) {
        this.build = build;
        this.wiring = new Wiring(build);
        this.absorbed = new Absorbed(build, wiring);
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

    /**
     * What the build answers without rounding activations: what ranges are taken from, since what the build clips now can be
     * seen there. Weights stay rounded.
     *
     * @throws UnsupportedGraphException if a node works on integers of an activation itself
     */
    public OnnxModel floatForm() throws UnsupportedGraphException {
        return FloatTwin.of(absorbed.putBack());
    }

    /** The activations of the float form that new ranges are wanted for, in graph order. */
    public List<String> observed() throws UnsupportedGraphException {
        var tensors = new LinkedHashSet<String>();
        for (var group : groups.values()) {
            for (var quantizer : isSoftmax(group.first) ? List.<OnnxMl.NodeProto>of() : group.quantizers) {
                var bounded = bounded(quantizer);
                if (!bounded.isEmpty()) {
                    tensors.addAll(bounded.keySet());
                } else if (!isDequantized(quantizer.getInput(0))) {
                    tensors.add(quantizer.getInput(0));
                }
            }
        }
        return List.copyOf(tensors);
    }

    private Map<String, Bounds> bounded(OnnxMl.NodeProto quantizer) throws UnsupportedGraphException {
        var bounded = new LinkedHashMap<String, Bounds>();
        for (var reader : wiring.consumers(quantizer.getOutput(0))) {
            for (var output : reader.getOutputList()) {
                absorbed.bounds(output, quantizer).ifPresent(bounds -> bounded.put(output, bounds));
            }
        }
        return bounded;
    }

    /**
     * @param ranges of the float model, by tensor; of tensors that share a scale, one will do
     * @throws UnsupportedGraphException if a range is missing, the one nearest to the input outgrows the renewal, or a bias does
     *     not follow the scales it goes with
     */
    public QuantizedModel apply(Map<String, ActivationRange> ranges, Renewal renewal, Provenance provenance)
            throws UnsupportedGraphException {
        var changed = new LinkedHashMap<String, OnnxMl.TensorProto>();
        for (var group : groups.values()) {
            update(group, ranges, renewal, changed);
        }
        new BiasUpdate(build, wiring, changed).run();
        var edit = new GraphEdit(build);
        var described = new ArrayList<String>();
        for (var node : build.proto().getGraph().getNodeList()) {
            var moved = node.getOpType().equals("Constant") ? changed.get(node.getOutput(0)) : null;
            if (moved == null) {
                edit.add(node);
            } else {
                edit.add(moved);
            }
            if (node.getInputList().stream().anyMatch(this::isDequantized)) {
                described.add(Nodes.describe(node));
            }
        }
        for (var group : groups.values()) {
            for (var quantizer : group.quantizers) {
                bounded(quantizer).forEach((tensor, bounds) -> edit.describe(Bounds.KEY + tensor, bounds.written()));
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

    private void update(
            Group group, Map<String, ActivationRange> ranges, Renewal renewal, Map<String, OnnxMl.TensorProto> changed)
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
        var scale = required(group.scale());
        var old = new ActivationParameters(positive(scale), level(zero) - lowest);
        var parameters = ActivationParameters.of(
                old.equals(ActivationParameters.of(NOTHING))
                        ? range.get()
                        : renewed(group, old.representable(), range.get(), renewal));
        var level = (byte) (parameters.zeroPoint() + lowest);
        changed.put(scale.getName(), Tensors.ofFloats(scale.getName(), scale.getDimsList(), parameters.scale()));
        changed.put(
                zero.getName(),
                lowest == 0
                        ? Tensors.ofUint8(zero.getName(), zero.getDimsList(), level)
                        : Tensors.ofInt8(zero.getName(), zero.getDimsList(), level));
    }

    private ActivationRange renewed(Group group, ActivationRange old, ActivationRange fresh, Renewal renewal)
            throws UnsupportedGraphException {
        if (group == groups.values().iterator().next()) {
            renewal.requirePlausible(group.first.getInput(0), old, fresh);
        }
        return renewal.of(old, fresh);
    }

    /** Empty where the range is to stay. */
    private Optional<ActivationRange> range(Group group, Map<String, ActivationRange> ranges)
            throws UnsupportedGraphException {
        Optional<ActivationRange> union = Optional.empty();
        for (var quantizer : group.quantizers) {
            for (var tensor : names(quantizer)) {
                var range = ranges.get(tensor);
                if (range != null) {
                    var bounds = absorbed.bounds(tensor, quantizer);
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

    private static float positive(OnnxMl.TensorProto scale) throws UnsupportedGraphException {
        var value = Tensors.floats(scale)[0];
        if (!(value > 0 && Float.isFinite(value))) {
            throw new UnsupportedGraphException(
                    "scale '" + scale.getName() + "' is " + value + ": it must be positive and finite");
        }
        return value;
    }

    /** A zero point: of an INT8 from -128, of a UINT8 from 0 on. */
    static int level(OnnxMl.TensorProto zero) {
        var value = zero.hasRawData() ? zero.getRawData().byteAt(0) : (byte) zero.getInt32Data(0);
        return zero.getDataType() == OnnxMl.TensorProto.DataType.INT8.getNumber() ? value : value & 0xFF;
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
