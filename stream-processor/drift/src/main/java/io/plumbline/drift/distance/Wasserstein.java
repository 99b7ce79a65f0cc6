package io.plumbline.drift.distance;

import io.plumbline.contract.wire.Counts;
import java.util.List;

/**
 * The Wasserstein-1 distance &int; |F(x) - G(x)| dx of binned counts: how far mass must be carried, in the unit of the
 * feature. Within a bin, mass is taken as evenly spread, so F and G are straight lines there and the integral is exact for
 * them. Of the two open bins it is only known that mass lies outside of the edges: it is taken to lie at the outermost edge,
 * which makes the distance a lower bound.
 *
 * @see <a href="https://doi.org/10.1137/1118101">Vallender 1974</a>
 */
public final class Wasserstein {

    private Wasserstein() {}

    /**
     * The distance; not negative, 0 for equal shares.
     *
     * @param edges inner edges of the bins, ascending; one fewer than bins
     * @throws IllegalArgumentException if the bins differ in number, do not fit the edges, or counted nothing
     */
    public static double distance(List<Double> edges, Counts reference, Counts current) {
        if (edges.size() != reference.size() - 1) {
            throw new IllegalArgumentException(
                    reference.size() + " bins have " + (reference.size() - 1) + " edges, not " + edges.size());
        }
        var shares = Shares.of(reference, current);
        var distance = 0.0;
        var left = shares.reference(0) - shares.current(0);
        for (int i = 1; i < edges.size(); i++) {
            var right = left + shares.reference(i) - shares.current(i);
            distance += area(left, right) * (edges.get(i) - edges.get(i - 1));
            left = right;
        }
        return distance;
    }

    /** Mean of |y| on a line from left to right. */
    private static double area(double left, double right) {
        return left * right >= 0
                ? Math.abs(left + right) / 2
                : (left * left + right * right) / (2 * (Math.abs(left) + Math.abs(right)));
    }
}
