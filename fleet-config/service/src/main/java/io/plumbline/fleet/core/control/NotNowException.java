package io.plumbline.fleet.core.control;

/** A request that is understood but does not fit the present state; the message says why and what would. */
public final class NotNowException extends Exception {

    private static final long serialVersionUID = 1L;

    public NotNowException(String message) {
        super(message);
    }
}
