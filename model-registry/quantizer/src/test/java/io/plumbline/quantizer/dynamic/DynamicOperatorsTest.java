package io.plumbline.quantizer.dynamic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.onnx.proto.OnnxMl;
import io.plumbline.inference.EngineOptions;
import io.plumbline.inference.OrtEngine;
import io.plumbline.inference.Tensor;
import io.plumbline.quantizer.DynamicOptions;
import io.plumbline.quantizer.DynamicQuantizer;
import io.plumbline.quantizer.Provenance;
import io.plumbline.quantizer.onnx.Graphs;
import io.plumbline.quantizer.onnx.Nodes;
import io.plumbline.quantizer.onnx.OnnxModel;
import io.plumbline.quantizer.onnx.Tensors;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DynamicOperatorsTest {

    private static final Provenance PROVENANCE = new Provenance("s", "dynamic", Optional.empty());

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void anLstmAnswersNearlyAsBefore(boolean perChannel) throws Exception {
        // Given: two directions, 6 inputs, 8 states, 5 steps
        var model = Graphs.opset(14)
                .input("x", 5, 1, 6)
                .constant(noise("w", 1, 2, 32, 6))
                .constant(noise("r", 2, 2, 32, 8))
                .constant(noise("b", 3, 2, 64))
                .node(
                        "LSTM",
                        List.of("x", "w", "r", "b"),
                        "y",
                        Nodes.attribute("hidden_size", 8),
                        Nodes.attribute("direction", "bidirectional"))
                .output("y", 5, 2, 1, 8)
                .model();

        // When
        var options = new DynamicOptions(perChannel, false, true, Set.of());
        var int8 = DynamicQuantizer.quantize(model, options, PROVENANCE);

        // Then
        assertThat(operators(int8.model())).containsExactly("DynamicQuantizeLSTM");
        assertThat(error(model, int8.model(), 5, 1, 6)).isLessThan(0.03);
    }

    @Test
    void anAttentionAnswersNearlyAsBefore() throws Exception {
        var model = withMicrosoft(Graphs.opset(14)
                .input("x", 1, 5, 16)
                .constant(noise("w", 1, 16, 48))
                .constant(noise("b", 2, 48))
                .node("Attention", List.of("x", "w", "b"), "y", Nodes.attribute("num_heads", 2))
                .output("y", 1, 5, 16)
                .proto());
        var int8 = DynamicQuantizer.quantize(model, PROVENANCE);
        assertThat(operators(int8.model())).containsExactly("DynamicQuantizeLinear", "QAttention");
        assertThat(error(model, int8.model(), 1, 5, 16)).isLessThan(0.03);
    }

    @Test
    void productsOfOneTensorShareItsQuantizationAndAGemmKeepsItsBias() throws Exception {
        var model = Graphs.opset(11)
                .input("x", 3, 16)
                .constant(noise("w", 1, 16, 8))
                .constant(noise("turned", 2, 8, 16))
                .constant(noise("b", 3, 8))
                .node("MatMul", List.of("x", "w"), "one")
                .node("Gemm", List.of("x", "turned", "b"), "two", Nodes.attribute("transB", 1))
                .node("Add", List.of("one", "two"), "y")
                .output("y", 3, 8)
                .model();
        var int8 = DynamicQuantizer.quantize(model, PROVENANCE);
        assertThat(operators(int8.model()))
                .containsOnlyOnce("DynamicQuantizeLinear")
                .doesNotContain("MatMul", "Gemm");
        assertThat(error(model, int8.model(), 3, 16)).isLessThan(0.02);
    }

    @Test
    void whatIsExcludedStaysAndWhoIsUnknownIsNamed() throws Exception {
        var model = Graphs.opset(11)
                .input("x", 3, 16)
                .constant(noise("w", 1, 16, 8))
                .node("MatMul", List.of("x", "w"), "y")
                .output("y", 3, 8)
                .model();
        assertThatThrownBy(() -> DynamicQuantizer.quantize(
                        model, DynamicOptions.DEFAULT.excluding(Set.of("nobody")), PROVENANCE))
                .hasMessage("node 'nobody' is not in the graph");
        assertThatThrownBy(() -> DynamicQuantizer.quantize(
                        model, DynamicOptions.DEFAULT.excluding(Set.of("y.node")), PROVENANCE))
                .hasMessageContaining("nothing to quantize");
    }

    private static OnnxModel withMicrosoft(OnnxMl.ModelProto proto) throws Exception {
        var model = proto.toBuilder();
        model.addOpsetImportBuilder().setDomain("com.microsoft").setVersion(1);
        model.getGraphBuilder().getNodeBuilder(0).setDomain("com.microsoft");
        return OnnxModel.parse(model.build().toByteArray());
    }

    private static List<String> operators(OnnxModel model) {
        return model.proto().getGraph().getNodeList().stream()
                .map(OnnxMl.NodeProto::getOpType)
                .toList();
    }

    /** Length of the difference by length of the FP32 answer. */
    private static double error(OnnxModel before, OnnxModel after, long... shape) throws Exception {
        var size = 1;
        for (long axis : shape) {
            size *= (int) axis;
        }
        var input = Map.of("x", Tensor.of(shape, values(size, 9)));
        var expected = run(before, input);
        var values = run(after, input);
        var difference = 0.0;
        var length = 0.0;
        for (int i = 0; i < expected.length; i++) {
            difference += Math.pow(values[i] - expected[i], 2);
            length += Math.pow(expected[i], 2);
        }
        return Math.sqrt(difference / length);
    }

    private static float[] run(OnnxModel model, Map<String, Tensor> input) throws Exception {
        try (var engine = OrtEngine.load(model.toBytes(), EngineOptions.DEFAULT)) {
            return engine.run(input).get("y").toArray();
        }
    }

    private static OnnxMl.TensorProto noise(String name, long seed, long... dims) {
        var size = 1;
        for (long dim : dims) {
            size *= (int) dim;
        }
        var list = Arrays.stream(dims).boxed().toList();
        return Tensors.ofFloats(name, list, values(size, seed));
    }

    private static float[] values(int size, long seed) {
        var random = new Random(seed);
        var values = new float[size];
        for (int i = 0; i < size; i++) {
            values[i] = (float) random.nextGaussian() * 0.5f;
        }
        return values;
    }
}
