package io.plumbline.inference.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.contract.artifact.SelfTest;
import io.plumbline.inference.Climate;
import io.plumbline.inference.EngineOptions;
import io.plumbline.inference.InferenceEngine;
import io.plumbline.inference.OrtEngine;
import io.plumbline.inference.Tensor;
import io.plumbline.inference.TensorSpec;
import io.plumbline.inference.card.ModelCard;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.IntUnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BatchingTest {

    private ModelCard card;
    private OrtEngine engine;
    private List<Tensor> windows;

    @BeforeEach
    void load() throws Exception {
        card = Climate.card();
        engine = OrtEngine.load(Climate.fp32(), EngineOptions.DEFAULT);
        windows = Climate.windows();
    }

    @AfterEach
    void close() {
        engine.close();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 7, 31, 32, 33, 45})
    void eachWindowGetsItsOwnAnswerInOrder(int count) {
        // Given: a model of which no size changes an answer
        var exact = new ByBatch(engine, batch -> 0);
        var batching = Batching.proven(exact, card, recorded()).orElseThrow();
        var many = IntStream.range(0, count)
                .mapToObj(i -> windows.get(i % windows.size()))
                .toList();

        // When
        var answers = batching.runAll(many);

        // Then
        assertThat(batching.most()).isEqualTo(32);
        assertThat(answers).hasSize(count);
        for (int i = 0; i < count; i++) {
            assertThat(answers.get(i)).containsExactly(alone(many.get(i)));
        }
    }

    @Test
    void aSizeThatChangesTheLastBitOfAnAnswerIsNotUsed() {
        var other = new ByBatch(engine, batch -> batch > 8 ? 1 : 0);
        assertThat(Batching.proven(other, card, recorded()).orElseThrow().most())
                .isEqualTo(8);
    }

    @Test
    void aSlowModelIsNotTriedInEverLargerBatches() {
        // Given: a millisecond for each window
        var windows = new AtomicLong();
        var slow = new ByBatch(engine, batch -> (int) (0 * windows.addAndGet(batch)));

        // When
        var batching = Batching.proven(slow, card, recorded(), () -> windows.get() * 1_000_000)
                .orElseThrow();

        // Then
        assertThat(batching.most()).isEqualTo(16);
    }

    @Test
    void whereOneRowIsRoundedInItsOwnWayALonelyWindowIsAnsweredAsInCompany() {
        // Given
        var other = new ByBatch(engine, batch -> batch == 1 ? 1 : 0);

        // When
        var batching = Batching.proven(other, card, recorded()).orElseThrow();

        // Then
        assertThat(batching.most()).isEqualTo(32);
        for (var window : windows) {
            assertThat(batching.runAll(List.of(window)).get(0)).containsExactly(alone(window));
        }
    }

    @Test
    void aModelWhoseAnswersDependOnWhatElseIsInTheBatchAnswersOneByOne() {
        assertThat(Batching.proven(new ByBatch(engine, batch -> batch - 1), card, recorded()))
                .isEmpty();
    }

    @Test
    void withFewerThanTwoRecordedInputsNothingIsProven() {
        var one = recorded().cases().subList(0, 1);
        var exact = new ByBatch(engine, batch -> 0);
        assertThat(Batching.proven(exact, card, new SelfTest(List.of(), 0))).isEmpty();
        assertThat(Batching.proven(exact, card, new SelfTest(List.of(one.get(0), one.get(0)), 0)))
                .isEmpty();
    }

    @Test
    void aModelThatTakesOneWindowAtATimeIsGivenOne() {
        var one = new ByBatch(engine, batch -> 0, 1);
        assertThat(Batching.proven(one, card, recorded())).isEmpty();
    }

    private float[] alone(Tensor window) {
        return engine.run(Map.of("window", window)).get("probabilities").toArray();
    }

    private SelfTest recorded() {
        var cases = windows.stream()
                .limit(5)
                .map(window -> new SelfTest.Case(List.of(named(window)), List.of()))
                .toList();
        return new SelfTest(cases, 0);
    }

    private static SelfTest.NamedTensor named(Tensor window) {
        var values = new ArrayList<Float>();
        for (float value : window.toArray()) {
            values.add(value);
        }
        return new SelfTest.NamedTensor(
                "window", Arrays.stream(window.shape()).boxed().toList(), values);
    }

    /**
     * Answers each window of a batch as if it were alone, but for the last bits of the first window's.
     *
     * @param ulps by which the first answer differs, given the size of the batch
     * @param most windows that it takes
     */
    private record ByBatch(InferenceEngine engine, IntUnaryOperator ulps, int most) implements InferenceEngine {

        private ByBatch(InferenceEngine engine, IntUnaryOperator ulps) {
            this(engine, ulps, Integer.MAX_VALUE);
        }

        @Override
        public List<TensorSpec> inputs() {
            var spec = engine.inputs().get(0);
            return most == 1
                    ? List.of(new TensorSpec(spec.name(), List.of(1L, 16L, 2L), spec.type()))
                    : engine.inputs();
        }

        @Override
        public List<TensorSpec> outputs() {
            return engine.outputs();
        }

        @Override
        public Map<String, Tensor> run(Map<String, Tensor> inputs) {
            var parts = inputs.get("window").split((int) inputs.get("window").shape()[0]);
            var answers = new float[2 * parts.size()];
            for (int i = 0; i < parts.size(); i++) {
                var window = Tensor.of(new long[] {1, 16, 2}, parts.get(i));
                var answer = engine.run(Map.of("window", window))
                        .get("probabilities")
                        .toArray();
                System.arraycopy(answer, 0, answers, 2 * i, 2);
            }
            for (int i = 0; i < ulps.applyAsInt(parts.size()); i++) {
                answers[0] = Math.nextDown(answers[0]);
            }
            return Map.of("probabilities", Tensor.of(new long[] {parts.size(), 2}, answers));
        }

        @Override
        public void close() {
            engine.close();
        }
    }
}
