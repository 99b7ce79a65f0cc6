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

    /** An int8 or uint8 tensor. */
    public static boolean isByte(OnnxMl.TensorProto tensor) {
        var type = tensor.getDataType();
        return type == OnnxMl.TensorProto.DataType.INT8.getNumber()
                || type == OnnxMl.TensorProto.DataType.UINT8.getNumber();
    }

    /** The values of a tensor of bytes, as their type reads them. */
    public static int[] integers(OnnxMl.TensorProto tensor) {
        var signed = tensor.getDataType() == OnnxMl.TensorProto.DataType.INT8.getNumber();
        var values = new int[tensor.hasRawData() ? tensor.getRawData().size() : tensor.getInt32DataCount()];
        for (int i = 0; i < values.length; i++) {
            var value = tensor.hasRawData() ? tensor.getRawData().byteAt(i) : (byte) tensor.getInt32Data(i);
            values[i] = signed ? value : value & 0xff;
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

    /** @throws UnsupportedGraphException if it is not int32 held in the file */
    public static int[] ints(OnnxMl.TensorProto tensor) throws UnsupportedGraphException {
        if (tensor.getDataType() != OnnxMl.TensorProto.DataType.INT32.getNumber() || isExternal(tensor)) {
            throw UnsupportedGraphException.at(
                    "tensor '" + tensor.getName() + "'", "must be int32 held inside the model");
        }
        if (!tensor.hasRawData()) {
            return tensor.getInt32DataList().stream()
                    .mapToInt(Integer::intValue)
                    .toArray();
        }
        var buffer = tensor.getRawData()
                .asReadOnlyByteBuffer()
                .order(ByteOrder.LITTLE_ENDIAN)
                .asIntBuffer();
        var values = new int[buffer.remaining()];
        buffer.get(values);
        return values;
    }

    /** @throws UnsupportedGraphException if it is not int8 held in the file */
    public static byte[] bytes(OnnxMl.TensorProto tensor) throws UnsupportedGraphException {
        if (tensor.getDataType() != OnnxMl.TensorProto.DataType.INT8.getNumber() || isExternal(tensor)) {
            throw UnsupportedGraphException.at(
                    "tensor '" + tensor.getName() + "'", "must be int8 held inside the model");
        }
        if (tensor.hasRawData()) {
            return tensor.getRawData().toByteArray();
        }
        var values = new byte[tensor.getInt32DataCount()];
        for (int i = 0; i < values.length; i++) {
            values[i] = (byte) tensor.getInt32Data(i);
        }
        return values;
    }

    private static boolean isExternal(OnnxMl.TensorProto tensor) {
        return tensor.getDataLocation() == OnnxMl.TensorProto.DataLocation.EXTERNAL;
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

    /** IEEE halves, two bytes each, the low one first. The array is not copied and must not change afterwards. */
    public static OnnxMl.TensorProto ofHalves(String name, List<Long> dims, byte... values) {
        return of(name, OnnxMl.TensorProto.DataType.FLOAT16, dims, values);
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
