package io.plumbline.inference.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RangeHistogramTest {

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void partsOfManyDevicesMergeToExactlyWhatOnePassGives(long seed) {
        // Given
        var random = new Random(seed);
        var whole = new RangeHistogram("t", 64);
        var parts = new RangeHistogram[] {
            new RangeHistogram("t", 64), new RangeHistogram("t", 64), new RangeHistogram("t", 64)
        };
        for (int i = 0; i < 3_000; i++) {
            var value = random.nextGaussian() * Math.pow(10, random.nextInt(6) - 3);
            whole.add(value);
            parts[random.nextInt(3)].add(value);
        }

        // When
        var merged = new RangeHistogram("t", 64);
        for (var part : parts) {
            merged.add(part.snapshot());
        }

        // Then
        assertThat(merged.snapshot()).isEqualTo(whole.snapshot());
    }

    @Test
    void everyFiniteValueIsCountedOnce() {
        var histogram = new RangeHistogram("t", 8);
        for (double value : new double[] {0, -0.0, 1, -1, 3.5, -4, 4, Double.NaN, Double.POSITIVE_INFINITY}) {
            histogram.add(value);
        }
        var snapshot = histogram.snapshot();
        assertThat(snapshot.bins().total()).isEqualTo(7);
        assertThat(snapshot.bound()).isEqualTo(4);
        assertThat(snapshot.min()).isEqualTo(-4);
        assertThat(snapshot.max()).isEqualTo(4);
    }

    @Test
    void anEmptyOneHasNothingToSay() {
        var histogram = new RangeHistogram("t", 8);
        assertThat(histogram.isNotEmpty()).isFalse();
        assertThatThrownBy(histogram::snapshot).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> new RangeHistogram("t", 6)).hasMessageContaining("multiple of 4");
    }
}
