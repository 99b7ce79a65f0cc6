package io.plumbline.quantizer.calibration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.plumbline.inference.model.RangeHistogram;
import io.plumbline.quantizer.arithmetic.ActivationParameters;
import io.plumbline.quantizer.arithmetic.ActivationRange;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.DoubleSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CalibratorTest {

    private static final int BINS = 2048;
    private static final List<String> NAMES = List.of("minmax", "percentile", "percentile:99.9", "entropy", "mse");

    @Test
    void aMarginIsAddedWhereValuesWere() {
        var random = new Random(1);
        var seen = histogram(1000, random::nextDouble);
        var range = Calibrator.named("minmax-margin").range(seen);
        assertThat(range.min()).isEqualTo(seen.seen().min());
        assertThat(range.max()).isCloseTo(1.05, within(0.01));
    }

    @Test
    void allOfAUniformDistributionIsKept() {
        var random = new Random(1);
        var histogram = histogram(200_000, () -> 2 * random.nextDouble() - 1);
        for (var name : NAMES) {
            var range = Calibrator.named(name).range(histogram);
            assertThat(range.min()).as(name).isCloseTo(-1, within(0.05));
            assertThat(range.max()).as(name).isCloseTo(1, within(0.05));
        }
    }

    /** The end t that minimizes (2t/255)^2/12 + 2 * integral from t of (x - t)^2 under the bell, found by hand: 3.92. */
    @Test
    void theSquaredErrorOfABellIsSmallestNearFourDeviations() {
        var random = new Random(2);
        var histogram = histogram(1_000_000, random::nextGaussian);
        var range = Calibrator.meanSquaredError().range(histogram);
        assertThat(range.max()).isCloseTo(bestEndOfABell(), within(0.15));
        assertThat(range.min()).isCloseTo(-bestEndOfABell(), within(0.15));
    }

    private static double bestEndOfABell() {
        var best = 0.0;
        var smallest = Double.POSITIVE_INFINITY;
        for (var end = 2.0; end < 6; end += 0.01) {
            var error = Math.pow(2 * end / 255, 2) / 12;
            for (var x = end; x < 9; x += 0.001) {
                error += 2 * (x - end) * (x - end) * Math.exp(-x * x / 2) / Math.sqrt(2 * Math.PI) * 0.001;
            }
            if (error < smallest) {
                smallest = error;
                best = end;
            }
        }
        return best;
    }

    @Test
    void oneOutlierAmongManyMovesOnlyMinMax() {
        var random = new Random(3);
        var values = new RangeHistogram("t", BINS);
        for (int i = 0; i < 1_000_000; i++) {
            values.add(Math.abs(random.nextGaussian()));
        }
        values.add(40);
        var histogram = of(values);
        assertThat(Calibrator.minMax().range(histogram).max()).isEqualTo(40);
        assertThat(Calibrator.percentile(0.9999).range(histogram).max()).isBetween(3.5, 4.5);
        // Rounding n values over t costs n (t/255)^2 / 12, clipping the outlier (40 - t)^2; the bin above zero is free.
        var n = 1_000_000 * (1 - 0.05);
        assertThat(Calibrator.meanSquaredError().range(histogram).max())
                .isCloseTo(40 / (1 + n / (255 * 255 * 12)), within(0.2));
        // 256 of the bins of 1/16 that an outlier beyond 32 makes: narrower than the levels entropy does not go.
        assertThat(Calibrator.entropy().range(histogram).max()).isEqualTo(16);
    }

    @Test
    void zerosOfARectifiedActivationDoNotPullTheRangeIn() {
        var random = new Random(4);
        var sparse = histogram(400_000, () -> Math.max(0, random.nextGaussian() - 1.5));
        for (var name : List.of("entropy", "mse")) {
            assertThat(Calibrator.named(name).range(sparse).max()).as(name).isGreaterThan(1.5);
            assertThat(Calibrator.named(name).range(sparse).min()).as(name).isZero();
        }
    }

    @Test
    void aHistogramCoarserThanTheLevelsKeepsWhatWasSeen() {
        var histogram = Histogram.of(1, new long[] {1, 5, 9, 1}, new ActivationRange(-0.9, 0.8));
        assertThat(Calibrator.entropy().range(histogram)).isEqualTo(new ActivationRange(-0.9, 0.8));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void everyRangeLiesWithinWhatWasSeenAndErrsByHalfAStepInside(long seed) {
        var random = new Random(seed);
        var scale = Math.pow(10, random.nextInt(7) - 3);
        var shift = random.nextGaussian();
        var values = random.doubles(5_000)
                .map(x -> scale * (Math.pow(x, 3) * 4 + shift))
                .toArray();
        var streamed = new RangeHistogram("t", BINS);
        Arrays.stream(values).forEach(streamed::add);
        var seen = of(streamed).seen();
        for (var name : NAMES) {
            var range = Calibrator.named(name).range(of(streamed));
            assertThat(range.min()).as(name).isGreaterThanOrEqualTo(seen.min());
            assertThat(range.max()).as(name).isLessThanOrEqualTo(seen.max());
            var parameters = ActivationParameters.of(range);
            for (var value : values) {
                if (parameters.representable().min() <= value
                        && value <= parameters.representable().max()) {
                    var level = Math.rint(value / parameters.scale()) + parameters.zeroPoint();
                    var back = parameters.scale() * (level - parameters.zeroPoint());
                    assertThat(Math.abs(back - value)).isLessThanOrEqualTo(parameters.scale() * 0.5000001);
                }
            }
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void histogramsOfPartsMergeToTheOneOfAllAndToItsRanges(long seed) {
        var random = new Random(seed);
        var whole = new RangeHistogram("t", BINS);
        var parts =
                List.of(new RangeHistogram("t", BINS), new RangeHistogram("t", BINS), new RangeHistogram("t", BINS));
        for (int i = 0; i < 9_000; i++) {
            var value = random.nextGaussian() * Math.pow(2, random.nextInt(6));
            whole.add(value);
            parts.get(random.nextInt(3)).add(value);
        }
        var merged = new RangeHistogram("t", BINS);
        parts.forEach(part -> merged.add(part.snapshot()));
        assertThat(merged.snapshot()).isEqualTo(whole.snapshot());
        for (var name : NAMES) {
            assertThat(Calibrator.named(name).range(of(merged)))
                    .isEqualTo(Calibrator.named(name).range(of(whole)));
        }
    }

    @Test
    void anUnknownNameIsRefusedWithTheKnownOnes() {
        assertThatThrownBy(() -> Calibrator.named("percentile:x")).hasMessageContaining("known are minmax");
        assertThatThrownBy(() -> Calibrator.named("best")).hasMessageStartingWith("calibrator 'best' is not known");
    }

    private static Histogram histogram(int count, DoubleSupplier values) {
        var streamed = new RangeHistogram("t", BINS);
        for (int i = 0; i < count; i++) {
            streamed.add(values.getAsDouble());
        }
        return of(streamed);
    }

    private static Histogram of(RangeHistogram streamed) {
        var one = streamed.snapshot();
        return Histogram.of(one.bound(), one.bins().toArray(), new ActivationRange(one.min(), one.max()));
    }
}
