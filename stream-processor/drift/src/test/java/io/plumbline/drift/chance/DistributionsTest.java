package io.plumbline.drift.chance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Reference values are SciPy 1.17.1's: special.gammainc, special.gammaln, stats.chi2.ppf. */
class DistributionsTest {

    private static final Percentage TINY = Percentage.withPercentage(1e-9);

    @ParameterizedTest
    @CsvSource({
        "0.5, 0.1, 0.34527915398142317, 0.5723649429247",
        "0.5, 5, 0.9984345977419975, 0.5723649429247",
        "4.5, 1.2, 0.016547048770493015, 2.4537365708424423",
        "4.5, 20, 0.9999924014747705, 2.4537365708424423",
        "50, 40, 0.07033506665939494, 144.56574394634487",
        "50, 60, 0.9155933189063082, 144.56574394634487",
        "1000, 1010, 0.6276789447369947, 5905.220423209181",
        "3, 700, 1.0, 0.6931471805599453"
    })
    void incompleteGammaMatchesTheReference(double a, double x, double expected, double logGamma) {
        assertThat(GammaFunction.lowerRegularized(a, x)).isCloseTo(expected, within(1e-12));
        assertThat(GammaFunction.logGamma(a)).isCloseTo(logGamma, TINY);
    }

    @Test
    void incompleteGammaIsNothingAtZero() {
        assertThat(GammaFunction.lowerRegularized(2, 0)).isZero();
    }

    @ParameterizedTest
    @CsvSource({
        "1, 0.01, 0.00015708785790970184",
        "1, 0.5, 0.454936423119572",
        "1, 0.95, 3.841458820694124",
        "1, 0.999, 10.827566170662733",
        "2, 0.01, 0.020100671707002873",
        "2, 0.95, 5.991464547107979",
        "5, 0.99, 15.08627246938899",
        "9, 0.01, 2.0879007358707273",
        "9, 0.5, 8.342832692252955",
        "9, 0.99, 21.665994333461924",
        "11, 0.95, 19.67513757268249",
        "49, 0.999, 85.35056460859305",
        "200, 0.01, 156.43196610759165",
        "200, 0.5, 199.33372983863097",
        "200, 0.999, 267.5405278227572"
    })
    void chiSquaredQuantileMatchesTheReference(int degrees, double p, double expected) {
        assertThat(ChiSquared.quantile(degrees, p)).isCloseTo(expected, TINY);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 10, 57, 400})
    void quantileAndDistributionUndoEachOther(int degrees) {
        for (var p = 0.001; p < 1; p += 0.0371) {
            assertThat(ChiSquared.cumulative(degrees, ChiSquared.quantile(degrees, p)))
                    .isCloseTo(p, within(1e-12));
        }
    }

    /* With two degrees the distribution is exponential, so the quantile has a closed form. */
    @Test
    void twoDegreesAreExponential() {
        assertThat(ChiSquared.quantile(2, 0.75)).isCloseTo(-2 * Math.log(0.25), TINY);
    }

    @Test
    void ninetyFivePercentIsTheWellKnownDeviation() {
        assertThat(ChiSquared.deviations(0.95)).isCloseTo(1.959963984540054, TINY);
    }
}
