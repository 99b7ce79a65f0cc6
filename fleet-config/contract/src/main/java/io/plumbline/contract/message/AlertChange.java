package io.plumbline.contract.message;

/** Why an alert is told of. */
public enum AlertChange {
    /** New trouble, or the same again after it had been over for longer than the hold time. */
    OPENED,
    /** Over for less than the hold time, and there again. */
    REOPENED,
    /** Seen again while it is open. */
    UPDATED,
    /** Nothing new: it is still open and nobody has acknowledged it. */
    REPEATED,
    /** A person looks after it; it is not repeated any more. */
    ACKNOWLEDGED,
    /** A silence holds it back from now on. */
    SILENCED,
    /** No silence holds it back any longer. */
    UNSILENCED,
    /** Its cause is over. */
    RESOLVED
}
