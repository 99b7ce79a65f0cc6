package io.plumbline.quantizer.inspect;

import ai.onnx.proto.OnnxMl;
import java.util.Map;

/** Sizes of constants. */
final class ElementSizes {

    private static final Map<OnnxMl.TensorProto.DataType, Integer> BITS = Map.ofEntries(
            Map.entry(OnnxMl.TensorProto.DataType.FLOAT, 32),
            Map.entry(OnnxMl.TensorProto.DataType.INT32, 32),
            Map.entry(OnnxMl.TensorProto.DataType.UINT32, 32),
            Map.entry(OnnxMl.TensorProto.DataType.DOUBLE, 64),
            Map.entry(OnnxMl.TensorProto.DataType.INT64, 64),
            Map.entry(OnnxMl.TensorProto.DataType.UINT64, 64),
            Map.entry(OnnxMl.TensorProto.DataType.FLOAT16, 16),
            Map.entry(OnnxMl.TensorProto.DataType.BFLOAT16, 16),
            Map.entry(OnnxMl.TensorProto.DataType.INT16, 16),
            Map.entry(OnnxMl.TensorProto.DataType.UINT16, 16),
            Map.entry(OnnxMl.TensorProto.DataType.INT4, 4),
            Map.entry(OnnxMl.TensorProto.DataType.UINT4, 4));

    private static final int BYTE_BITS = 8;

    private ElementSizes() {}

    /** By shape and type; types that are not listed take a byte. */
    static long bytes(OnnxMl.TensorProto tensor) {
        var type = OnnxMl.TensorProto.DataType.forNumber(tensor.getDataType());
        var bits = type == null ? BYTE_BITS : BITS.getOrDefault(type, BYTE_BITS);
        double elements = 1;
        for (long axis : tensor.getDimsList()) {
            elements *= axis;
        }
        return (long) Math.ceil(elements * bits / BYTE_BITS);
    }
}
