package io.plumbline.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.Test;

class OrtEngineTest {

    private static final Path CLIMATE = Path.of(System.getProperty("plumbline.root"), "cli/src/main/resources/climate");

    @Test
    void theClimateModelGivesTheProbabilitiesItWasTrainedTo() throws IOException, ModelLoadException {
        var check = new ObjectMapper().readTree(CLIMATE.resolve("check.json").toFile());
        try (var engine =
                OrtEngine.load(Files.readAllBytes(CLIMATE.resolve("climate_event_fp32.onnx")), EngineOptions.DEFAULT)) {
            for (int i = 0; i < check.get("window").size(); i++) {
                var window = new float[32];
                for (int j = 0; j < 32; j++) {
                    window[j] = (float)
                            check.get("window").get(i).get(j / 2).get(j % 2).asDouble();
                }
                var out = engine.run(Map.of("window", Tensor.of(new long[] {1, 16, 2}, window)));
                assertThat((double) out.get("probabilities").get(1))
                        .isCloseTo(
                                check.get("probabilities").get(i).get(1).asDouble(),
                                org.assertj.core.api.Assertions.within(1e-5));
            }
        }
    }

    @Test
    void aBatchOfAnotherSizeRunsOnTheSameEngine() throws IOException, ModelLoadException {
        try (var engine =
                OrtEngine.load(Files.readAllBytes(CLIMATE.resolve("climate_event_fp32.onnx")), EngineOptions.DEFAULT)) {
            var one = new float[32];
            Arrays.fill(one, 40);
            var three = new float[96];
            Arrays.fill(three, 40);
            var single = engine.run(Map.of("window", Tensor.of(new long[] {1, 16, 2}, one)))
                    .get("probabilities");
            var triple = engine.run(Map.of("window", Tensor.of(new long[] {3, 16, 2}, three)))
                    .get("probabilities");
            assertThat(triple.shape()).containsExactly(3, 2);
            assertThat(triple.get(5)).isEqualTo(single.get(1));
        }
    }

    @Test
    void bytesThatAreNoModelAreRefusedInOneLine() {
        assertThatThrownBy(() -> OrtEngine.load(new byte[] {1, 2, 3}, EngineOptions.DEFAULT))
                .isInstanceOf(ModelLoadException.class)
                .hasMessageStartingWith("ONNX Runtime cannot load the model: ")
                .message()
                .doesNotContain("\n");
    }

    @Test
    void aMissingOrMisshapenInputIsNamed() throws IOException, ModelLoadException {
        var engine =
                OrtEngine.load(Files.readAllBytes(CLIMATE.resolve("climate_event_fp32.onnx")), EngineOptions.DEFAULT);
        assertThatThrownBy(() -> engine.run(Map.of())).hasMessage("input 'window' is missing");
        assertThatThrownBy(() -> engine.run(Map.of("window", Tensor.of(new long[] {1, 2, 2}, new float[4]))))
                .hasMessageContaining("input 'window' of shape [-1, 16, 2] was given Tensor[1, 2, 2]");
        engine.close();
        engine.close();
    }
}
