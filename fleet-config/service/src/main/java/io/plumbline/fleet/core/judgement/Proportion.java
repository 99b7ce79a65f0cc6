package io.plumbline.fleet.core.judgement;

import io.plumbline.contract.message.Evidence;
import io.plumbline.contract.wire.Require;

/**
 * A share of a number of trials, with its uncertainty.
 *
 * <p>Interval of the share p = hits / n: Wilson's score interval,
 * {@code (p + z²/2n ± z·√(p(1-p)/n + z²/4n²)) / (1 + z²/n)}, z = 1.96. It stays within [0, 1], is honest at p = 0 and
 * p = 1, and is [0, 1] without trials.
 *
 * <p>Interval of the difference of two shares: Newcombe's method 10 on the two Wilson intervals,
 * {@code [d - √((p-l)² + (u'-p')²), d + √((u-p)² + (p'-l')²)]}, d = p - p'.
 *
 * @see <a href="https://doi.org/10.1002/(SICI)1097-0258(19980430)17:8%3C873::AID-SIM779%3E3.0.CO;2-I">Newcombe 1998</a>
 */
public record Proportion(long hits, long trials) {

    private static final double Z = 1.96;

    public Proportion {
        Require.notNegative("hits", hits);
        Require.that(hits <= trials, "hits " + hits + " must not exceed trials " + trials);
    }

    /** The point estimate; 0 without trials. */
    public double value() {
        return trials == 0 ? 0 : (double) hits / trials;
    }

    public double lower() {
        return trials == 0 ? 0 : Math.max(0, centre() - halfWidth());
    }

    public double upper() {
        return trials == 0 ? 1 : Math.min(1, centre() + halfWidth());
    }

    /** The upper end of the interval of this share minus the other; 1 when either has no trials. */
    public double upperOfDifference(Proportion other) {
        if (trials == 0 || other.trials == 0) {
            return 1;
        }
        return value() - other.value() + Math.hypot(upper() - value(), other.value() - other.lower());
    }

    /** This share as a fact for people. */
    Evidence asEvidence(String measure, String subject, double threshold, boolean breached) {
        return new Evidence(measure, subject, value(), lower(), upper(), threshold, trials, breached);
    }

    private double centre() {
        return (value() + Z * Z / (2 * trials)) / (1 + Z * Z / trials);
    }

    private double halfWidth() {
        var n = (double) trials;
        return Z * Math.sqrt(value() * (1 - value()) / n + Z * Z / (4 * n * n)) / (1 + Z * Z / n);
    }
}
