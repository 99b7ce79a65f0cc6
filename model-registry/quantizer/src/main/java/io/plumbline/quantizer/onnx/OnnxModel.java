package io.plumbline.quantizer.onnx;

import ai.onnx.proto.OnnxMl;
import com.google.protobuf.InvalidProtocolBufferException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** An ONNX model as it was read; unknown fields are kept. Immutable. */
public final class OnnxModel {

    private final OnnxMl.ModelProto proto;
    private final Map<String, OnnxMl.TensorProto> initializers;

    private OnnxModel(OnnxMl.ModelProto proto) {
        this.proto = proto;
        this.initializers = new LinkedHashMap<>();
        proto.getGraph().getInitializerList().forEach(tensor -> initializers.put(tensor.getName(), tensor));
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

    /** A constant, unless a graph input of the same name may override it. */
    public Optional<OnnxMl.TensorProto> constant(String name) {
        var overridable = proto.getIrVersion() >= 4
                && proto.getGraph().getInputList().stream()
                        .anyMatch(input -> input.getName().equals(name));
        return overridable ? Optional.empty() : Optional.ofNullable(initializers.get(name));
    }

    public byte[] toBytes() {
        return proto.toByteArray();
    }
}
