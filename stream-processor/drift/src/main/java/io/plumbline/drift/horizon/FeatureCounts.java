package io.plumbline.drift.horizon;

import io.plumbline.contract.message.FeatureSketch;
import io.plumbline.contract.wire.Counts;

/**
 * Values of one input feature in the bins of the reference profile. The sums of a {@link FeatureSketch} are left out: no verdict
 * rests on them, and a sum of floating-point numbers depends on the order of adding.
 *
 * @param notFinite values that were NaN or infinite
 */
public record FeatureCounts(String feature, Counts bins, long notFinite) {

    static FeatureCounts of(FeatureSketch sketch) {
        return new FeatureCounts(sketch.feature(), sketch.bins(), sketch.notFinite());
    }

    /** Number of finite values. */
    public long count() {
        return bins.total();
    }

    /** Both added; bins that differ in number cannot be, which only a broken sender causes: the larger sample stays. */
    FeatureCounts plus(FeatureCounts other) {
        if (bins.size() == other.bins.size()) {
            return new FeatureCounts(feature, bins.plus(other.bins), notFinite + other.notFinite);
        }
        return count() >= other.count() ? this : other;
    }
}
