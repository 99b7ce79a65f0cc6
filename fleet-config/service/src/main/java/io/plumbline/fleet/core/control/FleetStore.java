package io.plumbline.fleet.core.control;

/** Where decisions survive a restart. */
public interface FleetStore {

    /** The state after the last change that was written. */
    ControlState load();

    /**
     * Writes all of a change or nothing of it.
     *
     * @throws StoreUnavailableException if it is not known to be written; {@link #load} tells
     */
    void commit(Change change);

    /** Whether a rollout with this id was ever started. */
    boolean knowsRollout(String id);
}
