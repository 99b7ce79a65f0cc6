package io.plumbline.quantizer.onnx;

import ai.onnx.proto.OnnxMl;
import com.google.protobuf.UnsafeByteOperations;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;

/** Reading and making initializers. */
public final class Tensors {

    private Tensors() {}

    public static boolean isFloat(OnnxMl.TensorProto tensor) {
        return tensor.getDataType() == OnnxMl.TensorProto.DataType.FLOAT.getNumber();
    }

    /** A float32 tensor [rows, columns] that holds at least one value. */
    public static boolean isFloatMatrix(OnnxMl.TensorProto tensor) {
        return isFloat(tensor) && tensor.getDimsCount() == 2 && tensor.getDims(0) > 0 && tensor.getDims(1) > 0;
    }

    /** @throws UnsupportedGraphException if it is not float32 held in the file, or its size contradicts its shape */
    public static float[] floats(OnnxMl.TensorProto tensor) throws UnsupportedGraphException {
        if (!isFloat(tensor) || tensor.getDataLocation() == OnnxMl.TensorProto.DataLocation.EXTERNAL) {
            throw UnsupportedGraphException.at(
                    "tensor '" + tensor.getName() + "'", "must be float32 held inside the model");
        }
        var values = tensor.hasRawData() ? raw(tensor) : listed(tensor);
        long expected = tensor.getDimsList().stream().reduce(1L, (a, b) -> a * b);
        if (expected != values.length) {
            throw UnsupportedGraphException.at(
                    "tensor '" + tensor.getName() + "'", "holds " + values.length + " values, its shape " + expected);
        }
        return values;
    }

    private static float[] raw(OnnxMl.TensorProto tensor) {
        var buffer = tensor.getRawData()
                .asReadOnlyByteBuffer()
                .order(ByteOrder.LITTLE_ENDIAN)
                .asFloatBuffer();
        var values = new float[buffer.remaining()];
        buffer.get(values);
        return values;
    }

    private static float[] listed(OnnxMl.TensorProto tensor) {
        var values = new float[tensor.getFloatDataCount()];
        for (int i = 0; i < values.length; i++) {
            values[i] = tensor.getFloatData(i);
        }
        return values;
    }

    public static OnnxMl.TensorProto ofFloats(String name, List<Long> dims, float... values) {
        var bytes = ByteBuffer.allocate(values.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asFloatBuffer().put(values);
        return of(name, OnnxMl.TensorProto.DataType.FLOAT, dims, bytes.array());
    }

    /** The array is not copied and must not change afterwards. */
    public static OnnxMl.TensorProto ofInt8(String name, List<Long> dims, byte... values) {
        return of(name, OnnxMl.TensorProto.DataType.INT8, dims, values);
    }

    /** The array is not copied and must not change afterwards. */
    public static OnnxMl.TensorProto ofUint8(String name, List<Long> dims, byte... values) {
        return of(name, OnnxMl.TensorProto.DataType.UINT8, dims, values);
    }

    public static OnnxMl.TensorProto ofLongs(String name, List<Long> dims, List<Long> values) {
        var bytes = ByteBuffer.allocate(values.size() * Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        values.forEach(bytes::putLong);
        return of(name, OnnxMl.TensorProto.DataType.INT64, dims, bytes.array());
    }

    public static OnnxMl.TensorProto ofInts(String name, List<Long> dims, int... values) {
        var bytes = ByteBuffer.allocate(values.length * Integer.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asIntBuffer().put(values);
        return of(name, OnnxMl.TensorProto.DataType.INT32, dims, bytes.array());
    }

    private static OnnxMl.TensorProto of(String name, OnnxMl.TensorProto.DataType type, List<Long> dims, byte[] bytes) {
        return OnnxMl.TensorProto.newBuilder()
                .setName(name)
                .setDataType(type.getNumber())
                .addAllDims(dims)
                .setRawData(UnsafeByteOperations.unsafeWrap(bytes))
                .build();
    }
}
