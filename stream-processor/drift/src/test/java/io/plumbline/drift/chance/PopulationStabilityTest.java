package io.plumbline.drift.chance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.plumbline.contract.wire.Counts;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PopulationStabilityTest {

    private static final Counts REFERENCE = new Counts(500, 480, 520, 510, 490, 505, 495, 500, 515, 485);

    /** NumPy and SciPy 1.17.1, with the formula of the class. */
    @Test
    void indexAndNoiseMatchTheReference() {
        var current = new Counts(30, 10, 55, 60, 40, 45, 70, 80, 90, 20);

        assertThat(PopulationStability.index(REFERENCE, current)).isCloseTo(0.27603810559820613, within(1e-12));
        assertThat(PopulationStability.noise(REFERENCE, current, 1, 1, 0.01))
                .isCloseTo(0.04766518753361624, within(1e-12));
    }

    @Test
    void equalSharesHaveNotMoved() {
        assertThat(PopulationStability.index(new Counts(10, 20, 30), new Counts(10, 20, 30)))
                .isZero();
    }

    @Test
    void emptyBinsStayFinite() {
        assertThat(PopulationStability.index(new Counts(100, 0), new Counts(0, 100)))
                .isFinite()
                .isGreaterThan(5);
    }

    @Test
    void oneBinCannotMove() {
        assertThat(PopulationStability.index(new Counts(5), new Counts(9))).isZero();
        assertThat(PopulationStability.noise(new Counts(5), new Counts(9), 1, 1, 0.01))
                .isZero();
    }

    @Test
    void differentBinsAreRefused() {
        assertThatThrownBy(() -> PopulationStability.index(new Counts(1, 2), new Counts(1, 2, 3)))
                .hasMessage("counts of 3 bins cannot be held against 2");
    }

    @ParameterizedTest
    @CsvSource({"100, 1", "500, 2", "2000, 3"})
    void chanceExceedsTheNoiseAboutAsOftenAsItSays(int n, long seed) {
        // Given
        var random = new Random(seed);
        var runs = 2000;
        var exceeded = 0;

        // When
        for (int run = 0; run < runs; run++) {
            var reference = sample(random, 5000);
            var current = sample(random, n);
            var noise = PopulationStability.noise(reference, current, 1, 1, 0.05);
            exceeded += PopulationStability.index(reference, current) > noise ? 1 : 0;
        }

        // Then
        assertThat((double) exceeded / runs).as("seed %d", seed).isBetween(0.03, 0.075);
    }

    private static Counts sample(Random random, int n) {
        var bins = new long[10];
        for (int i = 0; i < n; i++) {
            bins[random.nextInt(bins.length)]++;
        }
        return new Counts(bins);
    }
}
