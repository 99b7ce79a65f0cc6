package io.plumbline.quantizer.quality;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ComparisonTest {

    @Test
    void equalTensorsAgreeFullyAndHaveNoNoise() {
        var comparison = new Comparison();
        comparison.add(new float[] {1, 2, 3, 4}, new float[] {1, 2, 3, 4}, 2);
        assertThat(comparison.result()).isEqualTo(new Closeness(1, 1, 1, 1, Double.POSITIVE_INFINITY, 0));
    }

    @Test
    void aTenthOfNoiseIsTwentyDecibels() {
        var comparison = new Comparison();
        comparison.add(new float[] {10, 0}, new float[] {10, 1}, 2);
        assertThat(comparison.result().sqnrDb()).isCloseTo(20, within(1e-12));
        assertThat(comparison.result().cosineMean()).isCloseTo(10 / Math.sqrt(101), within(1e-12));
        assertThat(comparison.result().largestDifference()).isEqualTo(1);
    }

    @Test
    void agreementCountsRowsAndNotSamples() {
        var comparison = new Comparison();
        comparison.add(new float[] {1, 2, 4, 3}, new float[] {2, 1, 4, 3}, 2);
        assertThat(comparison.result().agreement()).isEqualTo(0.5);
    }

    @Test
    void agreementOfSingleNumbersSaysNothing() {
        var comparison = new Comparison();
        comparison.add(new float[] {1}, new float[] {1}, 1);
        assertThat(comparison.result().agreement()).isNaN();
    }

    @Test
    void withoutSamplesNothingIsKnown() {
        assertThat(new Comparison().result().cosineMean()).isNaN();
    }

    @Test
    void tensorsOfDifferentSizesAreRefused() {
        assertThatThrownBy(() -> new Comparison().add(new float[2], new float[3], 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("the reference has 2 values, the candidate 3");
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void sqnrOfUniformQuantizationIsSixDecibelsABit(long seed) {
        // Given a uniform signal rounded to 8 bits: noise is step^2 / 12, signal is range^2 / 12.
        var random = new Random(seed);
        var comparison = new Comparison();
        for (int sample = 0; sample < 200; sample++) {
            var x = new float[100];
            var y = new float[100];
            for (int i = 0; i < x.length; i++) {
                x[i] = 2 * random.nextFloat() - 1;
                y[i] = (float) (Math.rint(x[i] * 128) / 128);
            }
            comparison.add(x, y, 100);
        }
        assertThat(comparison.result().sqnrDb()).isCloseTo(20 * Math.log10(2.0 / (1 / 128.0)), within(0.2));
    }
}
