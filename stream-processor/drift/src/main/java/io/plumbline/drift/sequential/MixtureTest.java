package io.plumbline.drift.sequential;

import io.plumbline.contract.wire.Require;

/**
 * The mixture sequential probability ratio test of "no difference": with n observations of a difference d with variance V, and
 * differences expected in the order of &tau;,
 *
 * <pre>&Lambda;<sub>n</sub> = &radic;(V / (V + n&tau;&sup2;)) exp(n&sup2;&tau;&sup2;d&sup2; / (2V(V + n&tau;&sup2;)))</pre>
 *
 * and 1 / &Lambda; is a p-value that stays valid however often it is looked at. The least one so far may be kept.
 *
 * @param tau the smallest difference that matters, in the unit of the observations, positive
 * @see <a href="https://doi.org/10.1287/opre.2021.2135">Johari et al. 2022</a>
 */
public record MixtureTest(double tau) {

    public MixtureTest {
        Require.that(tau > 0, "tau " + tau + " must be positive");
    }

    /** The p-value, in (0, 1]; 1 without observations, or where nothing varied. */
    public double pValue(Moments differences) {
        return pValue(differences.mean(), differences.variance(), differences.count());
    }

    /** Of two independent arms of equal worth, with the smaller one's observations. */
    public double pValue(Moments first, Moments second) {
        var n = Math.min(first.count(), second.count());
        return pValue(second.mean() - first.mean(), first.variance() + second.variance(), n);
    }

    private double pValue(double difference, double variance, long count) {
        if (count == 0 || variance == 0) {
            return 1;
        }
        var mixed = count * tau * tau;
        var n = (double) count;
        var logarithm = StrictMath.log(variance / (variance + mixed)) / 2
                + n * n * tau * tau * difference * difference / (2 * variance * (variance + mixed));
        return Math.min(1, StrictMath.exp(-logarithm));
    }
}
