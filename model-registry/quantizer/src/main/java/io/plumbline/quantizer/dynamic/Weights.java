package io.plumbline.quantizer.dynamic;

import ai.onnx.proto.OnnxMl;
import io.plumbline.quantizer.arithmetic.SignedWeights;
import io.plumbline.quantizer.onnx.ConstantProduct;
import io.plumbline.quantizer.onnx.GraphEdit;
import io.plumbline.quantizer.onnx.Tensors;
import io.plumbline.quantizer.onnx.UnsupportedGraphException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The quantized initializers of a graph in the making; each weight is quantized once, whoever shares it. */
final class Weights {

    private final GraphEdit edit;
    private final boolean perChannel;
    private final int limit;
    private final Map<String, Parts> known = new HashMap<>();

    /** @param limit of {@link SignedWeights} */
    Weights(GraphEdit edit, boolean perChannel, int limit) {
        this.edit = edit;
        this.perChannel = perChannel;
        this.limit = limit;
    }

    /** Names of a quantized weight's three initializers. */
    record Parts(String values, String scales, String zeroPoints) {}

    /** A matrix [rows, columns] of signed bytes, however it was stored. */
    Parts matrix(ConstantProduct product) throws UnsupportedGraphException {
        var name = product.weight().getName();
        var key = product.transposed() ? name + " transposed" : name;
        var parts = known.get(key);
        if (parts == null) {
            parts = fresh(name, "int8");
            known.put(key, parts);
            addMatrix(product, parts);
        }
        return parts;
    }

    private void addMatrix(ConstantProduct product, Parts parts) throws UnsupportedGraphException {
        var rows = product.rows();
        var columns = product.columns();
        var channels = perChannel ? columns : 1;
        var inner = perChannel && product.transposed() ? rows : 1;
        var signed = signed(product.weight(), channels, inner);
        var values = product.transposed() ? signed.transposed(columns, rows) : signed.values();
        edit.add(Tensors.ofInt8(parts.values, List.of((long) rows, (long) columns), values));
        addParameters(parts, perChannel ? List.of((long) columns) : List.of(), signed.scales());
    }

    boolean perChannel() {
        return perChannel;
    }

    void addBytes(Parts parts, List<Long> dims, byte[] values) {
        edit.add(Tensors.ofInt8(parts.values, dims, values));
    }

    /** Scales of these dimensions, and as many zero points, all zero. */
    void addParameters(Parts parts, List<Long> dims, float[] scales) {
        edit.add(Tensors.ofFloats(parts.scales, dims, scales));
        edit.add(Tensors.ofInt8(parts.zeroPoints, dims, new byte[scales.length]));
    }

    SignedWeights signed(OnnxMl.TensorProto weight, int channels, int inner) throws UnsupportedGraphException {
        try {
            return SignedWeights.of(Tensors.floats(weight), channels, inner, limit);
        } catch (IllegalArgumentException e) {
            throw unusable(weight, e);
        }
    }

    Parts fresh(String weight, String type) {
        return new Parts(
                edit.fresh(weight + "." + type), edit.fresh(weight + ".scales"), edit.fresh(weight + ".zeros"));
    }

    private static UnsupportedGraphException unusable(OnnxMl.TensorProto weight, IllegalArgumentException e) {
        return new UnsupportedGraphException("weight '" + weight.getName() + "': " + e.getMessage());
    }
}
