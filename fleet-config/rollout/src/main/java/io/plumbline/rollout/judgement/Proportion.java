package io.plumbline.rollout.judgement;

import io.plumbline.contract.message.Evidence;
import io.plumbline.contract.wire.Require;
import io.plumbline.drift.sequential.Confidence;
import io.plumbline.drift.sequential.ShareSequence;
import java.util.Locale;

/**
 * A share of a number of trials, with its uncertainty.
 *
 * <p>Interval of the share p = hits / n: Wilson's score interval,
 * {@code (p + z²/2n ± z·√(p(1-p)/n + z²/4n²)) / (1 + z²/n)}, z = 1.96. It stays within [0, 1], is honest at p = 0 and
 * p = 1, and is [0, 1] without trials.
 *
 * <p>The drift library has a {@link io.plumbline.drift.chance.Proportion} for any confidence, by the exact deviate 1.959964. The digits of this one are in
 * every logged decision and are part of the rules by which it is made again, so they stay.
 *
 * <p>That interval is for one look. What may be looked at again and again, and stops a rollout, goes by {@link ShareSequence}.
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

    /** Where the share lies, however often it is looked at, but with this probability. */
    Confidence always(double alpha) {
        return new ShareSequence(alpha).of(hits, trials);
    }

    /** The upper end of this share minus the other, however often they are looked at; 1 when either has no trials. */
    double upperOfDifference(Proportion other, double alpha) {
        if (trials == 0 || other.trials == 0) {
            return 1;
        }
        return always(alpha / 2).upper() - other.always(alpha / 2).lower();
    }

    /** The share of those that were no hits. */
    Proportion others() {
        return new Proportion(trials - hits, trials);
    }

    /** In percent, and of how many. */
    String words() {
        return String.format(Locale.ROOT, "%.1f %% (%d of %d)", 100 * value(), hits, trials);
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
