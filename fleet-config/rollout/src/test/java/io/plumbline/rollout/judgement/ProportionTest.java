package io.plumbline.rollout.judgement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProportionTest {

    /* Wilson intervals from the closed form with z = 1.96. */
    @ParameterizedTest
    @CsvSource({
        "0, 10, 0.0, 0.27753",
        "10, 10, 0.72247, 1.0",
        "5, 10, 0.23659, 0.76341",
        "81, 263, 0.25527, 0.36621",
        "200, 200, 0.98115, 1.0"
    })
    void isWilsonsInterval(long hits, long trials, double lower, double upper) {
        // When
        var share = new Proportion(hits, trials);
        // Then
        assertThat(share.lower()).isCloseTo(lower, within(1e-4));
        assertThat(share.upper()).isCloseTo(upper, within(1e-4));
    }

    @Test
    void knowsNothingWithoutTrials() {
        // When
        var nothing = new Proportion(0, 0);
        // Then
        assertThat(nothing.lower()).isZero();
        assertThat(nothing.upper()).isOne();
        assertThat(nothing.upperOfDifference(new Proportion(1, 2), 0.05)).isOne();
        assertThat(new Proportion(1, 2).upperOfDifference(nothing, 0.05)).isOne();
    }

    @Test
    void provesADifferenceOnlyWhereTheSequencesAreApart() {
        assertThat(new Proportion(11, 40).upperOfDifference(new Proportion(39, 40), 0.05))
                .isLessThan(-0.1);
        assertThat(new Proportion(36, 40).upperOfDifference(new Proportion(39, 40), 0.05))
                .isPositive();
    }

    @ParameterizedTest
    @CsvSource({"1", "2", "3"})
    void coversTheTruthAboutAsOftenAsItSays(long seed) {
        // Given
        var random = new SplittableRandom(seed);
        var covered = 0;
        var runs = 2_000;
        // When
        for (int run = 0; run < runs; run++) {
            var truth = random.nextDouble();
            var hits = 0;
            for (int i = 0; i < 200; i++) {
                hits += random.nextDouble() < truth ? 1 : 0;
            }
            var share = new Proportion(hits, 200);
            covered += share.lower() <= truth && truth <= share.upper() ? 1 : 0;
        }
        // Then
        assertThat((double) covered / runs).isBetween(0.93, 0.97);
    }
}
