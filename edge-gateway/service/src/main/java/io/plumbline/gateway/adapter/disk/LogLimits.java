package io.plumbline.gateway.adapter.disk;

import io.plumbline.contract.wire.Require;
import io.plumbline.gateway.core.outbox.Overflow;
import java.time.Duration;
import java.util.Optional;

/**
 * Sizes of a log, in bytes, and what happens beyond them.
 *
 * @param segmentBytes a new segment begins once the current one is this long
 * @param maxBytes bound of what is not drained yet
 * @param maxAge how long a record may wait; wall clock
 */
public record LogLimits(long segmentBytes, long maxBytes, Optional<Duration> maxAge, Overflow overflow) {

    public LogLimits {
        Require.that(segmentBytes > 0, "segmentBytes " + segmentBytes + " must be positive");
        Require.that(
                maxBytes >= 2 * segmentBytes,
                "maxBytes " + maxBytes + " must hold at least two segments of " + segmentBytes + " bytes");
    }

    /** Of any age; beyond the bound nothing more is taken. */
    public LogLimits(long segmentBytes, long maxBytes) {
        this(segmentBytes, maxBytes, Optional.empty(), Overflow.BLOCK);
    }
}
