package io.plumbline.drift.chance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.plumbline.contract.wire.Counts;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class DispersionTest {

    @Test
    void itIsTheChiSquaredOfTheWindowsByItsDegreesOfFreedom() {
        // Given: expected 50 and 50 in each; 2 windows x 2 bins of 20^2 / 50, one degree of freedom
        assertThat(Dispersion.factor(List.of(new Counts(70, 30), new Counts(30, 70))))
                .isCloseTo(32, within(1e-12));
    }

    @Test
    void windowsThatAreAlikeHaveNone() {
        assertThat(Dispersion.factor(List.of(new Counts(50, 50), new Counts(50, 50))))
                .isEqualTo(1);
    }

    @Test
    void whatCannotBeKnownIsNone() {
        assertThat(Dispersion.factor(List.of())).isEqualTo(1);
        assertThat(Dispersion.factor(List.of(new Counts(3, 4), new Counts(0, 0))))
                .isEqualTo(1);
        assertThat(Dispersion.factor(List.of(new Counts(3, 0), new Counts(9, 0))))
                .isEqualTo(1);
    }

    @Test
    void theCautiousFactorIsLargerTheFewerWindowsThereAre() {
        var two = List.of(new Counts(70, 30), new Counts(30, 70));
        var six = List.of(two.get(0), two.get(1), two.get(0), two.get(1), two.get(0), two.get(1));

        assertThat(Dispersion.cautious(two)).isCloseTo(3 * 32 * 3, within(1e-9));
        assertThat(Dispersion.cautious(six)).isCloseTo(3 * 6 * 16 / 5.0 * 5 / 3, within(1e-9));
        assertThat(Dispersion.cautious(two.subList(0, 1))).isEqualTo(1);
    }

    /** Each value repeated ten times: one in ten tells something. */
    @Test
    void itFindsHowOftenValuesRepeat() {
        var random = new Random(1);
        var independent = windows(random, 1);
        var repeated = windows(random, 10);

        assertThat(Dispersion.factor(independent)).isCloseTo(1, within(0.1));
        assertThat(Dispersion.factor(repeated)).isCloseTo(10, within(1.0));
    }

    /** With it, the noise of PSI holds for values that repeat, where without it most of what is unchanged exceeds it. */
    @Test
    void withItTheNoiseOfPsiHoldsForValuesThatFollowEachOther() {
        var random = new Random(2);
        var reference = new Counts(5_000, 5_000, 5_000, 5_000, 5_000);
        var with = 0;
        var without = 0;
        for (int run = 0; run < 500; run++) {
            var windows = windows(random, 10).subList(0, 24);
            var sum = windows.stream().reduce(Counts::plus).orElseThrow();
            var psi = PopulationStability.index(reference, sum);
            with += psi > PopulationStability.noise(reference, sum, 1, Dispersion.factor(windows), 0.01) ? 1 : 0;
            without += psi > PopulationStability.noise(reference, sum, 1, 1, 0.01) ? 1 : 0;
        }
        assertThat(with).isLessThan(25);
        assertThat(without).isGreaterThan(300);
    }

    private static List<Counts> windows(Random random, int repeats) {
        var windows = new ArrayList<Counts>();
        for (int window = 0; window < 200; window++) {
            var bins = new long[5];
            for (int value = 0; value < 24; value++) {
                bins[random.nextInt(5)] += repeats;
            }
            windows.add(new Counts(bins));
        }
        return windows;
    }
}
