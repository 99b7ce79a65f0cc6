package io.plumbline.quantizer.calibration;

import io.plumbline.quantizer.arithmetic.ActivationRange;

/**
 * The range with the smallest expected squared error of quantizing to 256 levels, over all pairs of bin edges around zero.
 *
 * <p>With the step s = (high - low) / 255, a value inside errs by s^2 / 12 on average (rounding uniform over a step), and
 * a value outside by its squared distance to the nearer end, taken at the middle of its bin. The bin above zero holds the
 * zeros of rectified activations, which are represented exactly, and counts as error free. Sums of counts, middles and
 * squared middles make each pair a constant number of operations.
 *
 * @see <a href="https://arxiv.org/abs/1810.05723">R. Banner et al., Post training 4-bit quantization of convolutional
 *     networks for rapid-deployment, 2019, section 2</a>, whose clipping error plus rounding error this is
 */
final class SquaredErrorRange {

    private static final int STEPS = 255;

    private final Histogram histogram;
    private final int zero;
    private final double[] counts;
    private final double[] sums;
    private final double[] squares;

    private SquaredErrorRange(Histogram histogram) {
        this.histogram = histogram;
        this.zero = histogram.bins() / 2;
        this.counts = new double[histogram.bins() + 1];
        this.sums = new double[histogram.bins() + 1];
        this.squares = new double[histogram.bins() + 1];
        for (int bin = 0; bin < histogram.bins(); bin++) {
            var middle = histogram.edge(bin) + histogram.width() / 2;
            var count = bin == zero ? 0 : (double) histogram.count(bin);
            counts[bin + 1] = counts[bin] + count;
            sums[bin + 1] = sums[bin] + count * middle;
            squares[bin + 1] = squares[bin] + count * middle * middle;
        }
    }

    static ActivationRange of(Histogram histogram) {
        return new SquaredErrorRange(histogram).smallest();
    }

    private ActivationRange smallest() {
        var first = Math.min(histogram.first(), zero);
        var last = Math.max(histogram.last() + 1, zero);
        var best = new Pair(first, last);
        var smallest = Double.POSITIVE_INFINITY;
        for (int from = first; from <= zero; from++) {
            for (int to = last; to >= zero; to--) {
                var error = error(from, to);
                if (error < smallest) {
                    smallest = error;
                    best = new Pair(from, to);
                }
            }
        }
        var seen = histogram.seen();
        var low = Math.max(seen.min(), histogram.edge(best.from));
        var high = Math.min(seen.max(), histogram.edge(best.to));
        return low <= high ? new ActivationRange(low, high) : seen;
    }

    /** Summed over all values. */
    private double error(int from, int to) {
        var low = histogram.edge(from);
        var high = histogram.edge(to);
        var step = (high - low) / STEPS;
        return (counts[to] - counts[from]) * step * step / 12
                + distance(0, from, low)
                + distance(to, histogram.bins(), high);
    }

    /** Sum of (x - end)^2 over the values of some bins. */
    private double distance(int from, int to, double end) {
        var count = counts[to] - counts[from];
        var sum = sums[to] - sums[from];
        var square = squares[to] - squares[from];
        return Math.max(0, square - 2 * end * sum + count * end * end);
    }

    private record Pair(int from, int to) {}
}
