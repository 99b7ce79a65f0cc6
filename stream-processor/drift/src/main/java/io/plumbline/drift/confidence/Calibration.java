package io.plumbline.drift.confidence;

import io.plumbline.contract.message.ConfidenceSketch;
import io.plumbline.contract.wire.Counts;
import java.util.Arrays;

/**
 * How often a build is right at each confidence: the isotonic regression of right answers on the bins of a
 * {@link ConfidenceSketch}, from labelled answers that it was not trained on. Bins without answers take over from their
 * neighbours. A build has one of its own, because quantization moves scores. Immutable.
 *
 * @see <a href="https://doi.org/10.2307/2346178">Ayer et al. 1955</a> for pooling adjacent violators
 */
public final class Calibration {

    /** Scores as they are: a bin is right as often as its middle says. */
    public static final Calibration NONE = new Calibration(middles());

    private final double[] right;

    private Calibration(double[] right) {
        this.right = right;
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
     * @param answers by bin of their confidence
     * @param right those of them that were right
     * @throws IllegalArgumentException if there are none, or more right ones than answers
     */
    public static Calibration of(Counts answers, Counts right) {
        if (answers.total() == 0) {
            throw new IllegalArgumentException("a calibration needs labelled answers; there are none");
        }
        var pools = new Pools();
        for (int bin = 0; bin < ConfidenceSketch.BINS; bin++) {
            if (right.get(bin) > answers.get(bin)) {
                throw new IllegalArgumentException(
                        "bin " + bin + " has " + right.get(bin) + " right answers of " + answers.get(bin));
            }
            pools.add(bin, answers.get(bin), right.get(bin));
        }
        return new Calibration(pools.shares());
    }

    /** How often answers of this bin are right, in [0, 1]; does not fall with the bin. */
    public double right(int bin) {
        return right[bin];
    }

    /** Neighbouring bins whose shares would fall are one. */
    private static final class Pools {

        private final int[] first = new int[ConfidenceSketch.BINS];
        private final double[] answers = new double[ConfidenceSketch.BINS];
        private final double[] right = new double[ConfidenceSketch.BINS];
        private int size;

        private void add(int bin, long count, long hits) {
            if (count == 0) {
                return;
            }
            first[size] = size == 0 ? 0 : bin;
            answers[size] = count;
            right[size] = hits;
            size++;
            while (size > 1 && share(size - 2) >= share(size - 1)) {
                size--;
                answers[size - 1] += answers[size];
                right[size - 1] += right[size];
            }
        }

        private double share(int pool) {
            return right[pool] / answers[pool];
        }

        private double[] shares() {
            var shares = new double[ConfidenceSketch.BINS];
            for (int pool = 0; pool < size; pool++) {
                var end = pool + 1 < size ? first[pool + 1] : shares.length;
                Arrays.fill(shares, first[pool], end, share(pool));
            }
            return shares;
        }
    }
}
