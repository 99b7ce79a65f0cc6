package io.plumbline.fleet.core.control;

/** A request names something that is not there; the message says what is. */
public final class UnknownNameException extends Exception {

    private static final long serialVersionUID = 1L;

    public UnknownNameException(String message) {
        super(message);
    }
}
