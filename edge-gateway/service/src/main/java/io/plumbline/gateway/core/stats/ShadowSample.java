package io.plumbline.gateway.core.stats;

import io.plumbline.contract.id.EventId;

/**
 * Which inputs FP32 runs on beside INT8: those whose event id hashes below the share. The choice depends on nothing else, so
 * that two builds, or two runs, look at the same inputs.
 */
public final class ShadowSample {

    private static final double RANGE = 0x1p53;

    private ShadowSample() {}

    /** @param share in [0, 1] */
    public static boolean contains(EventId event, double share) {
        return (mix(event.value()) >>> 11) / RANGE < share;
    }

    /** FNV-1a over the characters, finished with the mixer of MurmurHash3 so that similar ids spread. */
    private static long mix(String text) {
        var hash = 0xcbf29ce484222325L;
        for (int i = 0; i < text.length(); i++) {
            hash = (hash ^ text.charAt(i)) * 0x100000001b3L;
        }
        hash = (hash ^ (hash >>> 33)) * 0xff51afd7ed558ccdL;
        hash = (hash ^ (hash >>> 33)) * 0xc4ceb9fe1a85ec53L;
        return hash ^ (hash >>> 33);
    }
}
