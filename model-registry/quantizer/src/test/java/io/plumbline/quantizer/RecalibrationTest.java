package io.plumbline.quantizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.onnx.proto.OnnxMl;
import io.plumbline.inference.EngineOptions;
import io.plumbline.inference.OrtEngine;
import io.plumbline.inference.Tensor;
import io.plumbline.quantizer.arithmetic.ActivationRange;
import io.plumbline.quantizer.onnx.OnnxModel;
import io.plumbline.quantizer.onnx.Tensors;
import io.plumbline.quantizer.qdq.Recalibration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** New ranges from the build alone, mixed with the old ones or not. */
class RecalibrationTest {

    private static final Provenance PROVENANCE = new Provenance("s", "static", Optional.of("c"));
    private static final long[] SHAPE = {1, 1, 1, 2};

    /** y = Relu(2 x - 1), then 3 y; the Relu goes into the range of r. */
    private static OnnxModel model() {
        return SmallGraph.of(13, SHAPE)
                .floats("w", List.of(1L, 1L, 1L, 1L), 2)
                .floats("b", List.of(1L), -1)
                .floats("v", List.of(1L, 1L, 1L, 1L), 3)
                .node("Conv", "x w b -> c")
                .node("Relu", "c -> r")
                .node("Conv", "r v -> y")
                .model();
    }

    private static OnnxModel build(ActivationRange x) throws Exception {
        var ranges = Map.of("x", x, "r", new ActivationRange(0, 2), "y", new ActivationRange(0, 6));
        return StaticQuantizer.quantize(model(), ranges, PROVENANCE).model();
    }

    @Test
    void aShareOfTheWayIsOneStepOfAMovingAverage() throws Exception {
        // Given
        var build = build(new ActivationRange(-2, 4));
        var fresh =
                Map.of("x", new ActivationRange(-4, 8), "r", new ActivationRange(0, 2), "y", new ActivationRange(0, 6));

        // When
        var half = Recalibration.of(build).apply(fresh, new Renewal(0.5, 10), PROVENANCE);

        // Then
        assertThat(scale(build, "x")).isCloseTo(6f / 255, within(1e-9f));
        assertThat(scale(half.model(), "x")).isCloseTo(9f / 255, within(1e-8f));
        assertThat(scale(half.model(), "r.float")).isCloseTo(2f / 255, within(1e-8f));
        assertThat(half.model().proto().getGraph().getInitializerList())
                .filteredOn(tensor -> tensor.getDataType() == OnnxMl.TensorProto.DataType.UINT8.getNumber())
                .anyMatch(tensor -> (tensor.getRawData().byteAt(0) & 0xFF) == 85);
    }

    @Test
    void aRangeThatDoesNotHoldZeroIsMixedAsOneThatDoes() throws Exception {
        assertThat(new Renewal(0.25, 10).of(new ActivationRange(0, 4), new ActivationRange(6, 8)))
                .isEqualTo(new ActivationRange(0, 5));
        assertThat(Renewal.FORGETTING.of(new ActivationRange(-1, 4), new ActivationRange(-70, 80)))
                .isEqualTo(new ActivationRange(-70, 80));
        assertThatThrownBy(() -> new Renewal(0, 10)).hasMessage("share 0.0 must be in (0, 1]");
        assertThatThrownBy(() -> new Renewal(1, 0.5)).hasMessage("growth 0.5 must be at least 1");
    }

    @Test
    void anInputThatGrowsTooFarIsRefusedByItsTensor() throws Exception {
        var build = build(new ActivationRange(-2, 4));
        var fresh = Map.of(
                "x", new ActivationRange(-4, 60), "r", new ActivationRange(0, 2), "y", new ActivationRange(0, 6));
        assertThatThrownBy(() -> Recalibration.of(build).apply(fresh, new Renewal(1, 10), PROVENANCE))
                .hasMessageContaining(
                        "tensor 'x' was seen from -4.000 to 60.00, 10.7 times as wide as its range; at most 10 times");
    }

