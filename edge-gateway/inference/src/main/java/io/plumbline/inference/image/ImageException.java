package io.plumbline.inference.image;

/** Bytes that are no image this package can read; the message says why in one line. */
public final class ImageException extends Exception {

    private static final long serialVersionUID = 1L;

    private final Reason reason;

    /** What is wrong with the bytes. */
    public enum Reason {
        /** Neither JPEG nor PNG. */
        UNKNOWN_FORMAT,
        /** Larger than the bound, by what its header says. */
        TOO_LARGE,
        /** The end is missing. */
        TRUNCATED,
        /** Sound, but of a kind that is not read, such as CMYK. */
        UNSUPPORTED,
        /** Anything else. */
        DAMAGED
    }

    ImageException(Reason reason, String message) {
        super(message);
        this.reason = reason;
    }

    public Reason reason() {
        return reason;
    }
}
