package io.plumbline.gateway.core.slots;

import io.plumbline.contract.id.Digest;

/** What the follower tells those who watch it. Implementations return at once. */
public interface SlotMetrics {

    /** The control plane offered an assignment older than the one it gave before. */
    void olderGeneration(long offered, long known);

    /** A start found that a build had taken the process down. */
    void crashed(Digest build, String because);

    /** A build cannot be had now; it is tried again. */
    void unavailable(Digest build, String because);

    /** A build came through its trial. */
    void proven(long generation);
}
