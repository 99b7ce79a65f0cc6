package io.plumbline.inference;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/** A tensor that both sides see without a copy, over a direct buffer, used again from run to run. */
final class OrtTensor implements AutoCloseable {

    private final long[] shape;
    private final ElementType type;
    private final ByteBuffer buffer;
    private final int size;
    private final OnnxTensor tensor;

    OrtTensor(long[] shape, ElementType type) throws OrtException {
        this.shape = shape;
        this.type = type;
        this.size = Math.toIntExact(Arrays.stream(shape).reduce(1, Math::multiplyExact));
        this.buffer = ByteBuffer.allocateDirect(Math.multiplyExact(size, type.bytes()))
                .order(ByteOrder.nativeOrder());
        this.tensor = OnnxTensor.createTensor(OrtEngine.environment(), buffer, shape, type.javaType());
    }

    OnnxTensor onnx() {
        return tensor;
    }

    int bytes() {
        return buffer.capacity();
    }

    boolean hasShapeOf(Tensor other) {
        return Arrays.equals(shape, other.axes());
    }

    void put(Tensor value) {
        if (type == ElementType.FLOAT32) {
            value.copyTo(buffer.asFloatBuffer());
            return;
        }
        for (int i = 0; i < size; i++) {
            type.put(buffer, i, value.get(i));
        }
    }

    Tensor get() {
        return read(buffer, shape, type);
    }

    static Tensor read(ByteBuffer buffer, long[] shape, ElementType type) {
        var data = new float[buffer.capacity() / type.bytes()];
        if (type == ElementType.FLOAT32) {
            buffer.asFloatBuffer().get(0, data);
            return Tensor.adopt(shape, data);
        }
        for (int i = 0; i < data.length; i++) {
            data[i] = type.get(buffer, i);
        }
        return Tensor.adopt(shape, data);
    }

    @Override
    public void close() {
        tensor.close();
    }
}
