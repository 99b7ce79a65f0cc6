package io.plumbline.quantizer.half;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.onnx.proto.OnnxMl;
import io.plumbline.inference.EngineOptions;
import io.plumbline.inference.OrtEngine;
import io.plumbline.inference.Tensor;
import io.plumbline.quantizer.OrtRuntime;
import io.plumbline.quantizer.Provenance;
import io.plumbline.quantizer.onnx.Graphs;
import io.plumbline.quantizer.onnx.Nodes;
import io.plumbline.quantizer.onnx.OnnxModel;
import io.plumbline.quantizer.onnx.Tensors;
import io.plumbline.support.SharedFiles;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HalfPrecisionTest {

    private static final Provenance PROVENANCE = new Provenance("s", "fp16", Optional.empty());

    @Test
    void operatorsWithoutHalfPrecisionStayFloatBetweenAsFewCastsAsNeeded() throws Exception {
        // Given: Max has no half kernel, reads a constant that Add reads too, and feeds an answer and another node.
        var model = Graphs.opset(17)
                .input("x", 1, 2)
                .constant(Tensors.ofFloats("c", List.of(2L), 0.5f, 1e9f))
                .node("Add", List.of("x", "c"), "sum")
                .node("Max", List.of("sum", "c"), "y")
                .node("Neg", List.of("y"), "z")
                .output("y", 1, 2)
                .output("z", 1, 2)
                .model();

        // When
        var half = HalfPrecision.convert(model, OrtRuntime.INSTANCE, PROVENANCE);

        // Then
        assertThat(half.quantizedNodes()).containsExactly("Add 'sum.node' -> 'sum'", "Neg 'z.node' -> 'z'");
        assertThat(half.model().proto().getGraph().getNodeList())
                .extracting(OnnxMl.NodeProto::getOpType)
                .containsExactly("Cast", "Add", "Cast", "Max", "Cast", "Neg", "Cast");
        try (var engine = OrtEngine.load(half.toBytes(), EngineOptions.DEFAULT)) {
            var answers = engine.run(Map.of("x", Tensor.of(new long[] {1, 2}, new float[] {1, 2})));
            assertThat(answers.get("y").toArray()).containsExactly(1.5f, 1e9f);
            assertThat(answers.get("z").get(0)).isEqualTo(-1.5f);
        }
    }

    @Test
    void anInputWhoseInitializerNothingUsesAnyMoreNeedNotBeGiven() throws Exception {
        // Given an initializer that is an input as well, as older exporters write them, and that no node reads
        var model = Graphs.opset(17)
                .input("x", 1, 2)
                .input("batches", 1)
                .constant(Tensors.ofFloats("batches", List.of(1L), 3f))
                .constant(Tensors.ofFloats("c", List.of(2L), 0.5f, 1f))
                .node("Add", List.of("x", "c"), "y")
                .output("y", 1, 2)
                .model();

        // When
        var half = HalfPrecision.convert(model, OrtRuntime.INSTANCE, PROVENANCE);

        // Then
        try (var engine = OrtEngine.load(half.toBytes(), EngineOptions.DEFAULT)) {
            var answers = engine.run(Map.of("x", Tensor.of(new long[] {1, 2}, new float[] {1, 2})));
            assertThat(answers.get("y").toArray()).containsExactly(1.5f, 3f);
        }
    }

    @Test
    void castsAndConstantsThatMakeFloatMakeHalves() throws Exception {
        var model = Graphs.opset(17)
                .input("x", 1, 2)
                .node("Shape", List.of("x"), "shape")
                .node("Cast", List.of("shape"), "sizes", Nodes.attribute("to", 1))
                .node("ConstantOfShape", List.of("shape"), "zeros")
                .node("Add", List.of("x", "sizes"), "sum")
                .node("Add", List.of("sum", "zeros"), "y")
                .output("y", 1, 2)
                .model();
        var half = HalfPrecision.convert(model, OrtRuntime.INSTANCE, PROVENANCE);
        try (var engine = OrtEngine.load(half.toBytes(), EngineOptions.DEFAULT)) {
            var answer = engine.run(Map.of("x", Tensor.of(new long[] {1, 2}, new float[] {1, 2})));
            assertThat(answer.get("y").toArray()).containsExactly(2, 4);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "climate/climate_event_fp32.onnx",
                "models/occ5_fp32.onnx",
                "models/occ2_qat_qdq.onnx",
                "models/fastestdet_coco_352.onnx"
            })
    void aRealModelAnswersAlike(String file) throws Exception {
        var source = OnnxModel.parse(Files.readAllBytes(SharedFiles.require(file)));
        var half = HalfPrecision.convert(source, OrtRuntime.INSTANCE, PROVENANCE);
        try (var before = OrtEngine.load(source.toBytes(), EngineOptions.DEFAULT);
                var after = OrtEngine.load(half.toBytes(), EngineOptions.DEFAULT)) {
            var spec = before.inputs().get(0);
            var shape =
                    spec.shape().stream().mapToLong(axis -> Math.max(1, axis)).toArray();
            var input = Map.of(spec.name(), noise(shape));
            assertThat(after.inputs()).isEqualTo(before.inputs());
            var expected = before.run(input);
            after.run(input)
                    .forEach((name, values) -> assertThat(error(expected.get(name), values))
                            .as(name)
                            .isLessThan(0.01));
        }
    }

    /** Length of the difference by length of what was expected. */
    private static double error(Tensor expected, Tensor values) {
        var difference = 0.0;
        var length = 0.0;
        for (int i = 0; i < values.size(); i++) {
            difference += Math.pow(values.get(i) - expected.get(i), 2);
            length += Math.pow(expected.get(i), 2);
        }
        return Math.sqrt(difference / length);
    }

    @Test
    void graphsInsideNodesAreRefusedByName() throws Exception {
        var inner = OnnxMl.AttributeProto.newBuilder()
                .setName("then_branch")
                .setType(OnnxMl.AttributeProto.AttributeType.GRAPH)
                .setG(OnnxMl.GraphProto.newBuilder());
        var model = Graphs.opset(17)
                .input("x", 1)
                .node("If", List.of("x"), "y", inner.build())
                .output("y", 1)
                .model();
        assertThatThrownBy(() -> HalfPrecision.convert(model, OrtRuntime.INSTANCE, PROVENANCE))
                .hasMessage("If 'y.node' -> 'y': graphs inside a node cannot be converted to half precision");
    }

    private static Tensor noise(long[] shape) {
        var size = 1;
        for (long axis : shape) {
            size *= (int) axis;
        }
        var random = new Random(5);
        var values = new float[size];
        for (int i = 0; i < size; i++) {
            values[i] = random.nextFloat();
        }
        return Tensor.of(shape, values);
    }
}
