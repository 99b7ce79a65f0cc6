package io.plumbline.fleet.core.control;

import io.plumbline.rollout.state.PendingApproval;
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
        var now = rollout.event().revision();
        if (revision.isPresent() && revision.getAsLong() != now) {
            throw new NotNowException("the rollout went on in between: by now it " + inWords(rollout) + ", at step "
                    + now + " and not at " + revision.getAsLong() + " any more; nothing was done, look at it again");
        }
    }

    /**
     * What does not fit the rollout as it is.
     *
     * @param done what was asked, as it would have been done: such as "paused"
     */
    static NotNowException of(RolloutState rollout, String done) {
        return new NotNowException("a rollout that " + inWords(rollout) + " cannot be " + done);
    }

    private static String inWords(RolloutState rollout) {
        return rollout instanceof PendingApproval
                ? "waits for a person's approval"
                : rollout.stage().inWords();
    }
}
