package io.plumbline.contract.fleet;

import io.plumbline.contract.wire.Require;

/**
 * The owner of a stream lets gateways give some of its readings to the registry when a person asks for them; without one nothing is given.
 *
 * @param windows most that a gateway gives at once, 1 to {@value #MOST_WINDOWS}
 * @param bytes most that they may have together, 1 to {@value #MOST_BYTES}
 */
public record SampleGrant(int windows, long bytes) {

    public static final int MOST_WINDOWS = 1024;
    public static final long MOST_BYTES = 16 << 20;

    public SampleGrant {
        Require.that(
                windows >= 1 && windows <= MOST_WINDOWS,
                "windows " + windows + " must be a whole number from 1 to " + MOST_WINDOWS);
        Require.that(
                bytes >= 1 && bytes <= MOST_BYTES,
                "bytes " + bytes + " must be a whole number from 1 to " + MOST_BYTES);
    }
}
