package io.plumbline.quantizer.auto;

import io.plumbline.quantizer.QuantizedModel;
import java.util.List;
import java.util.Optional;

/**
 * What a search found.
 *
 * @param chosen the best INT8 build that reaches the goal; empty if none does
 * @param alternative where none does: the best of what is not INT8 and reaches the goal, if there is any
 * @param trials everything that was tried, in order
 * @param because the decision in a sentence
 */
public record Outcome(Optional<Made> chosen, Optional<Made> alternative, List<Trial> trials, String because) {

    /** A build and the trial that speaks for it. */
    public record Made(QuantizedModel model, Trial trial) {}

    public Outcome {
        trials = List.copyOf(trials);
    }
}
