package io.plumbline.inference.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RangeHistogramTest {

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12})
    void anySplitInAnyOrderMergesToExactlyWhatOnePassGives(long seed) {
        // Given
        var random = new Random(seed);
        var bins = 4 * (1 + random.nextInt(40));
        var values = values(random);
        var whole = histogram(bins);
        values.forEach(whole::add);
        Collections.shuffle(values, random);
        var parts = new ArrayList<RangeHistogram>();
        for (int i = 0; i < 1 + random.nextInt(6); i++) {
            parts.add(histogram(bins));
        }
        values.forEach(value -> parts.get(random.nextInt(parts.size())).add(value));
        Collections.shuffle(parts, random);

        // When
        var merged = histogram(bins);
        parts.stream().filter(RangeHistogram::isNotEmpty).forEach(part -> merged.add(part.snapshot()));

        // Then
        assertThat(merged.snapshot()).isEqualTo(whole.snapshot());
        assertThat(merged.snapshot().bins().total()).isEqualTo(values.size());
    }

    /** Of many magnitudes, with the values that sit on edges: powers of two, zero, the smallest float. */
    private static ArrayList<Float> values(Random random) {
        var values = new ArrayList<Float>();
        for (int i = 0; i < 2_000; i++) {
            var sign = random.nextBoolean() ? 1 : -1;
            values.add(sign
                    * switch (random.nextInt(5)) {
                        case 0 -> Math.scalb(1f, random.nextInt(12) - 6);
                        case 1 -> Math.nextDown(Math.scalb(1f, random.nextInt(12) - 6));
                        case 2 -> random.nextInt(20);
                        case 3 -> random.nextBoolean() ? 0f : Float.MIN_VALUE;
                        default -> (float) (random.nextGaussian() * Math.pow(10, random.nextInt(40) - 36));
                    });
        }
        return values;
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void everyValueLiesInTheBinThatItsEdgesSay(long seed) {
        for (float value : values(new Random(seed))) {
            var histogram = histogram(12);
            histogram.add(value);
            histogram.add(3 * value);
            histogram.add(-value);
            var snapshot = histogram.snapshot();
            var width = 2 * snapshot.bound() / 12;
            for (int bin = 0; bin < 12; bin++) {
                var from = (bin - 6) * width;
                var to = (bin - 5) * width;
                long expected = 0;
                for (double one : new double[] {value, 3 * value, -value}) {
                    expected += one >= from && one < to ? 1 : 0;
                }
                assertThat(snapshot.bins().get(bin))
                        .as("%s in bin %s", value, bin)
                        .isEqualTo(expected);
            }
        }
    }

    @Test
    void everyFiniteValueIsCountedOnce() {
        var histogram = histogram(8);
        for (double value : new double[] {0, -0.0, 1, -1, 3.5, -4, 3, Double.NaN, Double.POSITIVE_INFINITY}) {
            histogram.add(value);
        }
        var snapshot = histogram.snapshot();
        assertThat(snapshot.bins().total()).isEqualTo(7);
        assertThat(snapshot.bound()).isEqualTo(4);
        assertThat(snapshot.min()).isEqualTo(-4);
        assertThat(snapshot.max()).isEqualTo(3.5);
    }

    @Test
    void theLargestFloatFits() {
        var histogram = histogram(8);
        histogram.add(Float.MAX_VALUE);
        histogram.add(-Float.MAX_VALUE);
        assertThat(histogram.snapshot().bound()).isEqualTo(Math.scalb(1.0, 128));
    }

    @Test
    void anEmptyOneHasNothingToSay() {
        var histogram = histogram(8);
        assertThat(histogram.isNotEmpty()).isFalse();
        assertThatThrownBy(histogram::snapshot).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void whatCannotBeMergedIsRefused() {
        assertThatThrownBy(() -> histogram(6)).hasMessageContaining("multiple of 4");
        var other = new RangeHistogram("other", 8);
        other.add(1);
        assertThatThrownBy(() -> histogram(8).add(other.snapshot()))
                .hasMessage("a histogram of other in 8 bins cannot be added to one of t in 8");
        var coarse = histogram(4);
        coarse.add(1);
        assertThatThrownBy(() -> histogram(8).add(coarse.snapshot())).hasMessageContaining("in 4 bins");
    }

    private static RangeHistogram histogram(int bins) {
        return new RangeHistogram("t", bins);
    }
}
