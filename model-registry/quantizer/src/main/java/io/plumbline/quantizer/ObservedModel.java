package io.plumbline.quantizer;

import ai.onnx.proto.OnnxMl;
import io.plumbline.quantizer.onnx.GemmRewrite;
import io.plumbline.quantizer.onnx.OnnxModel;
import io.plumbline.quantizer.onnx.UnsupportedGraphException;
import java.util.HashSet;
import java.util.List;

/** An FP32 model with some of its activations as further outputs. */
public final class ObservedModel {

    private ObservedModel() {}

    /**
     * @param tensors float32 activations of the model: what nodes make, and inputs, which ONNX Runtime hands through
     * @throws UnsupportedGraphException if one of them is neither
     */
    public static OnnxModel of(OnnxModel source, List<String> tensors) throws UnsupportedGraphException {
        var model = GemmRewrite.apply(source);
        var graph = model.proto().getGraph();
        var made = new HashSet<String>();
        graph.getInputList().forEach(input -> made.add(input.getName()));
        graph.getNodeList().forEach(node -> made.addAll(node.getOutputList()));
        var outputs = new HashSet<String>();
        graph.getOutputList().forEach(output -> outputs.add(output.getName()));
        var observed = graph.toBuilder();
        for (var tensor : tensors) {
            if (!made.contains(tensor)) {
                throw new UnsupportedGraphException("tensor '" + tensor + "' is neither an input nor made by a node");
            }
            if (outputs.add(tensor)) {
                observed.addOutput(output(tensor));
            }
        }
        return OnnxModel.wrap(model.proto().toBuilder().setGraph(observed).build());
    }

    /** With the element type and no shape: the runtime infers the rest. */
    private static OnnxMl.ValueInfoProto output(String name) {
        var type = OnnxMl.TypeProto.Tensor.newBuilder().setElemType(OnnxMl.TensorProto.DataType.FLOAT.getNumber());
        return OnnxMl.ValueInfoProto.newBuilder()
                .setName(name)
                .setType(OnnxMl.TypeProto.newBuilder().setTensorType(type))
                .build();
    }
}
