package io.plumbline.contract.fleet;

/** Which camera frames of a stream are answered when more come than the model keeps up with. */
public enum Frames {
    /** All, in order; cameras wait at the broker. */
    EVERY,
    /** The newest of each device; older ones that still wait are dropped, and counted in its result. */
    LATEST
}
