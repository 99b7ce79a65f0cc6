package io.plumbline.fleet.testing;

import io.plumbline.database.StoreUnavailableException;

/** A store in memory that can break down. */
public abstract class BreakableStore {

    private boolean broken;
    private boolean takes;

    final void take(Runnable change) {
        if (!broken || takes) {
            change.run();
        }
        if (broken) {
            throw new StoreUnavailableException("broken down");
        }
    }

    public final void breakDown() {
        broken = true;
    }

    /** The next change is taken, and the connection breaks before the answer. */
    public final void breakDownAfterTaking() {
        broken = true;
        takes = true;
    }

    public final void repair() {
        broken = false;
        takes = false;
    }
}
