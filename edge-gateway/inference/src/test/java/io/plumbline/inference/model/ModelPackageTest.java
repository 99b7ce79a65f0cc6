package io.plumbline.inference.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.plumbline.contract.artifact.BuildCard;
import io.plumbline.contract.artifact.ReferenceProfile;
import io.plumbline.contract.artifact.SelfTest;
import io.plumbline.contract.artifact.TensorRange;
import io.plumbline.contract.id.Digest;
import io.plumbline.contract.id.ModelName;
import io.plumbline.contract.message.ClassAgreement;
import io.plumbline.contract.message.Fidelity;
import io.plumbline.contract.message.LabelCount;
import io.plumbline.contract.message.Prediction;
import io.plumbline.contract.message.TensorClipping;
import io.plumbline.contract.wire.Counts;
import io.plumbline.inference.Climate;
import io.plumbline.inference.EngineOptions;
import io.plumbline.inference.ModelLoadException;
import io.plumbline.inference.OrtEngine;
import io.plumbline.inference.Tensor;
import io.plumbline.inference.TestGraph;
import io.plumbline.inference.card.CardException;
import io.plumbline.inference.card.ModelCard;
import io.plumbline.inference.window.FeatureCounter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** FP32 plays both parts: it answers, and it observes. */
class ModelPackageTest {

    private static final List<String> INNER = List.of("act0", "act1");
    private static final Digest DIGEST = Digest.of(new byte[0]);
    private static final int EVENT = 40;

    private byte[] model;
    private byte[] observed;
    private ModelCard card;
    private List<Tensor> windows;

    @BeforeEach
    void readTheModel() throws IOException, CardException {
        model = Climate.fp32();
        observed = TestGraph.observing(model, INNER);
        card = Climate.card();
        windows = Climate.windows();
    }

    @Test
    void itAnswersWithTheLabelOfTheLargestProbability() throws IOException, ModelLoadException {
        var expected = Climate.eventProbabilities();
        try (var loaded = load(List.of())) {
            for (int i = 0; i < windows.size(); i++) {
                var answer = loaded.predict(windows.get(i));
                var event = expected.get(i);
                assertThat(answer.prediction().orElseThrow().label()).isEqualTo(event > 0.5 ? "event" : "normal");
                assertThat(answer.prediction().orElseThrow().score())
                        .isCloseTo(Math.max(event, 1 - event), within(1e-5));
                assertThat(answer.probabilities().get(1)).isCloseTo(event, within(1e-5));
            }
        }
    }

    @Test
    void aBuildWithoutRangesIsComparedWithoutClipping() throws ModelLoadException {
        try (var loaded = load(List.of())) {
            for (var window : windows) {
                var answer = loaded.predict(window);
                var fidelity = loaded.compare(window, answer).fidelity();
                assertThat(fidelity.classes())
                        .containsExactly(new ClassAgreement(
                                answer.prediction().orElseThrow().label(), 1, 1));
                assertThat(fidelity.sumAbsoluteDelta()).isLessThan(1e-6);
                assertThat(fidelity.clipping()).isEmpty();
            }
        }
    }

    @Test
    void disagreementCountsForTheLabelThatFp32Gave() throws ModelLoadException {
        try (var loaded = load(List.of())) {
            var truth = loaded.predict(windows.get(0));
            var other = truth.prediction().orElseThrow().label().equals("event") ? "normal" : "event";
            var wrong = new Answer(Optional.of(new Prediction(other, 1)), List.of(0.25, 0.75), List.of());
            var index = card.output()
                    .labels()
                    .indexOf(truth.prediction().orElseThrow().label());

            var fidelity = loaded.compare(windows.get(0), wrong).fidelity();

            assertThat(fidelity.classes())
                    .containsExactly(
                            new ClassAgreement(truth.prediction().orElseThrow().label(), 1, 0));
            assertThat(fidelity.sumAbsoluteDelta())
                    .isCloseTo(
                            Math.abs(wrong.probabilities().get(index)
                                    - truth.probabilities().get(index)),
                            within(1e-6));
        }
    }

