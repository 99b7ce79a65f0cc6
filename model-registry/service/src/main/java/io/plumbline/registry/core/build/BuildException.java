package io.plumbline.registry.core.build;

/** A version or a recipe that gives no build; the message says why in one line. */
public final class BuildException extends Exception {

    private static final long serialVersionUID = 1L;

    public BuildException(String message) {
        super(message);
    }

    public BuildException(String message, Throwable cause) {
        super(message, cause);
    }
}
