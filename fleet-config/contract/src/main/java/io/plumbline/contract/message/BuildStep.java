package io.plumbline.contract.message;

/** How far a gateway is with a build that it was told to run, and does not run yet. In this order. */
public enum BuildStep {
    /** It fetches what is not on its disk; what has come whole is verified. */
    DOWNLOADING,
    /** All of it is on its disk, with digests and signature verified. */
    STAGED,
    /** Loaded; it gives the reference outputs that travel with it. */
    SELF_TESTED,
    /** It answers beside the build that it is to replace, and nobody is told what. */
    SHADOW
}
