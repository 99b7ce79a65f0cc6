package io.plumbline.gateway.core.calibration;

import io.plumbline.contract.id.ModelName;
import io.plumbline.inference.Tensor;
import java.util.List;

/** The recent windows that this gateway kept. Thread-safe. */
public interface Windows {

    /** Windows of all streams that run this model, as they are now. */
    Halves of(ModelName model) throws InterruptedException;

    /**
     * Two disjoint halves of the windows.
     *
     * @param calibration to observe activations on
     * @param holdout to score builds on
     */
    record Halves(List<Tensor> calibration, List<Tensor> holdout) {

        public Halves {
            calibration = List.copyOf(calibration);
            holdout = List.copyOf(holdout);
        }
    }
}
