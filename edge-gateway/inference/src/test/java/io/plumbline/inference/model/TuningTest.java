package io.plumbline.inference.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.contract.artifact.SelfTest;
import io.plumbline.inference.Climate;
import io.plumbline.inference.EngineOptions;
import io.plumbline.inference.EngineOptions.Optimization;
import io.plumbline.inference.InferenceEngine;
import io.plumbline.inference.ModelLoadException;
import io.plumbline.inference.OrtEngine;
import io.plumbline.inference.Tensor;
import io.plumbline.inference.TensorSpec;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TuningTest {

    private static final Duration BUDGET = Duration.ofMillis(300);
    private static final List<EngineOptions> USUAL = List.of(EngineOptions.DEFAULT);

    private OrtEngine engine;
    private byte[] model;
    private Tensor window;

    @BeforeEach
    void load() throws IOException, ModelLoadException {
        model = Climate.fp32();
        engine = OrtEngine.load(model, EngineOptions.DEFAULT);
        window = Climate.windows().get(3);
    }

    @AfterEach
    void close() {
        engine.close();
    }

    @Test
    void whatIsATenthFasterIsChosen() {
        // Given: an engine that takes 200 microseconds more
        var winner = tuning(0, BUDGET).fastest(new Slow(engine), USUAL);

        // Then
        assertThat(winner).isPresent();
        try (var faster = winner.get().engine()) {
            assertThat(winner.get().options()).isEqualTo(EngineOptions.DEFAULT);
            assertThat(winner.get().nanos()).isLessThan(winner.get().defaultNanos());
            assertThat(faster.run(Map.of("window", window))).containsKey("probabilities");
        }
    }

    @Test
    void whatIsNotFasterIsNotChosen() {
        assertThat(tuning(0, BUDGET).fastest(engine, USUAL)).isEmpty();
    }

    @Test
    void whatGivesOtherAnswersIsNotChosenHoweverFastItIs() {
        assertThat(tuning(0.5f, BUDGET).fastest(new Slow(engine), USUAL)).isEmpty();
    }

    @Test
    void withoutTimeNothingIsChosen() {
        assertThat(tuning(0, Duration.ZERO).fastest(new Slow(engine), USUAL)).isEmpty();
    }

    @Test
    void candidatesHaveNoMoreThreadsThanThereAreCores() {
        var untouched = new EngineOptions(1, Optimization.BASIC);
        assertThat(Tuning.candidates(1)).containsExactly(untouched);
        assertThat(Tuning.candidates(2)).containsExactly(new EngineOptions(2, Optimization.ALL), untouched);
        assertThat(Tuning.candidates(4))
                .containsExactly(
                        new EngineOptions(2, Optimization.ALL), new EngineOptions(4, Optimization.ALL), untouched);
    }

    private Tuning tuning(float error, Duration budget) {
        var recorded = engine.run(Map.of("window", window)).get("probabilities");
        var outputs = recorded.toArray();
        for (int i = 0; i < outputs.length; i++) {
            outputs[i] += error;
        }
        var one = new SelfTest.Case(
                List.of(named("window", window.shape(), window.toArray())),
                List.of(named("probabilities", recorded.shape(), outputs)));
        return new Tuning(model, new SelfTest(List.of(one), 1e-4), budget);
    }

    private static SelfTest.NamedTensor named(String name, long[] shape, float[] data) {
        var values = new ArrayList<Float>();
        for (float value : data) {
            values.add(value);
        }
        return new SelfTest.NamedTensor(name, Arrays.stream(shape).boxed().toList(), values);
    }

    /** The same answers, later. */
    private record Slow(InferenceEngine engine) implements InferenceEngine {

        private static final long NANOS = 200_000;

        @Override
        public List<TensorSpec> inputs() {
            return engine.inputs();
        }

        @Override
        public List<TensorSpec> outputs() {
            return engine.outputs();
        }

        @Override
        public Map<String, Tensor> run(Map<String, Tensor> inputs) {
            var end = System.nanoTime() + NANOS;
            while (System.nanoTime() < end) {
                Thread.onSpinWait();
            }
            return engine.run(inputs);
        }

        @Override
        public void close() {
            engine.close();
        }
    }
}
