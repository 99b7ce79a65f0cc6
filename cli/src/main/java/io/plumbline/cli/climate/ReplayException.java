package io.plumbline.cli.climate;

/** The motes cannot speak; the message is one line for the person at the terminal. */
public final class ReplayException extends Exception {

    private static final long serialVersionUID = 1L;

    public ReplayException(String message) {
        super(message);
    }

    public ReplayException(String message, Throwable cause) {
        super(message, cause);
    }
}
