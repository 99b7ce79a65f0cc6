package io.plumbline.gateway.core.snapshot;

/** The memory at one point of the outbox. The array is not copied and must not be changed. */
public final class Snapshot {

    private final long covers;
    private final byte[] state;

    /** @param covers number of the first record that is not in it */
    public Snapshot(long covers, byte[] state) {
        this.covers = covers;
        this.state = state;
    }

    public long covers() {
        return covers;
    }

    public byte[] state() {
        return state;
    }
}
