package io.plumbline.contract.message;

/** Why a payload was refused. The names are part of the wire. */
public enum DeadLetterReason {
    /** Not the stream's codec: broken JSON, a missing field, a field of the wrong type, a frame's time that is none. */
    MALFORMED,
    /** Well-formed, but not the number of values that the stream's fields name. */
    WRONG_SHAPE,
    /** A value is NaN or infinite. */
    NOT_FINITE,
    /** A value lies outside the physical range that the model card gives. */
    OUT_OF_RANGE,
    /** The topic names a device that the fleet configuration does not know. */
    UNKNOWN_DEVICE,
    /** The device's clock is ahead of all others, so nobody knows when the reading was taken. */
    CLOCK_AHEAD,
    /** Larger than any payload of this stream can be, in bytes or in pixels. */
    TOO_LARGE,
    /** A frame that is neither JPEG nor PNG. */
    NOT_AN_IMAGE,
    /** A frame whose end is missing. */
    IMAGE_TRUNCATED,
    /** A frame of a kind that is not read, such as CMYK. */
    IMAGE_UNSUPPORTED,
    /** A frame that cannot be decoded for another reason. */
    IMAGE_DAMAGED,
    /** Nothing is known to be wrong with the payload: the gateway failed on it, which is a bug of the gateway. */
    INTERNAL
}
