package io.plumbline.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OrtGraphToolsTest {

    private static final byte[] MIXED = new TestGraph()
            .input("x", TestGraph.FLOAT, "n")
            .output("y", TestGraph.FLOAT, "n")
            .constant("one", 1)
            .constant("two", 2)
            .node("Mul", List.of("one", "two"), "product")
            .node("Add", List.of("one", "product"), "three")
            .node("Greater", List.of("x", "three"), "large")
            .node("Shape", List.of("x"), "shape")
            .node("Where", List.of("large", "three", "x"), "y")
            .bytes();

    @Test
    void everyTensorOfAGraphHasAnElementType() throws ModelLoadException {
        assertThat(OrtGraphTools.elementTypes(MIXED, List.of("shape", "large", "x", "product", "y")))
                .containsExactly(
                        entry("shape", "int64"),
                        entry("large", "bool"),
                        entry("x", "float"),
                        entry("product", "float"),
                        entry("y", "float"));
    }

    @Test
    void aNameThatIsNotInTheGraphIsRefused() {
        assertThatThrownBy(() -> OrtGraphTools.elementTypes(MIXED, List.of("x", "nowhere")))
                .isInstanceOf(ModelLoadException.class)
                .hasMessageContaining("nowhere")
                .message()
                .doesNotContain("\n");
    }

    @Test
    void basicOptimizationFoldsConstantsAndKeepsTheAnswers() throws ModelLoadException {
        // When
        var optimized = OrtGraphTools.optimizeBasic(MIXED);

        // Then
        assertThatThrownBy(() -> OrtGraphTools.elementTypes(optimized, List.of("product")))
                .isInstanceOf(ModelLoadException.class);
        var inputs = Map.of("x", Tensor.of(new long[] {4}, new float[] {-1, 2, 3, 7}));
        assertThat(run(optimized, inputs)).isEqualTo(run(MIXED, inputs));
    }

    @Test
    void basicOptimizationOfTheClimateModelKeepsItsAnswers() throws IOException, ModelLoadException {
        var optimized = OrtGraphTools.optimizeBasic(Climate.fp32());
        var inputs = Map.of("window", Climate.windows().get(20));
        assertThat(run(optimized, inputs)).isEqualTo(run(Climate.fp32(), inputs));
    }

    @Test
    void whatIsNoModelIsRefused() {
        assertThatThrownBy(() -> OrtGraphTools.optimizeBasic(new byte[] {1, 2})).isInstanceOf(ModelLoadException.class);
        assertThatThrownBy(() -> OrtGraphTools.elementTypes(new byte[] {1, 2}, List.of("x")))
                .isInstanceOf(ModelLoadException.class);
    }

    @Test
    void filesAreOptimizedAndTypedLikeBytes(@TempDir Path folder) throws IOException, ModelLoadException {
        // Given
        var file = Files.write(folder.resolve("climate.onnx"), Climate.fp32());
        var inputs = Map.of("window", Climate.windows().get(20));

        // When
        OrtGraphTools.optimizeBasic(file, folder.resolve("optimized.onnx"));

        // Then
        assertThat(folder.resolve("optimized.onnx.data")).isNotEmptyFile();
        assertThat(run(folder.resolve("optimized.onnx"), inputs)).isEqualTo(run(Climate.fp32(), inputs));
        var mixed = Files.write(folder.resolve("mixed.onnx"), MIXED);
        assertThat(OrtGraphTools.elementTypes(mixed, List.of("shape", "large", "x")))
                .containsExactly(entry("shape", "int64"), entry("large", "bool"), entry("x", "float"));
        assertThatThrownBy(() -> OrtEngine.load(folder.resolve("none.onnx"), EngineOptions.DEFAULT))
                .isInstanceOf(ModelLoadException.class)
                .hasMessageContaining("none.onnx");
    }

    private static Map<String, Tensor> run(Path model, Map<String, Tensor> inputs) throws ModelLoadException {
        try (var engine = OrtEngine.load(model, EngineOptions.DEFAULT)) {
            return engine.run(inputs);
        }
    }

    private static Map<String, Tensor> run(byte[] model, Map<String, Tensor> inputs) throws ModelLoadException {
        try (var engine = OrtEngine.load(model, EngineOptions.DEFAULT)) {
            return engine.run(inputs);
        }
    }
}
