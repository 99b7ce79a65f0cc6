package io.plumbline.gateway.core.build;

/**
 * A build that cannot be had now, for a reason that is not its own: the registry does not answer, the disk fails. The message
 * is one line and says why.
 */
public final class UnavailableBuildException extends Exception {

    private static final long serialVersionUID = 1L;

    public UnavailableBuildException(String because) {
        super(because);
    }

    public UnavailableBuildException(String because, Throwable cause) {
        super(because, cause);
    }
}
