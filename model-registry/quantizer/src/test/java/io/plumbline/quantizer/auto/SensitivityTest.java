package io.plumbline.quantizer.auto;

import static org.assertj.core.api.Assertions.assertThat;

import ai.onnx.proto.OnnxMl;
import io.plumbline.quantizer.onnx.Nodes;
import io.plumbline.quantizer.onnx.OnnxModel;
import io.plumbline.quantizer.quality.Closeness;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SensitivityTest {

    private static OnnxModel chain() {
        var graph = OnnxMl.GraphProto.newBuilder()
                .addNode(Nodes.of("MatMul", "first", List.of("x", "w1"), List.of("a")))
                .addNode(Nodes.of("Relu", "bound", List.of("a"), List.of("b")))
                .addNode(Nodes.of("MatMul", "second", List.of("b", "w2"), List.of("c")));
        return OnnxModel.wrap(OnnxMl.ModelProto.newBuilder().setGraph(graph).build());
    }

    private static Closeness decibels(double sqnr) {
        return new Closeness(1, Double.NaN, 1, 1, sqnr, 0);
    }

    @Test
    void theNodeThatLosesMostComesFirstHoweverNoisyItsInputWas() {
        // Given noise that begins at the first product and is only handed on by the second
        var closeness = Map.of("a", decibels(20), "b", decibels(20), "c", decibels(18));

        // When
        var suspects = Sensitivity.rank(chain(), closeness);

        // Then
        assertThat(suspects).extracting(Sensitivity.Suspect::node).containsExactly("first", "second");
        assertThat(suspects.get(0).lossDb()).isEqualTo(80);
        assertThat(suspects.get(1).lossDb()).isEqualTo(2);
    }

    @Test
    void aProductWhoseBoundIsPartOfItsRangeIsJudgedByWhatComesOutOfTheBound() {
        // Given a build that no longer has the answer of the first product itself
        var closeness = Map.of("b", decibels(20), "c", decibels(18));

        // Then
        assertThat(Sensitivity.rank(chain(), closeness))
                .extracting(Sensitivity.Suspect::node)
                .containsExactly("first", "second");
    }

    @Test
    void productsThatNobodyMeasuredAreLeftOut() {
        assertThat(Sensitivity.rank(chain(), Map.of("a", decibels(30))))
                .extracting(Sensitivity.Suspect::node)
                .containsExactly("first");
    }
}