    @Test
    void aTensorBehindTheInputMayOpenAsFarAsTheDataDemands() throws Exception {
        // Given
        var fresh = Map.of(
                "x", new ActivationRange(-4, 8), "r", new ActivationRange(0, 2), "y", new ActivationRange(0, 6_000));

        // When
        var renewed = Recalibration.of(build(new ActivationRange(-2, 4))).apply(fresh, new Renewal(1, 10), PROVENANCE);

        // Then
        assertThat(scale(renewed.model(), "x")).isCloseTo(12f / 255, within(1e-8f));
    }

    @Test
    void aTensorThatWasZeroThroughoutHasNoRangeToKeep() throws Exception {
        var build = build(new ActivationRange(0, 0));
        var fresh =
                Map.of("x", new ActivationRange(-1, 1), "r", new ActivationRange(0, 2), "y", new ActivationRange(0, 6));
        var renewed = Recalibration.of(build).apply(fresh, new Renewal(0.5, 10), PROVENANCE);
        assertThat(scale(renewed.model(), "x")).isCloseTo(2f / 255, within(1e-8f));
    }

    @Test
    void theFloatFormShowsWhatTheBuildClipsAndKeepsWhatItsRangesHadAbsorbed() throws Exception {
        // Given
        var recalibration = Recalibration.of(build(new ActivationRange(-1, 1)));
        assertThat(recalibration.observed()).containsExactly("x", "r", "y.float");

        // When
        var observed = ObservedModel.of(recalibration.floatForm(), recalibration.observed());
        var x = Tensor.of(SHAPE, new float[] {-5, 4});

        // Then
        try (var engine = OrtEngine.load(observed.toBytes(), EngineOptions.DEFAULT)) {
            var answers = engine.run(Map.of("x", x));
            assertThat(answers.get("r").toArray()).containsExactly(new float[] {0, 7}, within(0.05f));
            assertThat(answers.get("y").toArray()).containsExactly(new float[] {0, 21}, within(0.2f));
        }
    }

    @Test
    void aBuildOfAnotherToolKeepsItsReluOverManyRecalibrationsAndItsScalesMayBeNodes() throws Exception {
        // Given
        var foreign = withScalesAsNodes(build(new ActivationRange(-2, 2)));
        var wide = Map.of(
                "x", new ActivationRange(-2, 2), "r", new ActivationRange(-5, 3), "y", new ActivationRange(-9, 9));
        var x = Tensor.of(SHAPE, new float[] {-2, 2});

        // When
        var once = Recalibration.of(foreign).apply(wide, Renewal.FORGETTING, PROVENANCE);
        var twice = Recalibration.of(once.model()).apply(wide, Renewal.FORGETTING, PROVENANCE);

        // Then
        assertThat(scale(twice.model(), "r.float")).isCloseTo(3f / 255, within(1e-8f));
        assertThat(SmallGraph.run(twice.model(), x)).containsExactly(new float[] {0, 9}, within(0.1f));
    }

    /** Without our metadata, as exporters of other makers write it. */
    private static OnnxModel withScalesAsNodes(OnnxModel build) {
        var graph = build.proto().getGraph().toBuilder();
        var nodes = List.copyOf(graph.getNodeList());
        graph.clearNode().clearInitializer();
        for (var tensor : build.proto().getGraph().getInitializerList()) {
            if (tensor.getDimsCount() == 0) {
                var value = OnnxMl.AttributeProto.newBuilder()
                        .setName("value")
                        .setType(OnnxMl.AttributeProto.AttributeType.TENSOR)
                        .setT(tensor);
                graph.addNode(OnnxMl.NodeProto.newBuilder()
                        .setOpType("Constant")
                        .addOutput(tensor.getName())
                        .addAttribute(value));
            } else {
                graph.addInitializer(tensor);
            }
        }
        return OnnxModel.wrap(build.proto().toBuilder()
                .clearMetadataProps()
                .setGraph(graph.addAllNode(nodes))
                .build());
    }

    /** Of the quantizer that reads a tensor. */
    private static float scale(OnnxModel model, String tensor) throws Exception {
        var quantizer = model.proto().getGraph().getNodeList().stream()
                .filter(node -> node.getOpType().equals("QuantizeLinear")
                        && node.getInput(0).equals(tensor))
                .findFirst()
                .orElseThrow();
        return Tensors.floats(model.constant(quantizer.getInput(1)).orElseThrow())[0];
    }
}
