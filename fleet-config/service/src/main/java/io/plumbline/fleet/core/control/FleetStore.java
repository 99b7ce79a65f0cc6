package io.plumbline.fleet.core.control;

import io.plumbline.contract.id.Digest;
import io.plumbline.database.StoreUnavailableException;
import io.plumbline.fleet.core.enrolment.EnrolmentRefusedException;
import io.plumbline.fleet.core.enrolment.Invitation;
import java.time.Instant;
import java.util.Optional;

/** Where decisions survive a restart. */
public interface FleetStore {

    /** The state after the last change that was written. */
    ControlState load();

    /**
     * Writes all of a change or nothing of it.
     *
     * @throws StoreUnavailableException if it is not known to be written; {@link #load} tells
     * @throws EnrolmentRefusedException if a gateway comes with a token that somebody has used before
     */
    void commit(Change change);

    /** Keeps an invitation, and who invited and why. */
    void invite(Invitation invitation, Authorship by, Instant at);

    /** The invitation with this token; empty if there never was one. */
    Optional<Invitation> invitation(Digest token);

    /** Whether a rollout with this id was ever started. */
    boolean knowsRollout(String id);
}
