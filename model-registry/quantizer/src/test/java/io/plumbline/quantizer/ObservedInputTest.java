package io.plumbline.quantizer;

import static org.assertj.core.api.Assertions.assertThat;

import ai.onnx.proto.OnnxMl;
import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import io.plumbline.inference.EngineOptions;
import io.plumbline.inference.OrtEngine;
import io.plumbline.inference.Tensor;
import io.plumbline.quantizer.arithmetic.ActivationRange;
import io.plumbline.quantizer.onnx.OnnxModel;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

/** A model whose first product takes the very input of the graph. */
class ObservedInputTest {

    private static final Tensor INPUT = Tensor.of(new long[] {1, 2}, new float[] {3, -1});

    @Test
    void theInputOfTheGraphIsAnObservedOutputOfARunAndItsRangeQuantizesTheModel() throws Exception {
        // Given
        var source = product();
        var tensors = StaticQuantizer.observedTensors(source);
        assertThat(tensors).containsExactly("x");

        // When
        var observed = ObservedModel.of(source, tensors).toBytes();

        // Then
        try (var engine = OrtEngine.load(observed, EngineOptions.DEFAULT)) {
            var seen = engine.run(Map.of("x", INPUT));
            assertThat(seen.get("x").toArray()).containsExactly(3, -1);
            assertThat(seen.get("y").toArray()).containsExactly(1, 5);
        }
        var int8 = StaticQuantizer.quantize(
                source, Map.of("x", new ActivationRange(-1, 3)), new Provenance("s", "r", Optional.of("c")));
        try (var engine = OrtEngine.load(int8.toBytes(), EngineOptions.DEFAULT)) {
            var answer = engine.run(Map.of("x", INPUT)).get("y").toArray();
            assertThat(answer[0]).isCloseTo(1, Offset.offset(0.1f));
            assertThat(answer[1]).isCloseTo(5, Offset.offset(0.1f));
        }
    }

    /** y = x * [[1, 1], [2, -2]]. */
    private static OnnxModel product() {
        var weights = OnnxMl.TensorProto.newBuilder()
                .setName("w")
                .setDataType(DataType.FLOAT.getNumber())
                .addAllDims(List.of(2L, 2L))
                .addAllFloatData(List.of(1f, 1f, 2f, -2f));
        var node = OnnxMl.NodeProto.newBuilder()
                .setOpType("MatMul")
                .setName("product")
                .addAllInput(List.of("x", "w"))
                .addOutput("y");
        var graph = OnnxMl.GraphProto.newBuilder()
                .setName("product")
                .addNode(node)
                .addInitializer(weights)
                .addInput(matrix("x"))
                .addOutput(matrix("y"));
        return OnnxModel.wrap(OnnxMl.ModelProto.newBuilder()
                .setIrVersion(8)
                .addOpsetImport(OnnxMl.OperatorSetIdProto.newBuilder().setVersion(17))
                .setGraph(graph)
                .build());
    }

    private static OnnxMl.ValueInfoProto matrix(String name) {
        var shape = OnnxMl.TensorShapeProto.newBuilder();
        for (long size : new long[] {1, 2}) {
            shape.addDim(OnnxMl.TensorShapeProto.Dimension.newBuilder().setDimValue(size));
        }
        var type = OnnxMl.TypeProto.Tensor.newBuilder()
                .setElemType(DataType.FLOAT.getNumber())
                .setShape(shape);
        return OnnxMl.ValueInfoProto.newBuilder()
                .setName(name)
                .setType(OnnxMl.TypeProto.newBuilder().setTensorType(type))
                .build();
    }
}
