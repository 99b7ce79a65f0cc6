package io.plumbline.quantizer.calibration;

import io.plumbline.quantizer.arithmetic.ActivationRange;

/**
 * The range that loses the least information when its values are told apart by 256 levels.
 *
 * <p>A candidate is a whole number of bins on each side of zero, cut to what was seen; it holds n bins, 256 at least. P is
 * the distribution over these n bins with everything outside counted into the outermost ones; Q is what 256 levels leave of
 * it: the bins inside, without what lay outside, in 256 equal groups, each group's count spread evenly over those of its
 * bins that hold values. The candidate with the smallest Kullback-Leibler divergence of Q from P wins, the wider one at a
 * tie. The bin above zero is left out of both: a zero is always represented exactly, and rectified activations are mostly
 * zero. Bins where Q is empty and P is not (the outermost, when only values outside fall there) count as a small
 * {@value #EPSILON} share. With fewer than 256 bins between the smallest and the largest value the histogram is coarser than
 * the levels, and all of what was seen is kept.
 *
 * @see <a href="https://on-demand.gputechconf.com/gtc/2017/presentation/s7310-8-bit-inference-with-tensorrt.pdf">S. Migacz,
 *     8-bit Inference with TensorRT, GTC 2017</a>
 */
final class EntropyRange {

    private static final int LEVELS = 256;
    private static final double EPSILON = 1e-4;

    private EntropyRange() {}

    static ActivationRange of(Histogram histogram) {
        var first = histogram.first();
        var last = histogram.last();
        var zero = histogram.bins() / 2;
        var best = histogram.seen();
        var smallest = Double.POSITIVE_INFINITY;
        for (int reach = Math.max(zero - first, last + 1 - zero); reach > 0; reach--) {
            var from = Math.max(Math.min(first, zero), zero - reach);
            var to = Math.min(Math.max(last + 1, zero), zero + reach);
            if (to - from < LEVELS) {
                break;
            }
            var divergence = divergence(histogram, from, to);
            if (divergence < smallest) {
                smallest = divergence;
                best = cut(histogram, from, to);
            }
        }
        return best;
    }

    private static ActivationRange cut(Histogram histogram, int from, int to) {
        var seen = histogram.seen();
        return new ActivationRange(
                Math.max(seen.min(), histogram.edge(from)), Math.min(seen.max(), histogram.edge(to)));
    }

    private static double divergence(Histogram histogram, int from, int to) {
        var n = to - from;
        var p = new double[n];
        for (int bin = 0; bin < histogram.bins(); bin++) {
            if (bin != histogram.bins() / 2) {
                p[Math.max(0, Math.min(n - 1, bin - from))] += histogram.count(bin);
            }
        }
        return divergence(p, levels(histogram, from, n));
    }

    private static double[] levels(Histogram histogram, int from, int n) {
        var q = new double[n];
        for (int level = 0; level < LEVELS; level++) {
            var start = (int) ((long) level * n / LEVELS);
            var end = (int) ((long) (level + 1) * n / LEVELS);
            long sum = 0;
            int occupied = 0;
            for (int i = start; i < end; i++) {
                var count = inside(histogram, from + i);
                sum += count;
                occupied += count > 0 ? 1 : 0;
            }
            for (int i = start; i < end; i++) {
                q[i] = inside(histogram, from + i) > 0 ? (double) sum / occupied : 0;
            }
        }
        return q;
    }

    private static long inside(Histogram histogram, int bin) {
        return bin == histogram.bins() / 2 ? 0 : histogram.count(bin);
    }

    private static double divergence(double[] p, double[] q) {
        double totalP = 0;
        double totalQ = 0;
        for (int i = 0; i < p.length; i++) {
            totalP += p[i];
            totalQ += q[i];
        }
        if (totalP == 0) {
            return 0;
        }
        double divergence = 0;
        for (int i = 0; i < p.length; i++) {
            if (p[i] > 0) {
                var share = totalQ == 0 ? 0 : q[i] / totalQ;
                divergence += p[i] / totalP * Math.log(p[i] / totalP / Math.max(share, EPSILON / p.length));
            }
        }
        return divergence;
    }
}
