package io.plumbline.registry.core.recalibration;

import io.plumbline.contract.artifact.TensorRange;
import io.plumbline.contract.message.TensorHistogram;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Whether what was observed is still the world the model knows. A range many times wider than the one in service is more
 * often a broken sensor than a new season, and a build made for it would have too few levels left for ordinary data.
 */
final class RangeGrowth {

    /** Largest width of a fresh range, in widths of the one in service. */
    static final double MOST = 10;

    private RangeGrowth() {}

    /** The first tensor whose observed range has grown too far, in one line. */
    static Optional<String> objection(List<TensorRange> inService, List<TensorHistogram> observed) {
        for (var range : inService) {
            for (var histogram : observed) {
                var was = range.max() - range.min();
                var is = histogram.max() - histogram.min();
                if (histogram.tensor().equals(range.tensor()) && was > 0 && is > MOST * was) {
                    return Optional.of(String.format(
                            Locale.ROOT,
                            "tensor '%s' was observed from %.4g to %.4g, %.1f times as wide as the range in service; at most %.0f"
                                    + " times is taken for a change of the data: check the sensors, or push a version with new"
                                    + " calibration inputs",
                            range.tensor(),
                            histogram.min(),
                            histogram.max(),
                            is / was,
                            MOST));
                }
            }
        }
        return Optional.empty();
    }
}
