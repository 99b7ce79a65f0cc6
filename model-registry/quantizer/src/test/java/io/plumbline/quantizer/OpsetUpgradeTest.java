package io.plumbline.quantizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.plumbline.inference.Tensor;
import io.plumbline.quantizer.onnx.Nodes;
import io.plumbline.quantizer.onnx.OnnxModel;
import io.plumbline.quantizer.onnx.UnsupportedGraphException;
import io.plumbline.quantizer.onnx.upgrade.OpsetUpgrade;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class OpsetUpgradeTest {

    private static final Tensor X = SmallGraph.sample(7, 2, 3, 4);
    private static final Tensor IMAGE = SmallGraph.sample(8, 1, 2, 3, 3);

    static Stream<Arguments> graphs() {
        return Stream.of(
                one(
                        "Squeeze",
                        small(11)
                                .node("Unsqueeze", "x -> a", SmallGraph.ints("axes", 0, 2))
                                .node("Squeeze", "a -> y", SmallGraph.ints("axes", 2))),
                one(
                        "ReduceSum",
                        small(11)
                                .node(
                                        "ReduceSum",
                                        "x -> y",
                                        SmallGraph.ints("axes", 1),
                                        Nodes.attribute("keepdims", 0))),
                one("ReduceSum of all", small(9).node("ReduceSum", "x -> y")),
                one(
                        "Split",
                        small(11)
                                .node("Split", "x -> a b", SmallGraph.ints("split", 1, 2), Nodes.attribute("axis", 1))
                                .node("Add", "a b -> y")),
                one("Softmax over two axes", small(11).node("Softmax", "x -> y", Nodes.attribute("axis", 1))),
                one("Softmax by default", small(9).node("Softmax", "x -> y")),
                one("Softmax last", small(11).node("Softmax", "x -> y", Nodes.attribute("axis", 2))),
                one("Softmax from the end", small(11).node("Softmax", "x -> y", Nodes.attribute("axis", -1))),
                one("LogSoftmax", small(11).node("LogSoftmax", "x -> y", Nodes.attribute("axis", 0))),
                one("Hardmax", small(11).node("Hardmax", "x -> y", Nodes.attribute("axis", 1))),
                one("Dropout", small(9).node("Dropout", "x -> y", SmallGraph.real("ratio", 0.5f))),
                one(
                        "Clip",
                        small(9).node("Clip", "x -> y", SmallGraph.real("min", -0.5f), SmallGraph.real("max", 0.25f))),
                one("Clip above", small(7).node("Clip", "x -> y", SmallGraph.real("max", 0.25f))),
                one(
                        "Pad",
                        small(9).node(
                                        "Pad",
                                        "x -> y",
                                        SmallGraph.ints("pads", 0, 1, 0, 0, 0, 2),
                                        SmallGraph.real("value", 3))),
                one(
                        "Slice",
                        small(9).node(
                                        "Slice",
                                        "x -> y",
                                        SmallGraph.ints("starts", 1),
                                        SmallGraph.ints("ends", 3),
                                        SmallGraph.ints("axes", 2))),
                one("TopK", small(9).node("TopK", "x -> y i", Nodes.attribute("k", 2))),
                Arguments.of(
                        "Upsample by attribute",
                        image(7).node("Upsample", "x -> y", SmallGraph.reals("scales", 1, 1, 2, 2))
                                .model(),
                        IMAGE),
                Arguments.of(
                        "Upsample by input, linear",
                        image(9).floats("s", List.of(4L), 1, 1, 2, 2)
                                .node("Upsample", "x s -> y", Nodes.attribute("mode", "linear"))
                                .model(),
                        IMAGE),
                Arguments.of(
                        "Resize of 10",
                        image(10)
                                .floats("s", List.of(4L), 1, 1, 1.5f, 1.5f)
                                .node("Resize", "x s -> y")
                                .model(),
                        IMAGE),
                Arguments.of(
                        "BatchNormalization",
                        image(7).floats("g", List.of(2L), 1, 2)
                                .floats("b", List.of(2L), 0.5f, -1)
                                .floats("m", List.of(2L), 0, 1)
                                .floats("v", List.of(2L), 1, 4)
                                .node("BatchNormalization", "x g b m v -> y", Nodes.attribute("spatial", 1))
                                .model(),
                        IMAGE));
    }

    private static SmallGraph small(long opset) {
        return SmallGraph.of(opset, 2, 3, 4);
    }

    private static SmallGraph image(long opset) {
        return SmallGraph.of(opset, 1, 2, 3, 3);
    }

    private static Arguments one(String name, SmallGraph graph) {
        return Arguments.of(name, graph.model(), X);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("graphs")
    void theUpgradedGraphAnswersAsTheOlderOne(String name, OnnxModel old, Tensor x) throws Exception {
        var upgraded = OpsetUpgrade.apply(old);
        assertThat(upgraded.opset()).as(name).isEqualTo(13);
        var expected = SmallGraph.run(old, x);
        var answer = SmallGraph.run(upgraded, x);
        assertThat(answer).hasSameSizeAs(expected);
        for (int i = 0; i < expected.length; i++) {
            assertThat(answer[i]).as(name).isCloseTo(expected[i], within(1e-6f));
        }
    }

    @Test
    void whatIsNotKnownIsRefusedByNode() {
        var unknown = small(11).node("Teleport", "x -> y").model();
        assertThatThrownBy(() -> OpsetUpgrade.apply(unknown))
                .isInstanceOf(UnsupportedGraphException.class)
                .hasMessageStartingWith(
                        "Teleport 'Teleport0' -> 'y': it is not known what Teleport of operator set 11");
        var masked = small(9).node("Dropout", "x -> y mask").model();
        assertThatThrownBy(() -> OpsetUpgrade.apply(masked)).hasMessageContaining("its mask is used");
        var older = small(6).node("Relu", "x -> y").model();
        assertThatThrownBy(() -> OpsetUpgrade.apply(older)).hasMessageContaining("older than 7");
    }

    @Test
    void aNewerModelStaysAsItIs() throws Exception {
        var newer = small(17).node("Relu", "x -> y").model();
        assertThat(OpsetUpgrade.apply(newer)).isSameAs(newer);
    }
}
