package io.plumbline.inference.window;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.plumbline.contract.artifact.ReferenceProfile;
import io.plumbline.contract.wire.Counts;
import io.plumbline.inference.Tensor;
import io.plumbline.inference.card.CardException;
import io.plumbline.inference.card.ModelCard;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProfileTest {

    private static final int WINDOW = 3;

    private ModelCard card;

    @BeforeEach
    void readTheCard() throws CardException {
        card = ModelCard.parse("""
                model: m
                task: classification
                input:
                  tensor: x
                  window: 3
                  interval: PT1S
                  features: [{name: a, unit: "1", min: -9, max: 9}, {name: b, unit: "1", min: 0, max: 9}]
                output: {tensor: y, labels: [low, high]}
                recipes: [dynamic]
                """.getBytes(StandardCharsets.UTF_8));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void binsAreOfEqualFrequencyWhereValuesDiffer(long seed) {
        var random = new Random(seed);
        var count = 10 + random.nextInt(500);
        var profile = ProfileBuilder.profile(card, samples(count, random, false));
        for (var feature : profile.features()) {
            assertThat(feature.edges()).hasSize(9);
            for (int bin = 0; bin < 10; bin++) {
                assertThat(feature.bins().get(bin)).isBetween((long) count / 10, (long) count / 10 + 1);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void noBinIsEmptyAndACounterPutsTheSamplesInTheSameBins(long seed) {
        // Given values that repeat
        var random = new Random(seed);
        var samples = samples(1 + random.nextInt(60), random, true);

        // When
        var profile = ProfileBuilder.profile(card, samples);

        // Then
        for (int feature = 0; feature < 2; feature++) {
            var reference = profile.features().get(feature);
            var counter = new FeatureCounter(reference);
            for (int i = 0; i < samples.shape()[0]; i++) {
                counter.add(samples.get((i * WINDOW + WINDOW - 1) * 2 + feature));
            }
            assertThat(counter.sketch().bins()).isEqualTo(reference.bins());
            assertThat(reference.bins().toArray()).doesNotContain(0L);
        }
    }

    @Test
    void onlyTheNewestReadingOfAWindowCounts() {
        var samples = Tensor.of(new long[] {1, WINDOW, 2}, new float[] {1, 2, 3, 4, 5, 6});
        assertThat(ProfileBuilder.profile(card, samples).features())
                .containsExactly(
                        new ReferenceProfile.Feature(
                                "a", List.of(), new Counts(1), Optional.of(0.25), Optional.empty()),
                        new ReferenceProfile.Feature(
                                "b", List.of(), new Counts(1), Optional.of(0.25), Optional.empty()));
    }

    @Test
    void theShareOfReadingsThatRepeatTheOneBeforeIsOfNeighboursInAWindow() {
        // Given
        var samples = Tensor.of(new long[] {2, WINDOW, 2}, new float[] {1, 2, 1, 4, 1, 6, 1, 0, 2, 0, 2, 1});

        // When
        var features = ProfileBuilder.profile(card, samples).features();

        // Then
        assertThat(features.get(0).repeats()).contains((3 + 1) / 6.0);
        assertThat(features.get(1).repeats()).contains((1 + 1) / 6.0);
    }

    @Test
    void valuesThatRepeatInClustersCountAsOftenAsTheyDoThere() {
        // Given: half of the windows hold one value of the first feature alone, in the others it never repeats
        var data = new float[400 * WINDOW * 2];
        for (int i = 0; i < data.length; i++) {
            data[i] = i / (2 * WINDOW) % 2 == 0 && i % 2 == 0 ? 7 : i;
        }

        // When
        var features = ProfileBuilder.profile(card, Tensor.of(new long[] {400, WINDOW, 2}, data))
                .features();

        // Then: after two equal readings a third always comes, which 200 windows show
        assertThat(features.get(0).repeats()).contains(201 / 202.0);
        assertThat(features.get(1).repeats()).contains(1 / 802.0);
    }

    @Test
    void stretchesAreOfTheSamplesInTheirOrder() {
        // Given: 640 samples of a feature that rises all the time, and of one that alternates
        var data = new float[640 * WINDOW * 2];
        for (int i = 0; i < data.length; i++) {
            data[i] = i % 2 == 0 ? i : i / (2 * WINDOW) % 2;
        }

        // When
        var features = ProfileBuilder.profile(card, Tensor.of(new long[] {640, WINDOW, 2}, data))
                .features();

        // Then: 32 stretches of 20, of which each holds one or two of ten rising bins of 64
        var rising = features.get(0).stretches().orElseThrow();
        assertThat(rising).hasSize(32);
        assertThat(rising.get(0)).isEqualTo(new Counts(20, 0, 0, 0, 0, 0, 0, 0, 0, 0));
        assertThat(rising.get(3)).isEqualTo(new Counts(4, 16, 0, 0, 0, 0, 0, 0, 0, 0));
        assertThat(features.get(1).stretches().orElseThrow()).containsOnly(new Counts(10, 10));
    }

    @Test
    void fewSamplesHaveNoStretches() {
        var random = new Random(1);
        assertThat(ProfileBuilder.profile(card, samples(319, random, false)).features())
                .allMatch(feature -> feature.stretches().isEmpty());
        assertThat(ProfileBuilder.profile(card, samples(320, random, false)).features())
                .allMatch(feature -> feature.stretches().isPresent());
    }

    @Test
    void aCounterKeepsToTheEdges() {
        var counter = new FeatureCounter(new ReferenceProfile.Feature("f", List.of(0.0, 10.0), new Counts(1, 1, 1)));
        for (double value : new double[] {-1, 0, -0.0, 9.9, 10, 99, Double.NaN, Double.NEGATIVE_INFINITY}) {
            counter.add(value);
        }
        var sketch = counter.sketch();
        assertThat(sketch.bins()).isEqualTo(new Counts(1, 3, 2));
        assertThat(sketch.notFinite()).isEqualTo(2);
        assertThat(sketch.sum()).isEqualTo(117.9);
        assertThat(sketch.sumOfSquares()).isEqualTo(1 + 9.9 * 9.9 + 100 + 99 * 99);
    }

    @Test
    void samplesThatDoNotFitAreRefused() {
        assertThatThrownBy(() -> ProfileBuilder.profile(card, Tensor.of(new long[] {1, 2, 2}, new float[4])))
                .hasMessage("samples of shape [1, 2, 2] must be [n >= 1, 3, 2]");
        assertThatThrownBy(() -> ProfileBuilder.profile(card, Tensor.of(new long[] {0, 3, 2}, new float[0])))
                .hasMessageContaining("n >= 1");
        var broken = Tensor.of(new long[] {1, 3, 2}, new float[] {0, 0, 0, 0, 0, Float.NaN});
        assertThatThrownBy(() -> ProfileBuilder.profile(card, broken)).hasMessage("sample 0 holds NaN");
    }

    private static Tensor samples(int count, Random random, boolean repeating) {
        var data = new float[count * WINDOW * 2];
        for (int i = 0; i < data.length; i++) {
            data[i] = repeating ? random.nextInt(7) - 3 : (float) random.nextGaussian();
        }
        return Tensor.of(new long[] {count, WINDOW, 2}, data);
    }
}
