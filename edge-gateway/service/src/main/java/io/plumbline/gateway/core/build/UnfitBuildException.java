package io.plumbline.gateway.core.build;

/** A build that must not run here. The message is one line and says why. */
public final class UnfitBuildException extends Exception {

    private static final long serialVersionUID = 1L;

    public UnfitBuildException(String because) {
        super(because);
    }

    public UnfitBuildException(String because, Throwable cause) {
        super(because, cause);
    }
}
