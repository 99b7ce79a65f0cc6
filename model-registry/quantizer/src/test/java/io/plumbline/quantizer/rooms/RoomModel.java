package io.plumbline.quantizer.rooms;

import ai.onnx.proto.OnnxMl;
import com.google.protobuf.ByteString;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * A model of rooms as a card can describe it: readings as they come, [1, 32, features], and probabilities. In front of the trained graph
 * stand its normalisation and a transposition, behind it a softmax.
 */
public final class RoomModel {

    private RoomModel() {}

    /**
     * @param trained takes {@code x}, [batch, features, 32], and gives {@code logits}, [batch, 2]
     * @param mean of each feature
     * @param deviation of each feature
     */
    public static byte[] of(byte[] trained, double[] mean, double[] deviation) throws IOException {
        var model = OnnxMl.ModelProto.parseFrom(trained);
        var inner = model.getGraph();
        var reciprocal = new double[deviation.length];
        for (int i = 0; i < reciprocal.length; i++) {
            reciprocal[i] = 1 / deviation[i];
        }
        var graph = inner.toBuilder()
                .clearNode()
                .clearInput()
                .clearOutput()
                .addInput(value("window", 32, mean.length))
                .addOutput(value("probabilities", 2))
                .addInitializer(constant("mean", mean))
                .addInitializer(constant("reciprocal", reciprocal))
                .addNode(node("Sub", "centred", "window", "mean"))
                .addNode(node("Mul", "normal", "centred", "reciprocal"))
                .addNode(node("Transpose", "x", "normal").toBuilder()
                        .addAttribute(OnnxMl.AttributeProto.newBuilder()
                                .setName("perm")
                                .setType(OnnxMl.AttributeProto.AttributeType.INTS)
                                .addInts(0)
                                .addInts(2)
                                .addInts(1)))
                .addAllNode(inner.getNodeList())
                .addNode(node("Softmax", "probabilities", "logits"));
        return model.toBuilder().setGraph(graph).build().toByteArray();
    }

    private static OnnxMl.NodeProto node(String operator, String output, String... inputs) {
        var node = OnnxMl.NodeProto.newBuilder().setOpType(operator).setName("card_" + output);
        for (var input : inputs) {
            node.addInput(input);
        }
        return node.addOutput(output).build();
    }

    private static OnnxMl.TensorProto constant(String name, double[] values) {
        var bytes = ByteBuffer.allocate(4 * values.length).order(ByteOrder.LITTLE_ENDIAN);
        for (var value : values) {
            bytes.putFloat((float) value);
        }
        return OnnxMl.TensorProto.newBuilder()
                .setName(name)
                .setDataType(OnnxMl.TensorProto.DataType.FLOAT.getNumber())
                .addDims(values.length)
                .setRawData(ByteString.copyFrom(bytes.array()))
                .build();
    }

    private static OnnxMl.ValueInfoProto value(String name, int... sizes) {
        var shape = OnnxMl.TensorShapeProto.newBuilder()
                .addDim(OnnxMl.TensorShapeProto.Dimension.newBuilder().setDimParam("batch"));
        for (var size : sizes) {
            shape.addDim(OnnxMl.TensorShapeProto.Dimension.newBuilder().setDimValue(size));
        }
        var type = OnnxMl.TypeProto.Tensor.newBuilder()
                .setElemType(OnnxMl.TensorProto.DataType.FLOAT.getNumber())
                .setShape(shape);
        return OnnxMl.ValueInfoProto.newBuilder()
                .setName(name)
                .setType(OnnxMl.TypeProto.newBuilder().setTensorType(type))
                .build();
    }
}
