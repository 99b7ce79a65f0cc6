package io.plumbline.drift.confidence;

import io.plumbline.contract.message.ConfidenceSketch;
import java.util.Arrays;

/**
 * How often a build is right at each confidence: the isotonic regression of right answers on the bins of a
 * {@link ConfidenceSketch}, from labelled answers that it was not trained on. Bins without answers take over from their
 * neighbours. A build has one of its own, because quantization moves scores. Labelled answers that depend on each other count for as
 * many as they tell as much as, so that what it does not know is told as it is. Immutable.
 *
 * @see <a href="https://doi.org/10.2307/2346178">Ayer et al. 1955</a> for pooling adjacent violators
 */
public final class Calibration {

    /** Scores as they are: a bin is right as often as its middle says. */
    public static final Calibration NONE = new Calibration(middles(), new double[ConfidenceSketch.BINS]);

    private static final double UNIFORM = Math.sqrt(12);

    private final double[] right;
    private final double[] doubt;

    private Calibration(double[] right, double[] doubt) {
        this.right = right;
        this.doubt = doubt;
    }

    private static double[] middles() {
        var middles = new double[ConfidenceSketch.BINS];
        for (int i = 0; i < middles.length; i++) {
            middles[i] = (i + 0.5) / middles.length;
        }
        return middles;
    }

    /**
     * Learns from labelled answers.
     *
     * @throws IllegalArgumentException if there are none, more right ones than answers, or how much they depend on each other is not
     *     known
     */
    public static Calibration of(LabelledScores labelled) {
        if (labelled.answers().total() == 0) {
            throw new IllegalArgumentException("a calibration needs labelled answers; there are none");
        }
        var dispersion = labelled.dispersion()
                .orElseThrow(() -> new IllegalArgumentException(
                        "a calibration needs to know how much labelled answers depend on each other"));
        var pools = new Pools(dispersion);
        for (int bin = 0; bin < ConfidenceSketch.BINS; bin++) {
            var answers = labelled.answers().get(bin);
            var right = labelled.right().get(bin);
            if (right > answers) {
                throw new IllegalArgumentException("bin " + bin + " has " + right + " right answers of " + answers);
            }
            pools.add(bin, answers, right);
        }
        return pools.calibration();
    }

    /** How often answers of this bin are right, in [0, 1]; does not fall with the bin. */
    public double right(int bin) {
        return right[bin];
    }

    /**
     * Standard error of {@link #right}: of the posterior of a share where answers of the bin, or of those pooled with it, were
     * labelled; where none was, any share between the neighbours' is as likely, too.
     */
    public double doubt(int bin) {
        return doubt[bin];
    }

    /** Neighbouring bins whose shares would fall are one. */
    private static final class Pools {

        private final int[] first = new int[ConfidenceSketch.BINS];
        private final int[] last = new int[ConfidenceSketch.BINS];
        private final double[] answers = new double[ConfidenceSketch.BINS];
        private final double[] right = new double[ConfidenceSketch.BINS];
        private final double dispersion;
        private int size;

        private Pools(double dispersion) {
            this.dispersion = dispersion;
        }

        private void add(int bin, long count, long hits) {
            if (count == 0) {
                return;
            }
            first[size] = bin;
            last[size] = bin;
            answers[size] = count;
            right[size] = hits;
            size++;
            while (size > 1 && share(size - 2) >= share(size - 1)) {
                size--;
                last[size - 1] = last[size];
                answers[size - 1] += answers[size];
                right[size - 1] += right[size];
            }
        }

        private double share(int pool) {
            return right[pool] / answers[pool];
        }

        /** Of the posterior Beta(right / dispersion + 1, wrong / dispersion + 1). */
        private double error(int pool) {
            var hits = right[pool] / dispersion + 1;
            var all = answers[pool] / dispersion + 2;
            return Math.sqrt(hits * (all - hits) / (all * all * (all + 1)));
        }

        private Calibration calibration() {
            var shares = new double[ConfidenceSketch.BINS];
            var doubts = new double[ConfidenceSketch.BINS];
            Arrays.fill(shares, 0, first[0], share(0));
            Arrays.fill(doubts, 0, first[0], StrictMath.hypot(error(0), share(0) / UNIFORM));
            for (int pool = 0; pool < size; pool++) {
                var end = pool + 1 < size ? first[pool + 1] : shares.length;
                var above = pool + 1 < size ? share(pool + 1) : 1;
                Arrays.fill(shares, first[pool], end, share(pool));
                Arrays.fill(doubts, first[pool], last[pool] + 1, error(pool));
                Arrays.fill(
                        doubts, last[pool] + 1, end, StrictMath.hypot(error(pool), (above - share(pool)) / UNIFORM));
            }
            return new Calibration(shares, doubts);
        }
    }
}
