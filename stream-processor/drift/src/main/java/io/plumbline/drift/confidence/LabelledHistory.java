package io.plumbline.drift.confidence;

import io.plumbline.contract.message.ConfidenceSketch;
import io.plumbline.contract.wire.Counts;
import io.plumbline.contract.wire.Require;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Answers of a build whose truth is known, and how much they depend on each other, found from themselves. With the surprise
 * e = y - s of an answer that was right (y = 1) or not (y = 0) at the middle s of its score's bin, answers fall into K stretches
 * of event time of equal length; n<sub>g</sub> answers of stretch g have the sum e<sub>g</sub>, N all the mean &#275;. The design effect
 *
 * <pre>&phi; = K / (K - 3) &Sigma;<sub>g</sub> (e<sub>g</sub> - n<sub>g</sub> &#275;)&sup2; / &Sigma;<sub>i</sub> (e<sub>i</sub> - &#275;)&sup2;</pre>
 *
 * says that they tell as much as N / &phi; independent ones. K / (K - 1) is the usual factor for clusters; the rest is the mean of
 * what the sum can be, given how few stretches it was found from. It sees what is forgotten within a stretch. There are at most
 * {@value #MOST}: where more come, neighbours are joined and stretches are twice as long from then on, so that they grow
 * with the history. What is kept depends on the answers alone, not on their order. Immutable.
 *
 * @param minutes length of a stretch: a power of two, the smallest with which there are not too many
 * @param stretches those with answers, the oldest first
 * @see <a href="https://doi.org/10.1111/j.2517-6161.1987.tb01448.x">Rao and Scott's correction</a>, for clusters of a survey
 */
public record LabelledHistory(Counts answers, Counts right, long minutes, List<Stretch> stretches) {

    /** Nothing labelled. */
    public static final LabelledHistory NONE =
            new LabelledHistory(Counts.zeros(ConfidenceSketch.BINS), Counts.zeros(ConfidenceSketch.BINS), 1, List.of());

    /** Stretches that are told apart. */
    public static final int MOST = 32;

    private static final int FEWEST = 4;
    private static final long MINUTE = 60_000;
    /* Surprises are counted in halves of a bin, exactly, so that no order of adding changes them. */
    private static final int UNIT = 2 * ConfidenceSketch.BINS;

    /** @throws IllegalArgumentException if counts have other bins than a {@link ConfidenceSketch}, or a stretch no length */
    public LabelledHistory {
        Require.that(
                answers.size() == ConfidenceSketch.BINS && right.size() == ConfidenceSketch.BINS,
                "labelled answers must have " + ConfidenceSketch.BINS + " bins");
        Require.that(minutes >= 1, "a stretch of " + minutes + " minutes must have a length");
        stretches = List.copyOf(stretches);
    }

    /**
     * A stretch of event time.
     *
     * @param index stretches of this length since 1970
     * @param answers in it
     * @param surprise the sum of their surprises, in 1 / (2 {@link ConfidenceSketch#BINS})
     */
    public record Stretch(long index, long answers, long surprise) {

        private Stretch plus(Stretch other) {
            return new Stretch(index, answers + other.answers, surprise + other.surprise);
        }
    }

    /**
     * With one more answer.
     *
     * @param at event time of the answer
     * @param score in [0, 1]
     */
    public LabelledHistory plus(Instant at, double score, boolean wasRight) {
        var bin = ConfidenceSketch.binOf(score);
        var one = one(bin);
        var index = Math.floorDiv(Math.floorDiv(at.toEpochMilli(), MINUTE), minutes);
        var more = with(new Stretch(index, 1, surprise(bin, wasRight)));
        return new LabelledHistory(answers.plus(one), wasRight ? right.plus(one) : right, minutes, more).shortened();
    }

    /** Most answers are of the newest stretch. */
    private List<Stretch> with(Stretch one) {
        var all = new ArrayList<>(stretches);
        var at = all.size();
        while (at > 0 && all.get(at - 1).index() > one.index()) {
            at--;
        }
        if (at > 0 && all.get(at - 1).index() == one.index()) {
            all.set(at - 1, all.get(at - 1).plus(one));
        } else {
            all.add(at, one);
        }
        return all;
    }

    /** What a calibration learns from. */
    public LabelledScores scores() {
        return new LabelledScores(answers, right, dispersion());
    }

    /** The design effect, at least 1; empty where there are fewer than {@value #FEWEST} stretches. */
    public Optional<Double> dispersion() {
        var k = stretches.size();
        if (k < FEWEST) {
            return Optional.empty();
        }
        var mean = (double) stretches.stream().mapToLong(Stretch::surprise).sum() / answers.total();
        var between = stretches.stream()
                .mapToDouble(g -> StrictMath.pow(g.surprise() - g.answers() * mean, 2))
                .sum();
        var each = 0.0;
        for (int bin = 0; bin < ConfidenceSketch.BINS; bin++) {
            var wrong = answers.get(bin) - right.get(bin);
            each += right.get(bin) * StrictMath.pow(surprise(bin, true) - mean, 2)
                    + wrong * StrictMath.pow(surprise(bin, false) - mean, 2);
        }
        return Optional.of(each == 0 ? 1 : Math.max(1, k / (k - 3.0) * between / each));
    }

    private LabelledHistory shortened() {
        return stretches.size() <= MOST
                ? this
                : new LabelledHistory(answers, right, 2 * minutes, joined(stretches)).shortened();
    }

    /** Neighbours together. */
    private static List<Stretch> joined(List<Stretch> all) {
        var byIndex = new TreeMap<Long, Stretch>();
        for (var stretch : all) {
            var index = Math.floorDiv(stretch.index(), 2);
            byIndex.merge(index, new Stretch(index, stretch.answers(), stretch.surprise()), Stretch::plus);
        }
        return List.copyOf(byIndex.values());
    }

    private static long surprise(int bin, boolean wasRight) {
        return (wasRight ? UNIT : 0) - (2L * bin + 1);
    }

    private static Counts one(int bin) {
        var bins = new long[ConfidenceSketch.BINS];
        bins[bin] = 1;
        return new Counts(bins);
    }
}
