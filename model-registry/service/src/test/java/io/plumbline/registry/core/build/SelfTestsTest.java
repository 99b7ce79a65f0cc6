package io.plumbline.registry.core.build;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.inference.InferenceEngine;
import io.plumbline.inference.Tensor;
import io.plumbline.inference.TensorSpec;
import io.plumbline.inference.card.ModelCard;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SelfTestsTest {

    private static final String CARD = """
            model: tiny
            task: detection
            input:
              tensor: x
              image: {width: 64, height: 48, channels: BGR, layout: NCHW, resize: stretch, interpolation: area, std: [255, 255, 255]}
            output: {decode: grid, tensor: y, score: 0.5, overlap: 0.45, perClass: true, labels: [thing]}
            recipes: [dynamic]
            """;

    /** Gives what it takes, or always the same: as a detector that is sure of nothing. */
    private record Given(boolean same) implements InferenceEngine {

        @Override
        public List<TensorSpec> inputs() {
            return List.of();
        }

        @Override
        public List<TensorSpec> outputs() {
            return List.of();
        }

        @Override
        public Map<String, Tensor> run(Map<String, Tensor> inputs) {
            var x = inputs.get("x");
            return Map.of("y", same ? Tensor.of(x.shape(), new float[x.size()]) : x);
        }

        @Override
        public void close() {}
    }

    @Test
    void imagesAreWrittenOnceAndAnswersWhollyEvenIfTheyRepeatThemselves() throws Exception {
        // Given
        var probes = SelfTests.probes(ModelCard.parse(CARD.getBytes(StandardCharsets.UTF_8)));

        for (var same : List.of(true, false)) {
            // When
            var test = SelfTests.answers(new Given(same), SelfTests.questions("x", probes));

            // Then
            assertThat(test.cases()).hasSize(2).allSatisfy(one -> {
                assertThat(one.inputs().get(0).shape()).containsExactly(1L, 3L, 48L, 64L);
                assertThat(one.inputs().get(0).values()).hasSize(4093);
                assertThat(one.outputs().get(0).values()).hasSize(3 * 48 * 64);
            });
        }
    }
}
