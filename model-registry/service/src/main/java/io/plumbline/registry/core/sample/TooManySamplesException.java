package io.plumbline.registry.core.sample;

/** More than may be taken; the message says how much that is. */
public final class TooManySamplesException extends Exception {

    private static final long serialVersionUID = 1L;

    TooManySamplesException(String message) {
        super(message);
    }
}
