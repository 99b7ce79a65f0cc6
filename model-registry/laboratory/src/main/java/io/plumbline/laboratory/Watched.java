package io.plumbline.laboratory;

import io.plumbline.contract.message.TensorHistogram;
import io.plumbline.inference.InferenceException;
import io.plumbline.inference.Tensor;
import io.plumbline.inference.model.RangeHistogram;
import io.plumbline.quantizer.arithmetic.ActivationRange;
import io.plumbline.quantizer.calibration.MovingAverage;
import java.util.Optional;

/** What is kept of one tensor over the samples. Confined to one thread. */
final class Watched {

    private final String tensor;
    private final RangeHistogram histogram;
    private Optional<MovingAverage> average = Optional.empty();

    Watched(String tensor) {
        this.tensor = tensor;
        this.histogram = new RangeHistogram(tensor, Observation.BINS);
    }

    /** The tensor's values for the next sample. */
    void add(Tensor values) {
        histogram.add(values);
        range(values)
                .ifPresent(range -> average = Optional.of(average.map(before -> before.then(range))
                        .orElseGet(() -> MovingAverage.startingAt(range, MovingAverage.SMOOTHING))));
    }

    /** Of the finite values. */
    private static Optional<ActivationRange> range(Tensor values) {
        var min = Double.POSITIVE_INFINITY;
        var max = Double.NEGATIVE_INFINITY;
        for (int i = 0; i < values.size(); i++) {
            var value = values.get(i);
            if (Float.isFinite(value)) {
                min = Math.min(min, value);
                max = Math.max(max, value);
            }
        }
        return min <= max ? Optional.of(new ActivationRange(min, max)) : Optional.empty();
    }

    /** @throws InferenceException if no value was finite */
    TensorHistogram snapshot() {
        if (!histogram.isNotEmpty()) {
            throw new InferenceException("the samples give no finite value of tensor '" + tensor + "'");
        }
        return histogram.snapshot();
    }

    /** Of the ranges of the samples; empty if no value was finite. */
    Optional<ActivationRange> average() {
        return average.map(MovingAverage::range);
    }
}
