package io.plumbline.contract.message;

/** How much an alert matters, the mildest first. */
public enum AlertSeverity {
    /** Worth knowing. */
    INFO,
    /** Look at it in working hours. */
    WARNING,
    /** Look at it now. */
    CRITICAL
}
