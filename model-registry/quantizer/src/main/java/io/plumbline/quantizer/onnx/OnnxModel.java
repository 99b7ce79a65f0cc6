package io.plumbline.quantizer.onnx;

import ai.onnx.proto.OnnxMl;
import com.google.protobuf.InvalidProtocolBufferException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** An ONNX model as it was read; unknown fields are kept. Immutable. */
public final class OnnxModel {

    private static final long OVERRIDABLE_INITIALIZERS = 4;

    private final OnnxMl.ModelProto proto;
    private final Map<String, OnnxMl.TensorProto> constants = new LinkedHashMap<>();

    private OnnxModel(OnnxMl.ModelProto proto) {
        this.proto = proto;
        var graph = proto.getGraph();
        graph.getInitializerList().forEach(tensor -> constants.put(tensor.getName(), tensor));
        if (proto.getIrVersion() >= OVERRIDABLE_INITIALIZERS) {
            graph.getInputList().forEach(input -> constants.remove(input.getName()));
        }
        graph.getNodeList().forEach(this::addConstant);
    }

    private void addConstant(OnnxMl.NodeProto node) {
        if (Nodes.isStandard(node) && node.getOpType().equals("Constant") && node.getOutputCount() == 1) {
            node.getAttributeList().stream()
                    .filter(attribute -> attribute.getName().equals("value") && attribute.hasT())
                    .map(attribute -> attribute.getT().toBuilder()
                            .setName(node.getOutput(0))
                            .build())
                    .forEach(tensor -> constants.put(tensor.getName(), tensor));
        }
    }

    /** @throws MalformedModelException if the bytes are no ONNX model with a graph and a standard operator set */
    public static OnnxModel parse(byte[] bytes) throws MalformedModelException {
        try {
            var proto = OnnxMl.ModelProto.parseFrom(bytes);
            if (!proto.hasGraph() || proto.getGraph().getNodeCount() == 0) {
                throw new MalformedModelException("the model has no graph");
            }
            if (proto.getOpsetImportList().stream().noneMatch(OnnxModel::isStandard)) {
                throw new MalformedModelException("the model imports no standard operator set");
            }
            return new OnnxModel(proto);
        } catch (InvalidProtocolBufferException e) {
            throw new MalformedModelException("not an ONNX model: " + e.getMessage(), e);
        }
    }

    /** For rewriters inside this library. */
    public static OnnxModel wrap(OnnxMl.ModelProto proto) {
        return new OnnxModel(proto);
    }

    /** The package's raw view. */
    public OnnxMl.ModelProto proto() {
        return proto;
    }

    /** Version of the standard operator set. */
    public long opset() {
        return proto.getOpsetImportList().stream()
                .filter(OnnxModel::isStandard)
                .mapToLong(OnnxMl.OperatorSetIdProto::getVersion)
                .max()
                .orElseThrow();
    }

    private static boolean isStandard(OnnxMl.OperatorSetIdProto set) {
        return set.getDomain().isEmpty() || set.getDomain().equals("ai.onnx");
    }

    /** An initializer or the tensor of a Constant node, unless a graph input of the same name may override it. */
    public Optional<OnnxMl.TensorProto> constant(String name) {
        return Optional.ofNullable(constants.get(name));
    }

    public byte[] toBytes() {
        return proto.toByteArray();
    }
}
