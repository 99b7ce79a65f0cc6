package io.plumbline.drift.chance;

import io.plumbline.contract.wire.Require;

/**
 * A share of counted things, with what the count does not tell.
 *
 * @param hits at most trials
 */
public record Proportion(long hits, long trials) {

    /**
     * How many standard errors to either side an interval reaches: 1.96 for 0.95.
     *
     * @param confidence in (0, 1)
     */
    public static double deviations(double confidence) {
        return ChiSquared.deviations(confidence);
    }

    public Proportion {
        Require.notNegative("hits", hits);
        Require.that(hits <= trials, "hits " + hits + " must not exceed trials " + trials);
    }

    /** Hits by trials; 0 without trials, of which {@link #interval} knows that it says nothing. */
    public double share() {
        return trials == 0 ? 0 : (double) hits / trials;
    }

    /**
     * Wilson's score interval, two-sided: with p = hits / n and z the normal deviate,
     *
     * <pre>(p + z&sup2;/2n &plusmn; z &radic;(p(1-p)/n + z&sup2;/4n&sup2;)) / (1 + z&sup2;/n)</pre>
     *
     * It keeps its coverage for rare hits and few trials, where the usual interval shrinks to a point. Without trials it is
     * {@link Interval#UNKNOWN}. It takes trials as independent; neighbouring windows of one device are not, so it is a
     * little too narrow, which is why no verdict rests on one evaluation.
     *
     * @param confidence in (0, 1)
     * @see <a href="https://doi.org/10.1080/01621459.1927.10502953">Wilson 1927</a>
     */
    public Interval interval(double confidence) {
        if (trials == 0) {
            return Interval.UNKNOWN;
        }
        var n = (double) trials;
        var p = hits / n;
        var z = deviations(confidence);
        var zz = z * z / n;
        var centre = p + zz / 2;
        var spread = z * Math.sqrt(p * (1 - p) / n + zz / (4 * n));
        return new Interval(
                hits == 0 ? 0 : Math.max(0, (centre - spread) / (1 + zz)),
                hits == trials ? 1 : Math.min(1, (centre + spread) / (1 + zz)));
    }
}