    @Test
    void clippingIsCountedPerRangeInTheOrderOfTheBuild() throws ModelLoadException {
        // Given
        var values = inner(windows.get(EVENT)).get("act0");
        var largest = 0f;
        for (float value : values.toArray()) {
            largest = Math.max(largest, value);
        }
        var beyond = 0L;
        for (float value : values.toArray()) {
            beyond += value > 0.5f * largest || value < -1 ? 1 : 0;
        }
        assertThat(beyond).isPositive();

        // When
        List<TensorClipping> clipping;
        try (var loaded = load(List.of(
                new TensorRange("act1", -1e9, 1e9),
                new TensorRange("act0", -1, 0.5f * largest),
                new TensorRange("window", 0, 0.001)))) {
            clipping = loaded.compare(windows.get(EVENT), loaded.predict(windows.get(EVENT)))
                    .fidelity()
                    .clipping();
        }

        // Then
        assertThat(clipping)
                .containsExactly(
                        new TensorClipping(
                                "act1",
                                1,
                                0,
                                inner(windows.get(EVENT)).get("act1").size(),
                                0),
                        new TensorClipping("act0", 1, 1, values.size(), beyond),
                        new TensorClipping("window", 1, 1, 32, 32));
    }

    @Test
    void aValueOnTheEdgeOfARangeIsNotClipped() throws ModelLoadException {
        var values = inner(windows.get(0)).get("act0").toArray();
        var min = Float.POSITIVE_INFINITY;
        var max = Float.NEGATIVE_INFINITY;
        for (float value : values) {
            min = Math.min(min, value);
            max = Math.max(max, value);
        }
        try (var loaded = load(List.of(new TensorRange("act0", min, max)))) {
            assertThat(loaded.compare(windows.get(0), loaded.predict(windows.get(0)))
                            .fidelity()
                            .clipping())
                    .containsExactly(new TensorClipping("act0", 1, 0, values.length, 0));
        }
    }

    @Test
    void histogramsHoldEveryValueOfEveryObservedActivation() throws ModelLoadException {
        try (var loaded = load(List.of(new TensorRange("act1", 0, 1)))) {
            // When
            var histograms = loaded.observe(windows, 64).histograms();

            // Then: the build's ranges first, then what else can be seen, the answer never
            assertThat(histograms).extracting("tensor").containsExactly("act1", "act0");
            for (var histogram : histograms) {
                var expected = new RangeHistogram(histogram.tensor(), 64);
                for (var window : windows) {
                    expected.add(inner(window).get(histogram.tensor()));
                }
                assertThat(histogram).isEqualTo(expected.snapshot());
            }
            assertThat(loaded.observe(List.of(), 64).histograms()).isEmpty();
        }
    }

    @Test
    void whatTheWindowsAreIsCountedBesideTheirActivations() throws ModelLoadException {
        // Given
        profile = new ReferenceProfile(card.sensor().features().stream()
                .map(feature -> new ReferenceProfile.Feature(feature.name(), List.of(0.5), new Counts(5, 5)))
                .toList());
        try (var loaded = load(List.of(new TensorRange("act1", 0, 1)))) {
            // When
            var inputs = loaded.observe(windows, 64).inputs();

            // Then: the newest reading of each window, in the bins of the profile, and FP32's answers
            for (int i = 0; i < profile.features().size(); i++) {
                var counter = new FeatureCounter(profile.features().get(i));
                for (var window : windows) {
                    counter.add(window.get(window.size() - profile.features().size() + i));
                }
                assertThat(inputs.features().get(i)).isEqualTo(counter.sketch());
            }
            assertThat(inputs.answers().stream().mapToLong(LabelCount::count).sum())
                    .isEqualTo(windows.size());
        }
    }

