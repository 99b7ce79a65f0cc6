package io.plumbline.fleet.core.rollout;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** A rollout that is not over: a newer one or a person can end it. */
public sealed interface Active extends RolloutState permits Ready, Updating, Paused, RollingBack {

    /** Ends it; every gateway goes back to the baseline. */
    default Aborted abort(String because, Instant now) {
        return new Aborted(plan(), step().then(because, List.of(), now));
    }

    /** Holds it where it is; empty if there is nothing to hold in this stage. */
    default Optional<Paused> pause(String because, Instant now) {
        return Optional.empty();
    }

    /** Goes on after a pause; empty if it is not paused. */
    default Optional<RolloutState> resume(String because, Situation situation) {
        return Optional.empty();
    }

    @Override
    default Optional<Active> active() {
        return Optional.of(this);
    }
}
