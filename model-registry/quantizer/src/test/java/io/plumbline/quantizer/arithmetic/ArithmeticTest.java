package io.plumbline.quantizer.arithmetic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ArithmeticTest {

    @ParameterizedTest
    @CsvSource({
        "-1, 1, 0.007843138, 128", // 127.5 rounds half to even
        "0, 2.55, 0.01, 0",
        "1, 2.55, 0.01, 0", // extended to hold zero
        "-2.55, -1, 0.01, 255",
        "0, 0, 1, 0",
        "0, 1e-44, 1, 0"
    })
    void anActivationRangeBecomesScaleAndZeroPoint(double min, double max, float scale, int zeroPoint) {
        var parameters = ActivationParameters.of(new ActivationRange(min, max));
        assertThat(parameters.zeroPoint()).isEqualTo(zeroPoint);
        assertThat(parameters.scale()).isCloseTo(scale, within(scale * 1e-6f));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void theRepresentableRangeCoversTheCalibratedOneToWithinAStep(long seed) {
        var random = new Random(seed);
        for (int i = 0; i < 1_000; i++) {
            var a = random.nextGaussian() * 10;
            var b = random.nextGaussian() * 10;
            var range = new ActivationRange(Math.min(a, b), Math.max(a, b));
            var parameters = ActivationParameters.of(range);
            assertThat(parameters.zeroPoint()).isBetween(0, 255);
            var representable = parameters.representable();
            assertThat(representable.min()).isCloseTo(Math.min(range.min(), 0), within((double) parameters.scale()));
            assertThat(representable.max()).isCloseTo(Math.max(range.max(), 0), within((double) parameters.scale()));
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void everyWeightComesBackToWithinHalfAStepOfItsColumn(long seed) {
        var random = new Random(seed);
        var weight = new float[7 * 5];
        for (int i = 0; i < weight.length; i++) {
            weight[i] = (float) (random.nextGaussian() * Math.pow(10, i % 5 - 2));
        }
        var quantized = ChannelWeights.perColumn(weight, 5);
        for (int i = 0; i < weight.length; i++) {
            var scale = quantized.scales()[i % 5];
            assertThat(quantized.values()[i] * scale).isCloseTo(weight[i], within(scale * 0.5001f));
        }
    }

    @Test
    void aColumnOfZerosStaysZeroAndNothingNotFiniteIsTaken() {
        var quantized = ChannelWeights.perColumn(new float[] {0, 1, 0, -2}, 2);
        assertThat(quantized.values()).containsExactly(0, 64, 0, -127);
        assertThat(quantized.scales()[0]).isEqualTo(1);
        assertThatThrownBy(() -> ChannelWeights.perColumn(new float[] {Float.NaN}, 1))
                .hasMessage("value 0 is NaN");
        assertThatThrownBy(() -> new ActivationRange(0, Double.NaN)).hasMessageContaining("must be finite");
    }

    @Test
    void wideningLeavesAZeroEndAtZero() {
        assertThat(new ActivationRange(-1, 3).widened(0.05)).isEqualTo(new ActivationRange(-1.2, 3.2));
        assertThat(new ActivationRange(0, 2).widened(0.05)).isEqualTo(new ActivationRange(0, 2.1));
    }

    @Test
    void aPercentileCutsBothTailsAndNeverExceedsWhatWasSeen() {
        var bins = new long[] {1, 0, 98, 1};
        var seen = new ActivationRange(-1.9, 1.5);
        assertThat(HistogramRange.percentile(1, 2, bins, seen)).isEqualTo(seen);
        assertThat(HistogramRange.percentile(0.98, 2, bins, seen)).isEqualTo(new ActivationRange(0, 1));
    }
}
