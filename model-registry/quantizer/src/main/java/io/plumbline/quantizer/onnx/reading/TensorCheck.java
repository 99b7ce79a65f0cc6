package io.plumbline.quantizer.onnx.reading;

import ai.onnx.proto.OnnxMl;
import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import io.plumbline.quantizer.onnx.MalformedModelException;

/** Whether a constant holds as many values as its shape says, however they are stored. */
final class TensorCheck {

    private TensorCheck() {}

    /**
     * @param owner named in the message
     * @throws MalformedModelException if it does not; types newer than this library are only checked for their shape
     */
    static void check(OnnxMl.TensorProto tensor, String owner) throws MalformedModelException {
        var values = count(tensor, owner);
        var type = DataType.forNumber(tensor.getDataType());
        if (type == null || tensor.getDataLocation() == OnnxMl.TensorProto.DataLocation.EXTERNAL) {
            return;
        }
        if (type == DataType.UNDEFINED) {
            throw new MalformedModelException(owner + " has no element type");
        }
        var expected = tensor.hasRawData() ? bytes(type, values) : listed(type, values);
        var held = tensor.hasRawData() ? tensor.getRawData().size() : held(type, tensor);
        if (expected != held) {
            throw new MalformedModelException(owner + " holds " + held + (tensor.hasRawData() ? " bytes" : " values")
                    + ", its shape " + tensor.getDimsList() + " of "
                    + type.name() + " needs " + expected);
        }
    }

    /** Number of values that the shape stands for. */
    static long count(OnnxMl.TensorProto tensor, String owner) throws MalformedModelException {
        var count = 1L;
        var empty = false;
        for (var dim : tensor.getDimsList()) {
            if (dim < 0) {
                throw new MalformedModelException(owner + " has a negative dimension: " + tensor.getDimsList());
            }
            empty |= dim == 0;
            var larger = Math.max(1, dim);
            if (count > Long.MAX_VALUE / Double.BYTES / 2 / larger) {
                throw new MalformedModelException(owner + " is too large: " + tensor.getDimsList());
            }
            count *= larger;
        }
        return empty ? 0 : count;
    }

    /** Bytes that so many values take. */
    static long bytes(DataType type, long values) {
        return switch (type) {
            case UINT4, INT4 -> (values + 1) / 2;
            case COMPLEX128 -> values * 16;
            case DOUBLE, INT64, UINT64, COMPLEX64 -> values * 8;
            case FLOAT, INT32, UINT32 -> values * 4;
            case FLOAT16, BFLOAT16, INT16, UINT16 -> values * 2;
            default -> values;
        };
    }

    private static long listed(DataType type, long values) {
        return switch (type) {
            case UINT4, INT4 -> (values + 1) / 2;
            case COMPLEX64, COMPLEX128 -> values * 2;
            default -> values;
        };
    }

    private static int held(DataType type, OnnxMl.TensorProto tensor) {
        return switch (type) {
            case FLOAT, COMPLEX64 -> tensor.getFloatDataCount();
            case DOUBLE, COMPLEX128 -> tensor.getDoubleDataCount();
            case INT64 -> tensor.getInt64DataCount();
            case UINT32, UINT64 -> tensor.getUint64DataCount();
            case STRING -> tensor.getStringDataCount();
            default -> tensor.getInt32DataCount();
        };
    }
}
