package io.plumbline.gateway.adapter.camera;

import io.plumbline.gateway.core.status.Reach;

/** Brings the frames of one camera, on a thread of its own. */
interface Feed {

    /** Brings what there is, and waits as long as is right before the next attempt. Called again and again. */
    void turn() throws InterruptedException;

    /** Whether the camera brings frames, or could; said by the thread of {@link #turn}. */
    Reach reach();

    /** Ends what hangs. Called by another thread, several times a second. */
    default void look() {}

    /** Ends what an interruption does not end. Called once, by another thread. */
    default void close() {}
}
