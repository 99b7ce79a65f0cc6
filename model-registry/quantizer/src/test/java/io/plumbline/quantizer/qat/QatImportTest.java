package io.plumbline.quantizer.qat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.onnx.proto.OnnxMl;
import io.plumbline.inference.EngineOptions;
import io.plumbline.inference.OrtEngine;
import io.plumbline.inference.OrtGraphTools;
import io.plumbline.inference.Tensor;
import io.plumbline.quantizer.Provenance;
import io.plumbline.quantizer.onnx.Graphs;
import io.plumbline.quantizer.onnx.Nodes;
import io.plumbline.quantizer.onnx.OnnxModel;
import io.plumbline.quantizer.onnx.Tensors;
import io.plumbline.support.SharedFiles;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class QatImportTest {

    private static final Provenance PROVENANCE = new Provenance("s", "qat", Optional.empty());

    @Test
    void floatWeightsAndBiasesBecomeIntegersAndTheAnswersStay() throws Exception {
        // Given
        var exported = exported();

        // When
        var imported = QatImport.normalise(exported, PROVENANCE);

        // Then
        assertThat(imported.quantizedNodes()).containsExactly("Gemm 'sum.node' -> 'sum'");
        var graph = imported.model().proto().getGraph();
        assertThat(graph.getInitializerList())
                .extracting(OnnxMl.TensorProto::getName)
                .containsExactlyInAnyOrder("xs", "xz", "ws", "wz", "w.clipped", "b.int32", "b.scales");
        assertThat(Tensors.integers(initializer(imported.model(), "w.clipped"))).containsExactly(7, -7, -2, 4);
        assertThat(Tensors.floats(initializer(imported.model(), "b.scales"))).containsExactly(0.5f * 0.25f, 0.5f * 2);
        assertThat(initializer(imported.model(), "b.int32")
                        .getRawData()
                        .asReadOnlyByteBuffer()
                        .order(ByteOrder.LITTLE_ENDIAN)
                        .getInt())
                .isEqualTo(8);
        assertThat(graph.getNodeList())
                .filteredOn(node -> node.getOpType().equals("DequantizeLinear")
                        && node.getInput(0).startsWith("w"))
                .singleElement()
                .satisfies(node -> assertThat(Nodes.integer(node, "axis", -9)).isEqualTo(1));
        var input = Map.of("x", Tensor.of(new long[] {1, 2}, new float[] {1, 2}));
        assertThat(run(imported.model(), input)).containsExactly(run(exported, input));
    }

    @Test
    void whatMovesValuesGoesBeforeTheDequantizeLinearSoThatIntegerKernelsAreTaken() throws Exception {
        // Given: weights with the channels last, as TensorFlow has them
        var exported = Graphs.opset(17)
                .input("x", 1, 2, 4)
                .constant(Tensors.ofFloats("s", List.of(), 0.5f))
                .constant(Tensors.ofUint8("z", List.of(), (byte) 10))
                .constant(Tensors.ofLongs("shape", List.of(4L), List.of(1L, 2L, 2L, 2L)))
                .constant(Tensors.ofFloats("w", List.of(1L, 1L, 2L, 3L), 1, 2, 3, -4, 5, -6))
                .constant(Tensors.ofFloats("ws", List.of(3L), 0.25f, 0.5f, 1))
                .constant(Tensors.ofInt8("wz", List.of(3L), new byte[3]))
                .node("QuantizeLinear", List.of("x", "s", "z"), "xq")
                .node("DequantizeLinear", List.of("xq", "s", "z"), "xr")
                .node("Reshape", List.of("xr", "shape"), "image")
                .node("QuantizeLinear", List.of("w", "ws", "wz"), "wq", Nodes.attribute("axis", 3))
                .node("DequantizeLinear", List.of("wq", "ws", "wz"), "wr", Nodes.attribute("axis", 3))
                .node("Transpose", List.of("wr"), "filter", permutation(3, 2, 0, 1))
                .node("Conv", List.of("image", "filter"), "sum")
                .node("QuantizeLinear", List.of("sum", "s", "z"), "yq")
                .node("DequantizeLinear", List.of("yq", "s", "z"), "y")
                .output("y", 1, 3, 2, 2)
                .model();

        // When
        var imported = QatImport.normalise(exported, PROVENANCE).model();

        // Then
        var input = Map.of("x", Tensor.of(new long[] {1, 2, 4}, new float[] {1, -2, 3, 4, 5, 60, -7, 0}));
        assertThat(run(imported, input)).containsExactly(run(exported, input));
        assertThat(operatorsInTheRuntime(imported)).contains("QLinearConv").doesNotContain("Conv");
        assertThat(imported.proto().getGraph().getNodeList())
                .filteredOn(node -> node.getOpType().equals("DequantizeLinear"))
                .hasSize(3);
        assertThat(Tensors.isByte(initializer(imported, "wq"))).isTrue();
    }

    @Test
    void activationsOfBothSignsBecomeUnsignedAndTheAnswersStay() throws Exception {
        // Given
        var exported = Graphs.opset(17)
                .input("x", 1, 1, 2, 2)
                .constant(Tensors.ofFloats("s", List.of(), 0.5f))
                .constant(Tensors.ofUint8("z", List.of(), (byte) 10))
                .constant(Tensors.ofInt8("signed", List.of(), (byte) -3))
                .constant(Tensors.ofInt8("w", List.of(1L, 1L, 1L, 1L), (byte) 4))
                .constant(Tensors.ofInt8("wz", List.of(), (byte) 0))
                .node("QuantizeLinear", List.of("x", "s", "z"), "xq")
                .node("DequantizeLinear", List.of("xq", "s", "z"), "xr")
                .node("DequantizeLinear", List.of("w", "s", "wz"), "wr")
                .node("Conv", List.of("xr", "wr"), "sum")
                .node("QuantizeLinear", List.of("sum", "s", "signed"), "yq")
                .node("DequantizeLinear", List.of("yq", "s", "signed"), "y")
                .output("y", 1, 1, 2, 2)
                .model();

        // When
        var imported = QatImport.normalise(exported, PROVENANCE).model();

        // Then
        var input = Map.of("x", Tensor.of(new long[] {1, 1, 2, 2}, new float[] {1, -2, 30, 0.6f}));
        assertThat(run(imported, input)).containsExactly(run(exported, input));
        assertThat(operatorsInTheRuntime(imported)).contains("QLinearConv").doesNotContain("Conv");
        assertThat(initializer(imported, "signed.unsigned").getRawData().byteAt(0))
                .isEqualTo((byte) 125);
    }

    private static OnnxMl.AttributeProto permutation(long... order) {
        var attribute =
                OnnxMl.AttributeProto.newBuilder().setName("perm").setType(OnnxMl.AttributeProto.AttributeType.INTS);
        for (long axis : order) {
            attribute.addInts(axis);
        }
        return attribute.build();
    }

    /** What ONNX Runtime really runs. */
    private static List<String> operatorsInTheRuntime(OnnxModel model) throws Exception {
        return OnnxModel.parse(OrtGraphTools.optimized(model.toBytes(), EngineOptions.Optimization.ALL))
                .proto()
                .getGraph()
                .getNodeList()
                .stream()
                .map(OnnxMl.NodeProto::getOpType)
                .toList();
    }

    @Test
    void aModelWithoutPairsIsRefused() {
        assertThatThrownBy(() -> QatImport.normalise(
                        Graphs.opset(17)
                                .input("x", 2)
                                .node("Relu", List.of("x"), "y")
                                .output("y", 2)
                                .model(),
                        PROVENANCE))
                .hasMessageContaining("was not trained for quantization");
    }

    @ParameterizedTest
    @CsvSource({"occ5_qat_qdq.onnx, occ5_check_x.f32, 5", "occ2_qat_qdq.onnx, occ2_check_x.f32, 2"})
    void aTrainedModelAnswersAsBeforeAndIsSmallerThanWithFloatWeights(String file, String check, int channels)
            throws Exception {
        // Given
        var trained = OnnxModel.parse(Files.readAllBytes(SharedFiles.require("models/" + file)));
        var windows = ByteBuffer.wrap(Files.readAllBytes(SharedFiles.require("models/" + check)))
                .order(ByteOrder.LITTLE_ENDIAN)
                .asFloatBuffer();
        var exported = Unfolded.of(trained);

        // When
        var imported = QatImport.normalise(exported, PROVENANCE);

        // Then
        assertThat(imported.quantizedNodes()).hasSize(5);
        assertThat(imported.toBytes().length).isLessThan(exported.toBytes().length / 2);
        var values = new float[200 * channels * 32];
        windows.get(values);
        var input = Map.of("x", Tensor.of(new long[] {200, channels, 32}, values));
        var before = run(trained, input);
        var after = run(imported.model(), input);
        for (int i = 0; i < before.length; i++) {
            assertThat(after[i]).as("one step of the last scale").isCloseTo(before[i], within(step(trained) * 1.01f));
        }
    }

    /** The scale of the last pair. */
    private static float step(OnnxModel model) throws Exception {
        var nodes = model.proto().getGraph().getNodeList();
        var scale = nodes.get(nodes.size() - 1).getInput(1);
        return Tensors.floats(model.constant(scale).orElseThrow())[0];
    }

    private static OnnxMl.TensorProto initializer(OnnxModel model, String name) {
        return model.constant(name).orElseThrow();
    }

    private static float[] run(OnnxModel model, Map<String, Tensor> input) throws Exception {
        try (var engine = OrtEngine.load(model.toBytes(), EngineOptions.DEFAULT)) {
            return engine.run(input).values().iterator().next().toArray();
        }
    }

    /** A Gemm as training tools export it: weights quantized on the fly, to four bits, the bias in float. */
    private static OnnxModel exported() throws Exception {
        return Graphs.opset(17)
                .input("x", 1, 2)
                .constant(Tensors.ofFloats("xs", List.of(), 0.5f))
                .constant(Tensors.ofUint8("xz", List.of(), (byte) 10))
                .constant(Tensors.ofFloats("w", List.of(2L, 2L), 2, -20, -0.5f, 8))
                .constant(Tensors.ofFloats("ws", List.of(2L), 0.25f, 2))
                .constant(Tensors.ofInt8("wz", List.of(2L), (byte) 0, (byte) 0))
                .constant(Tensors.ofInt8("low", List.of(), (byte) -7))
                .constant(Tensors.ofInt8("high", List.of(), (byte) 7))
                .constant(Tensors.ofFloats("b", List.of(2L), 1, -3))
                .node("QuantizeLinear", List.of("x", "xs", "xz"), "x.levels")
                .node("DequantizeLinear", List.of("x.levels", "xs", "xz"), "x.real")
                .node("QuantizeLinear", List.of("w", "ws", "wz"), "w.levels")
                .node("Clip", List.of("w.levels", "low", "high"), "w.clipped")
                .node("DequantizeLinear", List.of("w.clipped", "ws", "wz"), "w.real")
                .node("Gemm", List.of("x.real", "w.real", "b"), "sum")
                .output("sum", 1, 2)
                .model();
    }
}
