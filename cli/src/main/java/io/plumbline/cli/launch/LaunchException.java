package io.plumbline.cli.launch;

/** A process did not come up or did not stay up; the message says which, why, and where its log is. */
public final class LaunchException extends Exception {

    private static final long serialVersionUID = 1L;

    public LaunchException(String message) {
        super(message);
    }

    public LaunchException(String message, Throwable cause) {
        super(message, cause);
    }
}
