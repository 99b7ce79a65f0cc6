package io.plumbline.fleet.core.control;

import io.plumbline.contract.id.Digest;
import io.plumbline.contract.id.ModelName;
import io.plumbline.rollout.state.Active;
import io.plumbline.rollout.state.PendingApproval;
import io.plumbline.rollout.state.RolloutState;
import java.util.Optional;
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

    /** A build that brings nothing new. */
    static NotNowException alreadyRuns(Digest build, ModelName model, Optional<Active> active) {
        return new NotNowException("build " + build + " is already the build of model '" + model + "'"
                + active.map(rollout ->
                                "; to stop the rollout, abort " + rollout.plan().id())
                        .orElse(""));
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
