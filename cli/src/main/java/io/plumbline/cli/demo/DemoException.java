package io.plumbline.cli.demo;

/** The demo cannot go on; the message is one line for the person at the terminal. */
public final class DemoException extends Exception {

    private static final long serialVersionUID = 1L;

    public DemoException(String message) {
        super(message);
    }

    public DemoException(String message, Throwable cause) {
        super(message, cause);
    }
}
