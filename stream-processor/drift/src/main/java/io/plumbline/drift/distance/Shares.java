package io.plumbline.drift.distance;

import io.plumbline.contract.wire.Counts;

/** Two counts over the same bins, as shares of their totals. */
final class Shares {

    private final double[] reference;
    private final double[] current;

    private Shares(double[] reference, double[] current) {
        this.reference = reference;
        this.current = current;
    }

    /** @throws IllegalArgumentException if the bins differ in number, or one of them counted nothing */
    static Shares of(Counts reference, Counts current) {
        if (reference.size() != current.size()) {
            throw new IllegalArgumentException(
                    "counts of " + current.size() + " bins cannot be held against " + reference.size());
        }
        return new Shares(shares("reference", reference), shares("current", current));
    }

    private static double[] shares(String name, Counts counts) {
        var total = (double) counts.total();
        if (total == 0) {
            throw new IllegalArgumentException(name + " counts are all 0; there is no distribution to compare");
        }
        var shares = new double[counts.size()];
        for (int i = 0; i < shares.length; i++) {
            shares[i] = counts.get(i) / total;
        }
        return shares;
    }

    int size() {
        return reference.length;
    }

    double reference(int bin) {
        return reference[bin];
    }

    double current(int bin) {
        return current[bin];
    }
}
