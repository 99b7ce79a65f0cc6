package io.plumbline.quantizer.half;

import ai.onnx.proto.OnnxMl;
import io.plumbline.quantizer.arithmetic.HalfFloat;
import io.plumbline.quantizer.onnx.Tensors;
import io.plumbline.quantizer.onnx.UnsupportedGraphException;

/** Constants in float16. */
final class HalfTensors {

    private HalfTensors() {}

    static OnnxMl.TensorProto of(OnnxMl.TensorProto floats, String name) throws UnsupportedGraphException {
        var values = Tensors.floats(floats);
        var bytes = new byte[Math.multiplyExact(values.length, Short.BYTES)];
        for (int i = 0; i < values.length; i++) {
            var half = HalfFloat.of(values[i]);
            bytes[2 * i] = (byte) half;
            bytes[2 * i + 1] = (byte) (half >> Byte.SIZE);
        }
        return Tensors.ofHalves(name, floats.getDimsList(), bytes);
    }
}