    @Test
    void aScoreIsTheSumOfItsComparisons() throws ModelLoadException {
        try (var loaded = load(List.of(new TensorRange("act0", -1, 1)))) {
            var expected = Fidelity.NONE;
            for (var window : windows) {
                expected = expected.plus(
                        loaded.compare(window, loaded.predict(window)).fidelity());
            }

            var trial = loaded.score(DIGEST, windows);

            var score = trial.score();
            assertThat(score.build()).isEqualTo(DIGEST);
            assertThat(score.recipe()).isEqualTo("static-minmax");
            assertThat(score.windows()).isEqualTo(windows.size());
            assertThat(score.fidelity()).isEqualTo(expected);
            assertThat(score.latency().bins().total()).isEqualTo(windows.size());
            assertThat(trial.beside(trial).paired()).get().satisfies(paired -> {
                assertThat(paired.runningSum()).isCloseTo(score.fidelity().sumAbsoluteDelta(), within(1e-12));
                assertThat(paired.products()).isEqualTo(paired.squares()).isEqualTo(paired.runningSquares());
            });
            assertThat(trial.beside(trial).promised()).get().satisfies(promised -> {
                assertThat(promised.windows()).isEqualTo(windows.size());
                assertThat(promised.right()).isEqualTo(promised.running()).isLessThanOrEqualTo(promised.reference());
                assertThat(promised.squares()).isZero();
            });
            assertThat(trial.beside(trial).modelBytes())
                    .get()
                    .satisfies(bytes -> assertThat(bytes).isPositive());
        }
    }

    @Test
    void aModelThatDoesNotFitItsCardIsRefusedAndSaysWhere() throws CardException {
        assertThatThrownBy(() -> load(List.of(new TensorRange("act9", 0, 1))))
                .isInstanceOf(ModelLoadException.class)
                .hasMessage("the observed model does not give 'act9', which the build quantizes");
        assertRefused("tensor: window", "tensor: image", "the model takes [TensorSpec[name=window, ");
        assertRefused("window: 16", "window: 8", "the card gives 'window' of shape [1, 8, 2]");
        assertRefused("tensor: probabilities", "tensor: scores", "the model has no output 'scores'");
        assertRefused(
                "[normal, event]",
                "[normal, event, other]",
                "the model gives 'probabilities' of shape [-1, 2], the card names 3 labels");
    }

    private void assertRefused(String good, String bad, String message) throws CardException {
        var text = """
                model: climate-event
                task: classification
                input:
                  tensor: window
                  window: 16
                  interval: PT5S
                  features: [{name: h, unit: "%", min: 0, max: 1}, {name: t, unit: C, min: 0, max: 1}]
                output:
                  tensor: probabilities
                  labels: [normal, event]
                recipes: [dynamic]
                """;
        card = ModelCard.parse(text.replace(good, bad).getBytes(StandardCharsets.UTF_8));
        assertThatThrownBy(() -> load(List.of()))
                .isInstanceOf(ModelLoadException.class)
                .hasMessageContaining(message)
                .hasMessageNotContaining("\n");
    }

    @Test
    void aCorruptModelIsRefusedWhicheverOfTheTwoItIs() {
        observed = new byte[] {1, 2, 3};
        assertThatThrownBy(() -> load(List.of())).isInstanceOf(ModelLoadException.class);
        model = new byte[0];
        assertThatThrownBy(() -> load(List.of())).isInstanceOf(ModelLoadException.class);
    }

    @Test
    void itMayBeClosedTwice() throws ModelLoadException {
        var loaded = load(List.of());
        loaded.close();
        loaded.close();
    }

    private Map<String, Tensor> inner(Tensor window) throws ModelLoadException {
        try (var engine = OrtEngine.load(observed, EngineOptions.DEFAULT)) {
            return engine.run(Map.of("window", window));
        }
    }

    private ReferenceProfile profile = new ReferenceProfile(List.of());

    private ModelPackage load(List<TensorRange> ranges) throws ModelLoadException {
        var build = new BuildCard(
                new ModelName("climate-event"),
                DIGEST,
                "static-minmax",
                Optional.empty(),
                Optional.empty(),
                "test",
                ranges,
                model.length,
                Instant.EPOCH);
        var files = new ModelFiles(
                build, ModelBytes.of(model), ModelBytes.of(observed), card, profile, new SelfTest(List.of(), 0));
        return ModelPackage.load(files, EngineOptions.DEFAULT);
    }
}
