package io.plumbline.drift.sequential;

import io.plumbline.contract.wire.Require;

/**
 * Count, mean and variance of observations: additive. Immutable.
 *
 * @param squares sum of squared differences from the mean
 */
public record Moments(long count, double mean, double squares) {

    public static final Moments NONE = new Moments(0, 0, 0);

    public Moments {
        Require.notNegative("count", count);
    }

    /** Of shares: so many of the observations are 1, the others 0. */
    public static Moments ofHits(long hits, long count) {
        var share = count == 0 ? 0 : (double) hits / count;
        return new Moments(count, share, count * share * (1 - share));
    }

    /**
     * Of paired differences of 0 and 1, which is how two builds compare on the same inputs.
     *
     * @param better inputs on which only the second build is right
     * @param worse inputs on which only the first is
     * @param count all inputs
     */
    public static Moments ofPairs(long better, long worse, long count) {
        Require.that(better + worse <= count, "better " + better + " and worse " + worse + " exceed count " + count);
        var mean = count == 0 ? 0 : (double) (better - worse) / count;
        return new Moments(count, mean, better + worse - count * mean * mean);
    }

    public Moments plus(Moments other) {
        if (count == 0 || other.count == 0) {
            return count == 0 ? other : this;
        }
        var all = count + other.count;
        var difference = other.mean - mean;
        return new Moments(
                all,
                mean + difference * other.count / all,
                squares + other.squares + difference * difference * ((double) count * other.count / all));
    }

    /** With count in the denominator; 0 without observations. */
    public double variance() {
        return count == 0 ? 0 : Math.max(0, squares / count);
    }
}
