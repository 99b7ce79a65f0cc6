package io.plumbline.quantizer.onnx.reading;

import ai.onnx.proto.OnnxMl;
import com.google.protobuf.CodedInputStream;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.UnsafeByteOperations;
import io.plumbline.quantizer.onnx.MalformedModelException;
import java.io.IOException;

/** Bytes to a checked graph. What the bytes hold is not copied; nothing in them is trusted. */
public final class ModelReader {

    /** Messages inside messages; real graphs need a dozen. */
    private static final int MAX_DEPTH = 64;

    private static final long OLDEST_IR = 3;

    private ModelReader() {}

    /**
     * A model whose graph is checked and sorted; tensors in other files are not read.
     *
     * @param bytes not copied
     * @throws MalformedModelException naming the byte, the node or the tensor
     */
    public static OnnxMl.ModelProto read(byte[] bytes) throws MalformedModelException {
        WireBudget.check(bytes);
        var proto = message(bytes);
        if (!proto.hasGraph() || proto.getGraph().getNodeCount() == 0) {
            throw new MalformedModelException("the model has no graph");
        }
        checkVersions(proto);
        GraphCheck.check(proto.getGraph());
        var order = NodeOrder.of(proto.getGraph());
        if (order.equals(proto.getGraph().getNodeList())) {
            return proto;
        }
        var sorted = proto.getGraph().toBuilder().clearNode().addAllNode(order);
        return proto.toBuilder().setGraph(sorted).build();
    }

    private static OnnxMl.ModelProto message(byte[] bytes) throws MalformedModelException {
        CodedInputStream input = UnsafeByteOperations.unsafeWrap(bytes).newCodedInput();
        input.enableAliasing(true);
        input.setRecursionLimit(MAX_DEPTH);
        try {
            var proto = OnnxMl.ModelProto.parseFrom(input);
            input.checkLastTagWas(0);
            return proto;
        } catch (InvalidProtocolBufferException e) {
            throw new MalformedModelException(
                    "not an ONNX model: at byte " + input.getTotalBytesRead() + " of " + bytes.length + ": "
                            + e.getMessage(),
                    e);
        } catch (IOException e) {
            throw new IllegalStateException("reading from memory failed, which is a bug", e);
        }
    }

    private static void checkVersions(OnnxMl.ModelProto proto) throws MalformedModelException {
        if (proto.getIrVersion() < OLDEST_IR) {
            throw new MalformedModelException(
                    "IR version " + proto.getIrVersion() + " must be " + OLDEST_IR + " or newer");
        }
        if (proto.getOpsetImportList().stream().noneMatch(ModelReader::isStandard)) {
            throw new MalformedModelException("the model imports no standard operator set");
        }
        for (var set : proto.getOpsetImportList()) {
            if (set.getVersion() < 1) {
                throw new MalformedModelException(
                        "operator set '" + set.getDomain() + "' has version " + set.getVersion());
            }
        }
    }

    private static boolean isStandard(OnnxMl.OperatorSetIdProto set) {
        return set.getDomain().isEmpty() || set.getDomain().equals("ai.onnx");
    }
}
