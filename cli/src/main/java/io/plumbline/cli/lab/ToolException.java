package io.plumbline.cli.lab;

/** A tool cannot go on; the message is one line for the person at the terminal. */
public final class ToolException extends Exception {

    private static final long serialVersionUID = 1L;

    public ToolException(String message) {
        super(message);
    }

    public ToolException(String message, Throwable cause) {
        super(message, cause);
    }
}
