package io.plumbline.quantizer.qat;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.inference.EngineOptions;
import io.plumbline.inference.OrtEngine;
import io.plumbline.inference.Tensor;
import io.plumbline.quantizer.onnx.OnnxModel;
import io.plumbline.quantizer.quality.Comparison;
import io.plumbline.support.SharedFiles;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class FloatTwinTest {

    @Test
    void noActivationIsRoundedAndTheAnswersAreThoseThatRoundingIsNearTo() throws Exception {
        // Given
        var trained = Files.readAllBytes(SharedFiles.require("models/occ5_qat_qdq.onnx"));
        var values = ByteBuffer.wrap(Files.readAllBytes(SharedFiles.require("models/occ5_check_x.f32")))
                .order(ByteOrder.LITTLE_ENDIAN)
                .asFloatBuffer();

        // When
        var twin = FloatTwin.of(OnnxModel.parse(trained));

        // Then
        assertThat(quantizers(OnnxModel.parse(trained))).isNotEmpty();
        assertThat(quantizers(twin)).isEmpty();
        var comparison = new Comparison();
        try (var rounded = OrtEngine.load(trained, EngineOptions.DEFAULT);
                var real = OrtEngine.load(twin.toBytes(), EngineOptions.DEFAULT)) {
            while (values.remaining() >= 5 * 32) {
                var window = new float[5 * 32];
                values.get(window);
                var input = Map.of("x", Tensor.of(new long[] {1, 5, 32}, window));
                comparison.add(
                        real.run(input).get("logits").toArray(),
                        rounded.run(input).get("logits").toArray(),
                        2);
            }
        }
        assertThat(comparison.result().agreement()).isGreaterThan(0.95);
        assertThat(comparison.result().sqnrDb()).isBetween(5.0, 60.0);
    }

    /** Activations that become integers. */
    private static Set<String> quantizers(OnnxModel model) {
        return model.proto().getGraph().getNodeList().stream()
                .filter(node -> node.getOpType().equals("QuantizeLinear"))
                .map(node -> node.getInput(0))
                .filter(input -> model.constant(input).isEmpty())
                .collect(Collectors.toSet());
    }
}
