package io.plumbline.gateway.core.outbox;

/** Where a reading went in its device's window. The order is on disk. */
public enum Placing {
    /** To its end; the model is asked if the window is full. */
    NEXT,
    /** To its end; the model is not asked, because it was too few readings ago. */
    BETWEEN,
    /** Among older ones, by its time. */
    LATE,
    /** Nowhere: it came too late. */
    ASIDE
}
