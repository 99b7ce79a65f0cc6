package io.plumbline.inference;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.Arrays;

/** A tensor that both sides see without a copy, over a direct buffer, used again from run to run. */
final class OrtTensor implements AutoCloseable {

    private final long[] shape;
    private final FloatBuffer buffer;
    private final OnnxTensor tensor;

    OrtTensor(long[] shape) throws OrtException {
        var size = Math.toIntExact(Arrays.stream(shape).reduce(1, Math::multiplyExact));
        this.shape = shape;
        this.buffer = ByteBuffer.allocateDirect(Math.multiplyExact(size, Float.BYTES))
                .order(ByteOrder.nativeOrder())
                .asFloatBuffer();
        this.tensor = OnnxTensor.createTensor(OrtEngine.environment(), buffer, shape);
    }

    OnnxTensor onnx() {
        return tensor;
    }

    boolean hasShapeOf(Tensor other) {
        return Arrays.equals(shape, other.axes());
    }

    void put(Tensor value) {
        value.copyTo(buffer);
    }

    Tensor get() {
        var data = new float[buffer.capacity()];
        buffer.get(0, data);
        return Tensor.adopt(shape, data);
    }

    @Override
    public void close() {
        tensor.close();
    }
}
