package io.plumbline.drift.chance;

import io.plumbline.contract.wire.Counts;
import java.util.List;

/**
 * How much more windows of the same inputs differ than independent values would: with c<sub>wj</sub> of the n<sub>w</sub> values of
 * window w in bin j, and the share q<sub>j</sub> of the bin over all K windows,
 *
 * <pre>&phi; = &Sigma;<sub>w,j</sub> (c<sub>wj</sub> - n<sub>w</sub> q<sub>j</sub>)&sup2; / (n<sub>w</sub> q<sub>j</sub>) / ((K - 1)(B - 1)),</pre>
 *
 * B the bins that hold a value. Values of one device follow each other, so n of them tell as much as n / &phi; independent ones.
 * It sees what is forgotten within the windows together, not slower movements.
 *
 * @see <a href="https://doi.org/10.1111/j.2517-6161.1987.tb01448.x">Rao and Scott's correction</a>, for clusters of a survey
 */
public final class Dispersion {

    /* Below, the mean of an inverse chi-squared is not finite. */
    private static final double FEWEST = 4;
    private static final double NEIGHBOURS = 3;

    private Dispersion() {}

    /**
     * The factor, at least 1; 1 where fewer than two windows or bins hold a value, so that nothing can be said.
     *
     * @throws IllegalArgumentException if the windows differ in their number of bins
     */
    public static double factor(List<Counts> windows) {
        var filled = windows.stream().filter(w -> w.total() > 0).toList();
        if (filled.size() < 2) {
            return 1;
        }
        var all = filled.stream().reduce(Counts::plus).orElseThrow();
        var bins = 0;
        var sum = 0.0;
        for (int bin = 0; bin < all.size(); bin++) {
            if (all.get(bin) > 0) {
                bins++;
                sum += distance(filled, bin, (double) all.get(bin) / all.total());
            }
        }
        return bins < 2 ? 1 : Math.max(1, sum / ((filled.size() - 1) * (bins - 1.0)));
    }

    /** The mean of what the factor can be, given how few windows it was found from; 1 where nothing can be said. */
    public static double likely(List<Counts> windows) {
        var filled = windows.stream().filter(w -> w.total() > 0).count();
        var few = Math.max(FEWEST, filled);
        return filled < 2 ? 1 : factor(windows) * (few - 1) / (few - 3);
    }

    /**
     * A factor that is hardly too small: the {@link #likely} one times {@value #NEIGHBOURS}, since neighbouring windows are
     * not independent of one another either; 1 where nothing can be said.
     */
    public static double cautious(List<Counts> windows) {
        var filled = windows.stream().filter(w -> w.total() > 0).count();
        return filled < 2 ? 1 : NEIGHBOURS * likely(windows);
    }

    private static double distance(List<Counts> windows, int bin, double share) {
        var sum = 0.0;
        for (var window : windows) {
            var expected = window.total() * share;
            sum += (window.get(bin) - expected) * (window.get(bin) - expected) / expected;
        }
        return sum;
    }
}
