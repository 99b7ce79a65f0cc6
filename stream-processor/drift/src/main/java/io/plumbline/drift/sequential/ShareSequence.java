package io.plumbline.drift.sequential;

import io.plumbline.contract.wire.Require;
import io.plumbline.drift.chance.GammaFunction;

/**
 * A confidence sequence of a share that holds from the first trial on, by a mixture of betas: after s hits and f misses, every p
 * with
 *
 * <pre>B(s + 1/2, f + 1/2) / (B(1/2, 1/2) p<sup>s</sup> (1 - p)<sup>f</sup>) &lt; 1 / &alpha;</pre>
 *
 * The true share is outside at any time at all with a probability of at most &alpha;. For few trials, where a limit theorem is far.
 *
 * @param alpha in (0, 1)
 * @see <a href="https://doi.org/10.1214/aoms/1177696786">Robbins 1970</a>
 */
public record ShareSequence(double alpha) {

    private static final int HALVINGS = 50;
    private static final double HALF = 0.5;

    public ShareSequence {
        Require.that(alpha > 0 && alpha < 1, "alpha " + alpha + " must be in (0, 1)");
    }

    /** Within [0, 1]; all of it without trials. */
    public Confidence of(long hits, long trials) {
        Require.that(hits >= 0 && hits <= trials, "hits " + hits + " must be from 0 to trials " + trials);
        if (trials == 0) {
            return new Confidence(0, 1);
        }
        var misses = trials - hits;
        var limit = logBeta(hits + HALF, misses + HALF) - logBeta(HALF, HALF) + StrictMath.log(alpha);
        var best = (double) hits / trials;
        return new Confidence(
                hits == 0 ? 0 : edge(0, best, hits, misses, limit),
                misses == 0 ? 1 : edge(1, best, hits, misses, limit));
    }

    /** Between a share that is excluded and the best one. */
    private static double edge(double excluded, double best, long hits, long misses, double limit) {
        var out = excluded;
        var in = best;
        for (int i = 0; i < HALVINGS; i++) {
            var middle = (out + in) / 2;
            if (logLikelihood(middle, hits, misses) > limit) {
                in = middle;
            } else {
                out = middle;
            }
        }
        return out;
    }

    private static double logLikelihood(double p, long hits, long misses) {
        return (hits == 0 ? 0 : hits * StrictMath.log(p)) + (misses == 0 ? 0 : misses * StrictMath.log1p(-p));
    }

    private static double logBeta(double a, double b) {
        return GammaFunction.logGamma(a) + GammaFunction.logGamma(b) - GammaFunction.logGamma(a + b);
    }
}
