package io.plumbline.registry.core.carriage;

/** The other registry is away, or refuses; the message says why in one line. */
public final class PeerException extends Exception {

    private static final long serialVersionUID = 1L;

    public PeerException(String message, Throwable cause) {
        super(message, cause);
    }
}
