package io.plumbline.registry.core.recalibration;

import java.util.List;
import java.util.Optional;

/**
 * The answer of the coordinator to one event.
 *
 * @param next the recalibration as it stands now; empty when it is over
 */
public record Step(Optional<Recalibration> next, List<Effect> effects) {

    public Step {
        effects = List.copyOf(effects);
    }

    static Step stay(Recalibration state) {
        return new Step(Optional.of(state), List.of());
    }

    static Step to(Recalibration next, Effect effect) {
        return new Step(Optional.of(next), List.of(effect));
    }

    public static Step end(Effect.Finish finish) {
        return new Step(Optional.empty(), List.of(finish));
    }
}
