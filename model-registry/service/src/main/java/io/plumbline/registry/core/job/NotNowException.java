package io.plumbline.registry.core.job;

/** What was asked for cannot be done as things stand; the message says why. */
public final class NotNowException extends Exception {

    private static final long serialVersionUID = 1L;

    public NotNowException(String message) {
        super(message);
    }
}
