package io.plumbline.gateway.adapter.disk;

import io.plumbline.contract.wire.Require;

/**
 * Sizes of a log, in bytes.
 *
 * @param segmentBytes a new segment begins once the current one is this long
 * @param maxBytes bound of what is not drained yet
 */
public record LogLimits(long segmentBytes, long maxBytes) {

    public LogLimits {
        Require.that(segmentBytes > 0, "segmentBytes " + segmentBytes + " must be positive");
        Require.that(
                maxBytes >= 2 * segmentBytes,
                "maxBytes " + maxBytes + " must hold at least two segments of " + segmentBytes + " bytes");
    }
}
