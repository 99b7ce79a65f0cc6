package io.plumbline.contract.message;

import io.plumbline.contract.id.Digest;
import io.plumbline.contract.id.GatewayId;
import io.plumbline.contract.id.ModelName;
import io.plumbline.contract.id.SiteId;
import io.plumbline.contract.id.StreamId;
import io.plumbline.contract.wire.FieldReader;
import io.plumbline.contract.wire.FieldWriter;
import io.plumbline.contract.wire.Require;
import java.time.Duration;
import java.time.Instant;

/**
 * Whose statistics, and of which stretch of event time. With the sequence it identifies a delta, so that a delta that
 * arrives twice counts once.
 *
 * @param windowStart event time, inclusive
 * @param windowLength event time; the end is exclusive
 * @param sequence rises with every delta a gateway sends for this key, also across restarts of the gateway
 */
public record StatsKey(
        GatewayId gateway,
        SiteId site,
        StreamId stream,
        ModelName model,
        Digest version,
        Digest build,
        Instant windowStart,
        Duration windowLength,
        long sequence) {

    public StatsKey {
        Require.notNegative("sequence", sequence);
        Require.that(windowLength.toMillis() > 0, "windowLength " + windowLength + " must be positive");
    }

    public Instant windowEnd() {
        return windowStart.plus(windowLength);
    }

    /** Whose health it tells of. */
    public Cohort cohort() {
        return new Cohort(model, version, build, site);
    }

    static void write(FieldWriter out, StatsKey value) {
        out.text(1, value.gateway.value());
        out.text(2, value.site.value());
        out.text(3, value.stream.value());
        out.text(4, value.model.value());
        out.text(5, value.version.value());
        out.text(6, value.build.value());
        out.count(7, value.windowStart.toEpochMilli());
        out.count(8, value.windowLength.toMillis());
        out.count(9, value.sequence);
    }

    static StatsKey read(FieldReader in) {
        var texts = new String[] {"", "", "", "", "", "", ""};
        var counts = new long[10];
        while (in.next()) {
            switch (in.field()) {
                case 1, 2, 3, 4, 5, 6 -> texts[in.field()] = in.text();
                case 7, 8, 9 -> counts[in.field()] = in.count();
                default -> in.skip();
            }
        }
        return Require.wellFormed(
                "StatsKey",
                () -> new StatsKey(
                        new GatewayId(texts[1]),
                        new SiteId(texts[2]),
                        new StreamId(texts[3]),
                        new ModelName(texts[4]),
                        new Digest(texts[5]),
                        new Digest(texts[6]),
                        Instant.ofEpochMilli(counts[7]),
                        Duration.ofMillis(counts[8]),
                        counts[9]));
    }
}
