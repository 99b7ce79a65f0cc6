package io.plumbline.drift.chance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProportionTest {

    /** SciPy 1.17.1: stats.binomtest(hits, trials).proportion_ci(confidence, method='wilson'). */
    @ParameterizedTest
    @CsvSource({
        "0, 10, 0.95, 0.0, 0.27753279986288926",
        "10, 10, 0.95, 0.7224672001371109, 1.0",
        "1, 10, 0.99, 0.011851503411032915, 0.5072317712328935",
        "28, 100, 0.95, 0.2013968521118621, 0.3748802870992116",
        "46, 120, 0.95, 0.301245277548569, 0.4726591946157952",
        "1432, 1440, 0.95, 0.9890756071065576, 0.9971822616507919",
        "1432, 1440, 0.99, 0.9866557228642376, 0.9976976916329494",
        "25, 90, 0.95, 0.1957968919468665, 0.37795227497061207",
        "18, 20, 0.95, 0.6989663547715128, 0.9721335187862319"
    })
    void intervalMatchesTheReference(long hits, long trials, double confidence, double lower, double upper) {
        var interval = new Proportion(hits, trials).interval(confidence);

        assertThat(interval.lower()).isCloseTo(lower, within(1e-9));
        assertThat(interval.upper()).isCloseTo(upper, within(1e-9));
    }

    @Test
    void withoutTrialsNothingIsKnown() {
        assertThat(new Proportion(0, 0).interval(0.95)).isEqualTo(Interval.UNKNOWN);
        assertThat(new Proportion(0, 0).share()).isZero();
    }

    @Test
    void moreTrialsNarrowTheInterval() {
        var few = new Proportion(9, 10).interval(0.95);
        var many = new Proportion(900, 1000).interval(0.95);

        assertThat(many.upper() - many.lower()).isLessThan(few.upper() - few.lower());
    }

    @ParameterizedTest
    @CsvSource({"0.02, 120, 1", "0.46, 120, 2", "0.5, 20, 3", "0.994, 1440, 4"})
    void intervalHoldsTheTruthAboutAsOftenAsItSays(double truth, int trials, long seed) {
        // Given
        var random = new Random(seed);
        var runs = 4000;
        var held = 0;

        // When
        for (int run = 0; run < runs; run++) {
            var hits = random.doubles(trials).filter(u -> u < truth).count();
            var interval = new Proportion(hits, trials).interval(0.95);
            held += interval.lower() <= truth && truth <= interval.upper() ? 1 : 0;
        }

        // Then
        assertThat((double) held / runs).as("seed %d", seed).isBetween(0.92, 0.985);
    }

    @Test
    void moreHitsThanTrialsCannotBe() {
        assertThatThrownBy(() -> new Proportion(3, 2)).hasMessage("hits 3 must not exceed trials 2");
    }
}
