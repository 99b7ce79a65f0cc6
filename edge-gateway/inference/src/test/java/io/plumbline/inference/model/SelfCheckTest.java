package io.plumbline.inference.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.contract.artifact.SelfTest;
import io.plumbline.inference.Climate;
import io.plumbline.inference.EngineOptions;
import io.plumbline.inference.ModelLoadException;
import io.plumbline.inference.OrtEngine;
import io.plumbline.inference.Tensor;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SelfCheckTest {

    private OrtEngine engine;
    private Tensor window;
    private Tensor probabilities;

    @BeforeEach
    void recordACase() throws IOException, ModelLoadException {
        engine = OrtEngine.load(Climate.fp32(), EngineOptions.DEFAULT);
        window = Climate.windows().get(3);
        probabilities = engine.run(Map.of("window", window)).get("probabilities");
    }

    @AfterEach
    void close() {
        engine.close();
    }

    @Test
    void whatWasRecordedHereIsReproducedHere() {
        assertThat(check(0, window, List.of(named("probabilities", probabilities))))
                .isEmpty();
    }

    @Test
    void theFirstOutputThatDiffersIsNamedWithBothValues() {
        var shifted = probabilities.toArray();
        shifted[1] += 0.25f;
        var other = Tensor.of(probabilities.shape(), shifted);
        assertThat(check(0.3, window, List.of(named("probabilities", other)))).isEmpty();
        assertThat(check(0.2, window, List.of(named("probabilities", other))))
                .hasValueSatisfying(text -> assertThat(text)
                        .isEqualTo("self-test case 0: output 'probabilities'[1] is " + probabilities.get(1)
                                + ", recorded " + shifted[1] + ", tolerance 0.2"));
    }

    @Test
    void whatIsNotANumberIsAFailureWhateverTheTolerance() {
        var recorded = Tensor.of(probabilities.shape(), new float[] {Float.NaN, 0});
        assertThat(check(1e9, window, List.of(named("probabilities", recorded))))
                .hasValueSatisfying(text -> assertThat(text).contains("recorded NaN"));
        var poisoned = window.toArray();
        poisoned[0] = Float.NaN;
        assertThat(check(1e9, Tensor.of(window.shape(), poisoned), List.of(named("probabilities", probabilities))))
                .hasValueSatisfying(text -> assertThat(text).contains("[0] is NaN"));
    }

    @Test
    void anOutputThatIsMissingOrOfAnotherShapeIsAFailure() {
        assertThat(check(1, window, List.of(named("logits", probabilities))))
                .hasValue("self-test case 0: output 'logits' is missing");
        var flat = Tensor.of(new long[] {2}, probabilities.toArray());
        assertThat(check(1, window, List.of(named("probabilities", flat))))
                .hasValue(
                        "self-test case 0: output 'probabilities' has shape [1, 2], recorded are 2 values of shape [2]");
    }

    @Test
    void aCaseThatCannotRunIsAFailure() {
        var small = Tensor.of(new long[] {1, 2, 2}, new float[4]);
        assertThat(check(1, small, List.of(named("probabilities", probabilities))))
                .hasValueSatisfying(text -> assertThat(text).contains("was given Tensor[1, 2, 2]"));
    }

    @Test
    void whatChecksNothingIsNotSafe() {
        assertThat(SelfCheck.firstFailure(new SelfTest(List.of(), 1), engine)).isPresent();
        assertThat(check(1, window, List.of())).hasValue("self-test case 0: no output is recorded");
    }

    private Optional<String> check(double tolerance, Tensor input, List<SelfTest.NamedTensor> outputs) {
        var one = new SelfTest.Case(List.of(named("window", input)), outputs);
        return SelfCheck.firstFailure(new SelfTest(List.of(one), tolerance), engine);
    }

    private static SelfTest.NamedTensor named(String name, Tensor tensor) {
        var values = new ArrayList<Float>();
        for (float value : tensor.toArray()) {
            values.add(value);
        }
        return new SelfTest.NamedTensor(
                name, Arrays.stream(tensor.shape()).boxed().toList(), values);
    }
}
