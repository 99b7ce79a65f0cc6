package io.plumbline.quantizer.onnx;

import ai.onnx.proto.OnnxMl;
import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import java.util.List;

/** Small models, node by node. */
public final class Graphs {

    private final OnnxMl.ModelProto.Builder model =
            OnnxMl.ModelProto.newBuilder().setIrVersion(8);
    private final OnnxMl.GraphProto.Builder graph = model.getGraphBuilder().setName("graph");

    private Graphs(long opset) {
        model.addOpsetImport(OnnxMl.OperatorSetIdProto.newBuilder().setVersion(opset));
    }

    public static Graphs opset(long version) {
        return new Graphs(version);
    }

    public Graphs input(String name, long... dims) {
        graph.addInput(value(name, dims));
        return this;
    }

    public Graphs output(String name, long... dims) {
        graph.addOutput(value(name, dims));
        return this;
    }

    public Graphs constant(OnnxMl.TensorProto tensor) {
        graph.addInitializer(tensor);
        return this;
    }

    public Graphs node(String operator, List<String> inputs, String output, OnnxMl.AttributeProto... attributes) {
        graph.addNode(Nodes.of(operator, output + ".node", inputs, List.of(output)).toBuilder()
                .addAllAttribute(List.of(attributes)));
        return this;
    }

    public OnnxMl.ModelProto proto() {
        return model.build();
    }

    public OnnxModel model() throws MalformedModelException {
        return OnnxModel.parse(proto().toByteArray());
    }

    private static OnnxMl.ValueInfoProto value(String name, long... dims) {
        var type = OnnxMl.TypeProto.Tensor.newBuilder().setElemType(DataType.FLOAT.getNumber());
        for (long dim : dims) {
            type.getShapeBuilder().addDimBuilder().setDimValue(dim);
        }
        return OnnxMl.ValueInfoProto.newBuilder()
                .setName(name)
                .setType(OnnxMl.TypeProto.newBuilder().setTensorType(type))
                .build();
    }
}
