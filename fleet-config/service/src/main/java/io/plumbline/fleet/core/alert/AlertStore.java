package io.plumbline.fleet.core.alert;

/** Where the book survives a restart. */
public interface AlertStore {

    /** The book after the last change that was written. */
    AlertBook load();

    /**
     * Writes all of a change, its letters too, or nothing of it.
     *
     * @throws io.plumbline.fleet.core.control.StoreUnavailableException if it is not known to be written; {@link #load} tells
     */
    void commit(BookChange change);
}
