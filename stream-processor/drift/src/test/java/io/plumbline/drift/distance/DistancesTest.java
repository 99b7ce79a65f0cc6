package io.plumbline.drift.distance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.plumbline.contract.wire.Counts;
import java.util.List;
import java.util.Random;
import java.util.function.ToDoubleBiFunction;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class DistancesTest {

    private static final List<Double> EDGES = List.of(1.0, 2.0, 4.0, 5.0, 6.5, 7.0, 8.0, 9.0, 10.0);
    private static final Counts REFERENCE = new Counts(500, 480, 520, 510, 490, 505, 495, 500, 515, 485);
    private static final Counts CURRENT = new Counts(30, 10, 55, 60, 40, 45, 70, 80, 90, 20);

    /** SciPy 1.17.1: jensenshannon with base 2, kstwobign; NumPy 2.4.6 for the others, the integral over 9,000,001 points. */
    @Test
    void matchTheReferenceValues() {
        assertThat(KolmogorovSmirnov.statistic(REFERENCE, CURRENT)).isCloseTo(0.121, within(1e-12));
        assertThat(KolmogorovSmirnov.pValue(0.121, 5000, 500)).isCloseTo(3.315663447229018e-06, within(1e-15));
        assertThat(KolmogorovSmirnov.pValue(0.05, 500, 400)).isCloseTo(0.6349894805231344, within(1e-12));
        assertThat(JensenShannon.distance(REFERENCE, CURRENT)).isCloseTo(0.22071232918985975, within(1e-12));
        assertThat(Hellinger.distance(REFERENCE, CURRENT)).isCloseTo(0.1859405041955043, within(1e-12));
        assertThat(Wasserstein.distance(EDGES, REFERENCE, CURRENT)).isCloseTo(0.7884448051948199, within(1e-9));
    }

    static Stream<ToDoubleBiFunction<Counts, Counts>> bounded() {
        return Stream.of(KolmogorovSmirnov::statistic, JensenShannon::distance, Hellinger::distance);
    }

    @ParameterizedTest
    @MethodSource("bounded")
    void areZeroForEqualSharesAndOneForNothingInCommon(ToDoubleBiFunction<Counts, Counts> distance) {
        assertThat(distance.applyAsDouble(new Counts(1, 2, 3), new Counts(10, 20, 30)))
                .isCloseTo(0, within(1e-8));
        assertThat(distance.applyAsDouble(new Counts(5, 0), new Counts(0, 7))).isCloseTo(1, within(1e-12));
    }

    @ParameterizedTest
    @MethodSource("bounded")
    void areMetrics(ToDoubleBiFunction<Counts, Counts> distance) {
        var random = new Random(7);
        for (int i = 0; i < 200; i++) {
            // Given
            var a = counts(random);
            var b = counts(random);
            var c = counts(random);

            // Then
            assertThat(distance.applyAsDouble(a, b)).isBetween(0.0, 1.0);
            assertThat(distance.applyAsDouble(a, b)).isCloseTo(distance.applyAsDouble(b, a), within(1e-12));
            assertThat(distance.applyAsDouble(a, c))
                    .isLessThanOrEqualTo(distance.applyAsDouble(a, b) + distance.applyAsDouble(b, c) + 1e-12);
        }
    }

    @ParameterizedTest
    @MethodSource("bounded")
    void refuseWhatCannotBeCompared(ToDoubleBiFunction<Counts, Counts> distance) {
        assertThatThrownBy(() -> distance.applyAsDouble(new Counts(1, 2), new Counts(1, 2, 3)))
                .hasMessage("counts of 3 bins cannot be held against 2");
        assertThatThrownBy(() -> distance.applyAsDouble(new Counts(1, 2), new Counts(0, 0)))
                .hasMessage("current counts are all 0; there is no distribution to compare");
    }

    @Test
    void massCarriedByOneBinCostsItsWidth() {
        // Given: all mass spread over [0, 2], then over [2, 4]
        var edges = List.of(0.0, 2.0, 4.0);

        // Then
        assertThat(Wasserstein.distance(edges, new Counts(0, 9, 0, 0), new Counts(0, 0, 4, 0)))
                .isCloseTo(2, within(1e-12));
        assertThat(Wasserstein.distance(edges, new Counts(0, 9, 0, 0), new Counts(0, 18, 0, 0)))
                .isZero();
    }

    @Test
    void distributionsThatCrossWithinABinAreNotTakenForEqual() {
        var moved = Wasserstein.distance(List.of(0.0, 1.0), new Counts(1, 0, 1), new Counts(0, 2, 0));
        assertThat(moved).isCloseTo(0.25, within(1e-12));
    }

    @Test
    void edgesThatDoNotFitAreRefused() {
        assertThatThrownBy(() -> Wasserstein.distance(List.of(1.0), REFERENCE, CURRENT))
                .hasMessage("10 bins have 9 edges, not 1");
    }

    @Test
    void chanceExceedsTheKolmogorovSmirnovNoiseAtMostAsOftenAsItSays() {
        // Given
        var random = new Random(11);
        var exceeded = 0;

        // When
        for (int run = 0; run < 2000; run++) {
            var a = fine(random, 800);
            var b = fine(random, 500);
            var d = KolmogorovSmirnov.statistic(a, b);
            exceeded += d > KolmogorovSmirnov.noise(800, 500, 0.05) ? 1 : 0;
            assertThat(KolmogorovSmirnov.pValue(d, 800, 500) < 0.05)
                    .isEqualTo(d > KolmogorovSmirnov.noise(800, 500, 0.05));
        }

        // Then
        assertThat(exceeded / 2000.0).isBetween(0.03, 0.06);
    }

    private static Counts fine(Random random, int n) {
        var bins = new long[200];
        for (int i = 0; i < n; i++) {
            bins[random.nextInt(bins.length)]++;
        }
        return new Counts(bins);
    }

    private static Counts counts(Random random) {
        var bins = new long[6];
        for (int i = 0; i < bins.length; i++) {
            bins[i] = random.nextInt(4) == 0 ? 0 : random.nextInt(100);
        }
        bins[0]++;
        return new Counts(bins);
    }
}
