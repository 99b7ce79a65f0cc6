package io.plumbline.gateway.core.stats;

import io.plumbline.contract.id.Digest;
import io.plumbline.contract.id.GatewayId;
import io.plumbline.contract.id.ModelName;
import io.plumbline.contract.id.SiteId;
import io.plumbline.contract.id.StreamId;
import io.plumbline.contract.message.InferenceResult;
import io.plumbline.contract.message.StatsKey;
import java.time.Duration;
import java.time.Instant;

/**
 * Whose statistics.
 *
 * @param window length of a window in event time
 */
public record StatsSubject(
        GatewayId gateway,
        SiteId site,
        StreamId stream,
        ModelName model,
        Digest version,
        Digest build,
        Duration window) {

    /** The subject that a result counts for. */
    public static StatsSubject of(InferenceResult result, Duration window) {
        return new StatsSubject(
                result.gateway(),
                result.site(),
                result.stream(),
                result.model(),
                result.version(),
                result.build(),
                window);
    }

    static StatsSubject of(StatsKey key) {
        return new StatsSubject(
                key.gateway(), key.site(), key.stream(), key.model(), key.version(), key.build(), key.windowLength());
    }

    /** Start of the window that holds this moment; windows are aligned to the epoch. */
    public Instant windowStart(Instant eventTime) {
        var millis = eventTime.toEpochMilli();
        return Instant.ofEpochMilli(millis - Math.floorMod(millis, window.toMillis()));
    }

    StatsKey key(Instant windowStart, long sequence) {
        return new StatsKey(gateway, site, stream, model, version, build, windowStart, window, sequence);
    }
}
