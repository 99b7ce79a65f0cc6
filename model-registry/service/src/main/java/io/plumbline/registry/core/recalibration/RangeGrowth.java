package io.plumbline.registry.core.recalibration;

import io.plumbline.contract.artifact.TensorRange;
import io.plumbline.contract.message.TensorHistogram;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Whether what was observed is still the world the model knows. An input range many times wider than the one in service is
 * more often a broken sensor than a new season, and a build made for it would have too few levels left for ordinary data. The
 * tensors behind the input follow from it: the rare event that a quiet hour did not hold opens them far wider than that.
 */
final class RangeGrowth {

    /** Largest width of a fresh range, in widths of the one in service. */
    static final double MOST = 10;

    private RangeGrowth() {}

    /**
     * How far the tensor nearest to the input has grown, in one line, if that is too far.
     *
     * @param inService in graph order
     */
    static Optional<String> objection(List<TensorRange> inService, List<TensorHistogram> observed) {
        return inService.stream()
                .findFirst()
                .flatMap(nearest -> observed.stream()
                        .filter(histogram -> histogram.tensor().equals(nearest.tensor()))
                        .flatMap(histogram -> objection(nearest, histogram).stream())
                        .findFirst());
    }

    private static Optional<String> objection(TensorRange inService, TensorHistogram observed) {
        var was = inService.max() - inService.min();
        var is = observed.max() - observed.min();
        return was > 0 && is > MOST * was
                ? Optional.of(String.format(
                        Locale.ROOT,
                        "tensor '%s' was observed from %.4g to %.4g, %.1f times as wide as the range in service; at most %.0f"
                                + " times is taken for a change of the data: check the sensors, or push a version with new"
                                + " calibration inputs",
                        inService.tensor(),
                        observed.min(),
                        observed.max(),
                        is / was,
                        MOST))
                : Optional.empty();
    }
}
