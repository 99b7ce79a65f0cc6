package io.plumbline.fleet.core.control;

import io.plumbline.rollout.state.RolloutState;
import java.util.OptionalLong;

/** A request that is understood but does not fit the present state; the message says why and what would. */
public final class NotNowException extends Exception {

    private static final long serialVersionUID = 1L;

    public NotNowException(String message) {
        super(message);
    }

    /** @throws NotNowException unless the rollout is as whoever asks has seen it, by its revision */
    static void requireSeen(RolloutState rollout, OptionalLong revision) throws NotNowException {
        var now = rollout.event();
        if (revision.isPresent() && revision.getAsLong() != now.revision()) {
            throw new NotNowException("the rollout went on in between: it is at step " + now.revision() + ", "
                    + now.stage() + ", by now, and not at " + revision.getAsLong()
                    + " any more; nothing was done, look at it again");
        }
    }
}
