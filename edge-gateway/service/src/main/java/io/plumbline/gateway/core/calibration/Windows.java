package io.plumbline.gateway.core.calibration;

import io.plumbline.contract.id.EventId;
import io.plumbline.contract.id.ModelName;
import io.plumbline.inference.Tensor;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/** The recent windows that this gateway kept. Thread-safe. */
public interface Windows {

    /** Windows of all streams that run this model, as they are now. */
    Halves of(ModelName model) throws InterruptedException;

    /**
     * Two disjoint halves of the windows, which nobody changes any more. An element may be made when it is asked for, and changes then with
     * the next one that is.
     *
     * @param calibration to observe activations on
     * @param holdout to score builds on
     * @param readings ids of the readings that the holdout windows end with, one each; empty where nobody knows it
     */
    record Halves(List<Tensor> calibration, List<Tensor> holdout, List<Optional<EventId>> readings) {

        public Halves {
            if (holdout.size() != readings.size()) {
                throw new IllegalArgumentException(
                        readings.size() + " readings for " + holdout.size() + " holdout windows");
            }
            readings = List.copyOf(readings);
            // No copies: frames are decoded one at a time, and all of them would not fit.
            calibration = Collections.unmodifiableList(calibration);
            holdout = Collections.unmodifiableList(holdout);
        }
    }
}
