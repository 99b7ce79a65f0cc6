package io.plumbline.quantizer;

import ai.onnx.proto.OnnxMl;
import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import io.plumbline.inference.EngineOptions;
import io.plumbline.inference.ModelLoadException;
import io.plumbline.inference.OrtEngine;
import io.plumbline.inference.Tensor;
import io.plumbline.quantizer.onnx.Nodes;
import io.plumbline.quantizer.onnx.OnnxModel;
import io.plumbline.quantizer.onnx.Tensors;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Graphs by hand: one input {@code x}, one output {@code y}. */
final class SmallGraph {

    private final OnnxMl.GraphProto.Builder graph =
            OnnxMl.GraphProto.newBuilder().setName("small");
    private final long opset;

    private SmallGraph(long opset) {
        this.opset = opset;
    }

    static SmallGraph of(long opset, long... shape) {
        var small = new SmallGraph(opset);
        small.graph.addInput(value("x", shape));
        small.graph.addOutput(value("y"));
        return small;
    }

    /** @param wiring inputs, an arrow, outputs: {@code "x w -> y"}; a dash is an input left out */
    SmallGraph node(String opType, String wiring, OnnxMl.AttributeProto... attributes) {
        var sides = wiring.split(" -> ", -1);
        var node = Nodes.of(opType, opType + graph.getNodeCount(), names(sides[0]), names(sides[1]));
        graph.addNode(node.toBuilder().addAllAttribute(Arrays.asList(attributes)));
        return this;
    }

    private static List<String> names(String side) {
        return Arrays.stream(side.split(" ", -1))
                .map(name -> name.equals("-") ? "" : name)
                .toList();
    }

    SmallGraph floats(String name, List<Long> dims, float... values) {
        graph.addInitializer(Tensors.ofFloats(name, dims, values));
        return this;
    }

    SmallGraph random(String name, long seed, Long... dims) {
        var random = new Random(seed);
        var values =
                new float[(int) Arrays.stream(dims).mapToLong(Long::longValue).reduce(1, (a, b) -> a * b)];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) random.nextGaussian();
        }
        return floats(name, List.of(dims), values);
    }

    SmallGraph longs(String name, Long... values) {
        graph.addInitializer(Tensors.ofLongs(name, List.of((long) values.length), List.of(values)));
        return this;
    }

    OnnxModel model() {
        return OnnxModel.wrap(OnnxMl.ModelProto.newBuilder()
                .setIrVersion(6)
                .addOpsetImport(OnnxMl.OperatorSetIdProto.newBuilder().setVersion(opset))
                .setGraph(graph)
                .build());
    }

    static OnnxMl.AttributeProto ints(String name, long... values) {
        var attribute =
                OnnxMl.AttributeProto.newBuilder().setName(name).setType(OnnxMl.AttributeProto.AttributeType.INTS);
        Arrays.stream(values).forEach(attribute::addInts);
        return attribute.build();
    }

    static OnnxMl.AttributeProto reals(String name, float... values) {
        var attribute =
                OnnxMl.AttributeProto.newBuilder().setName(name).setType(OnnxMl.AttributeProto.AttributeType.FLOATS);
        for (var value : values) {
            attribute.addFloats(value);
        }
        return attribute.build();
    }

    static OnnxMl.AttributeProto real(String name, float value) {
        return OnnxMl.AttributeProto.newBuilder()
                .setName(name)
                .setType(OnnxMl.AttributeProto.AttributeType.FLOAT)
                .setF(value)
                .build();
    }

    static Tensor sample(long seed, long... shape) {
        var random = new Random(seed);
        var values = new float[(int) Arrays.stream(shape).reduce(1, (a, b) -> a * b)];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) random.nextGaussian();
        }
        return Tensor.of(shape, values);
    }

    static float[] run(OnnxModel model, Tensor x) throws ModelLoadException {
        try (var engine = OrtEngine.load(model.toBytes(), EngineOptions.DEFAULT)) {
            var y = engine.run(Map.of("x", x)).get("y");
            if (y == null) {
                throw new IllegalStateException("no y");
            }
            return y.toArray();
        }
    }

    private static OnnxMl.ValueInfoProto value(String name, long... shape) {
        var type = OnnxMl.TypeProto.Tensor.newBuilder().setElemType(DataType.FLOAT.getNumber());
        if (shape.length > 0) {
            var dims = OnnxMl.TensorShapeProto.newBuilder();
            for (var size : shape) {
                dims.addDim(OnnxMl.TensorShapeProto.Dimension.newBuilder().setDimValue(size));
            }
            type.setShape(dims);
        }
        return OnnxMl.ValueInfoProto.newBuilder()
                .setName(name)
                .setType(OnnxMl.TypeProto.newBuilder().setTensorType(type))
                .build();
    }
}
