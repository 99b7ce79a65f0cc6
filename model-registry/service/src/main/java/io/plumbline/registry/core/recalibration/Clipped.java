package io.plumbline.registry.core.recalibration;

import io.plumbline.contract.message.Fidelity;
import io.plumbline.contract.message.TensorClipping;

/**
 * How much a build clips. Of sensors, windows are counted, in which any value leaves a range: one reading in a thousand may be the event.
 * Of images, of which each has hundreds of thousands of values in dozens of tensors, one always leaves a range that was seen on others, and
 * values are counted.
 */
final class Clipped {

    private Clipped() {}

    static boolean countsValues(Fidelity fidelity) {
        return fidelity.clipping().stream().anyMatch(TensorClipping::countsValues);
    }

    /** Of the tensor that clips most, in [0, 1]. */
    static double worstShare(Fidelity fidelity) {
        var values = countsValues(fidelity);
        return fidelity.clipping().stream()
                .mapToDouble(tensor -> values
                        ? share(tensor.clippedValues(), tensor.values())
                        : share(tensor.clippedWindows(), tensor.windows()))
                .max()
                .orElse(0);
    }

    private static double share(long clipped, long all) {
        return all == 0 ? 1 : (double) clipped / all;
    }
}
