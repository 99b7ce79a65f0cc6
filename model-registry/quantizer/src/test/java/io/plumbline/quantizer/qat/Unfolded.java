package io.plumbline.quantizer.qat;

import ai.onnx.proto.OnnxMl;
import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import io.plumbline.quantizer.onnx.GraphEdit;
import io.plumbline.quantizer.onnx.Nodes;
import io.plumbline.quantizer.onnx.OnnxModel;
import io.plumbline.quantizer.onnx.Tensors;
import java.nio.ByteOrder;
import java.util.List;
import java.util.Optional;

/** Undoes what an import does: stored bytes become float weights with a QuantizeLinear, int32 biases float ones. */
final class Unfolded {

    private Unfolded() {}

    static OnnxModel of(OnnxModel model) throws Exception {
        var edit = new GraphEdit(model);
        for (var node : model.proto().getGraph().getNodeList()) {
            var levels = Optional.of(node)
                    .filter(one -> one.getOpType().equals("DequantizeLinear"))
                    .flatMap(one -> model.constant(one.getInput(0)));
            if (levels.isEmpty()) {
                edit.add(node);
            } else if (levels.get().getDataType() == DataType.INT8.getNumber()) {
                weight(node, levels.get(), model, edit);
            } else {
                edit.add(Tensors.ofFloats(
                        node.getOutput(0), levels.get().getDimsList(), bias(levels.get(), scales(node, model))));
            }
        }
        return edit.finish();
    }

    private static float[] scales(OnnxMl.NodeProto node, OnnxModel model) throws Exception {
        return Tensors.floats(model.constant(node.getInput(1)).orElseThrow());
    }

    private static void weight(OnnxMl.NodeProto node, OnnxMl.TensorProto levels, OnnxModel model, GraphEdit edit)
            throws Exception {
        var values = Tensors.integers(levels);
        var scales = scales(node, model);
        var real = new float[values.length];
        for (int i = 0; i < real.length; i++) {
            real[i] = values[i] * scales[i / (values.length / scales.length)];
        }
        var weight = edit.fresh(levels.getName() + ".real");
        var again = edit.fresh(levels.getName() + ".again");
        edit.add(Tensors.ofFloats(weight, levels.getDimsList(), real));
        edit.add(Nodes.of(
                "QuantizeLinear",
                again + ".node",
                List.of(weight, node.getInput(1), node.getInput(2)),
                List.of(again),
                Nodes.attribute("axis", 0)));
        edit.add(node.toBuilder().setInput(0, again).build());
    }

    private static float[] bias(OnnxMl.TensorProto levels, float[] scales) {
        var ints = levels.getRawData()
                .asReadOnlyByteBuffer()
                .order(ByteOrder.LITTLE_ENDIAN)
                .asIntBuffer();
        var real = new float[ints.remaining()];
        for (int i = 0; i < real.length; i++) {
            real[i] = ints.get(i) * scales[scales.length == 1 ? 0 : i];
        }
        return real;
    }
}
