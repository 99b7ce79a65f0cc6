package io.plumbline.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OrtEngineTest {

    @Test
    void theClimateModelGivesTheProbabilitiesItWasTrainedTo() throws IOException, ModelLoadException {
        var windows = Climate.windows();
        var expected = Climate.eventProbabilities();
        try (var engine = OrtEngine.load(Climate.fp32(), EngineOptions.DEFAULT)) {
            for (int i = 0; i < windows.size(); i++) {
                var out = engine.run(Map.of("window", windows.get(i)));
                assertThat((double) out.get("probabilities").get(1)).isCloseTo(expected.get(i), within(1e-5));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void anEngineThatUsesItsBuffersAgainGivesWhatAFreshOneGives(long seed) throws IOException, ModelLoadException {
        // Given
        var random = new Random(seed);
        var model = Climate.fp32();
        try (var engine = OrtEngine.load(model, EngineOptions.DEFAULT)) {
            for (int i = 0; i < 40; i++) {
                var batch = random.nextInt(4) == 0 ? 3 : 1;
                var inputs = Map.of("window", randomWindows(random, batch));

                // When
                var reused = engine.run(inputs);

                // Then
                try (var fresh = OrtEngine.load(model, EngineOptions.DEFAULT)) {
                    assertThat(reused).isEqualTo(fresh.run(inputs));
                }
            }
        }
    }

    @Test
    void anInputThatIsAnOutputTooIsThatOfEveryRun() throws ModelLoadException {
        var model = new TestGraph()
                .input("x", TestGraph.FLOAT, "1")
                .output("y", TestGraph.FLOAT, "1")
                .output("x", TestGraph.FLOAT, "1")
                .node("Neg", List.of("x"), "y")
                .bytes();
        try (var engine = OrtEngine.load(model, EngineOptions.DEFAULT)) {
            for (float value = 1; value < 5; value++) {
                var outputs = engine.run(Map.of("x", Tensor.of(new long[] {1}, new float[] {value})));
                assertThat(outputs.get("x").get(0)).isEqualTo(value);
                assertThat(outputs.get("y").get(0)).isEqualTo(-value);
            }
        }
    }

    @Test
    void anAnswerIsNotOverwrittenByTheNextOne() throws IOException, ModelLoadException {
        var windows = Climate.windows();
        try (var engine = OrtEngine.load(Climate.fp32(), EngineOptions.DEFAULT)) {
            engine.run(Map.of("window", windows.get(0)));
            engine.run(Map.of("window", windows.get(0)));
            var answer = engine.run(Map.of("window", windows.get(0))).get("probabilities");
            var before = answer.toArray();
            engine.run(Map.of("window", windows.get(windows.size() - 1)));
            assertThat(answer.toArray()).isEqualTo(before);
        }
    }

    @Test
    void aModelWhoseOutputShapeDependsOnValuesKeepsRunning() throws ModelLoadException {
        var positives = new TestGraph()
                .input("x", TestGraph.FLOAT, "n")
                .output("y", TestGraph.FLOAT, "m")
                .constant("zero", 0)
                .node("Greater", List.of("x", "zero"), "positive")
                .node("Compress", List.of("x", "positive"), "y")
                .bytes();
        try (var engine = OrtEngine.load(positives, EngineOptions.DEFAULT)) {
            for (int i = 0; i < 3; i++) {
                assertThat(engine.run(Map.of("x", vector(1, -1, 2)))).containsEntry("y", vector(1, 2));
            }
            for (int i = 0; i < 3; i++) {
                assertThat(engine.run(Map.of("x", vector(3, 4, 5)))).containsEntry("y", vector(3, 4, 5));
                assertThat(engine.run(Map.of("x", vector(-3, -4, -5)))).containsEntry("y", vector());
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"7, INT64", "6, INT32", "3, INT8", "2, UINT8", "9, BOOL", "11, FLOAT64", "1, FLOAT32"})
    void wholeNumbersPassThroughEveryElementType(int onnxType, ElementType type) throws Exception {
        var same = new TestGraph()
                .input("ids", onnxType, "n")
                .output("same", onnxType, "n")
                .node("Identity", List.of("ids"), "same")
                .bytes();
        try (var engine = OrtEngine.load(same, EngineOptions.DEFAULT)) {
            assertThat(engine.inputs().get(0).type()).isEqualTo(type);
            for (int i = 0; i < 3; i++) {
                assertThat(engine.run(Map.of("ids", vector(1, 0, 1)))).containsEntry("same", vector(1, 0, 1));
            }
        }
    }

    @Test
    void aValueThatTheElementTypeCannotHoldIsRefused() throws Exception {
        var integers = new TestGraph()
                .input("ids", TestGraph.INT64, "n")
                .output("same", TestGraph.INT64, "n")
                .node("Identity", List.of("ids"), "same")
                .bytes();
        try (var engine = OrtEngine.load(integers, EngineOptions.DEFAULT)) {
            assertThatThrownBy(() -> engine.run(Map.of("ids", vector(1.5f))))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("value 1.5 does not fit element type int64");
        }
    }

    @Test
    void aTensorOfTextIsRefusedByNameAndType() {
        var text = new TestGraph()
                .input("words", 8, "n")
                .output("same", 8, "n")
                .node("Identity", List.of("words"), "same")
                .bytes();
        assertThatThrownBy(() -> OrtEngine.load(text, EngineOptions.DEFAULT))
                .isInstanceOf(ModelLoadException.class)
                .hasMessage("'words' is string; inputs and outputs must be one of float, double, int64, int32, int8,"
                        + " uint8, bool");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 100, 5_000, 20_000})
    void aModelThatIsCutOffIsRefusedInOneLine(int length) throws IOException {
        var model = Climate.fp32();
        assertThat(model.length).isGreaterThan(length);
        assertThatThrownBy(() -> OrtEngine.load(Arrays.copyOf(model, length), EngineOptions.DEFAULT))
                .isInstanceOf(ModelLoadException.class)
                .hasMessageStartingWith("ONNX Runtime cannot load the model: ")
                .message()
                .doesNotContain("\n");
    }

    @Test
    void anUnknownOperatorIsNamed() {
        var unknown = new TestGraph()
                .input("x", TestGraph.FLOAT, "n")
                .output("y", TestGraph.FLOAT, "n")
                .node("Frobnicate", List.of("x"), "y")
                .bytes();
        assertThatThrownBy(() -> OrtEngine.load(unknown, EngineOptions.DEFAULT))
                .isInstanceOf(ModelLoadException.class)
                .hasMessageContaining("Frobnicate");
    }

    @Test
    void aMissingOrMisshapenInputIsNamedAndLeavesTheEngineUsable() throws IOException, ModelLoadException {
        try (var engine = OrtEngine.load(Climate.fp32(), EngineOptions.DEFAULT)) {
            assertThatThrownBy(() -> engine.run(Map.of())).hasMessage("input 'window' is missing");
            assertThatThrownBy(() -> engine.run(Map.of("window", Tensor.of(new long[] {1, 2, 2}, new float[4]))))
                    .hasMessageContaining("input 'window' of shape [-1, 16, 2] was given Tensor[1, 2, 2]");
            assertThat(engine.run(Map.of("window", Climate.windows().get(0)))).containsKey("probabilities");
        }
    }

    @Test
    void closingTwiceIsHarmlessAndRunningAClosedModelIsABug() throws IOException, ModelLoadException {
        var engine = OrtEngine.load(Climate.fp32(), EngineOptions.DEFAULT);
        var window = Climate.windows().get(0);
        engine.run(Map.of("window", window));
        engine.close();
        engine.close();
        assertThatThrownBy(() -> engine.run(Map.of("window", window)))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("is a bug");
    }

    private static Tensor vector(float... values) {
        return Tensor.of(new long[] {values.length}, values);
    }

    private static Tensor randomWindows(Random random, int batch) {
        var data = new float[batch * 32];
        for (int i = 0; i < data.length; i++) {
            data[i] = random.nextFloat() * 60;
        }
        return Tensor.of(new long[] {batch, 16, 2}, data);
    }
}
