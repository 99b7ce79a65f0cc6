package io.plumbline.fleet.testing;

import static io.plumbline.fleet.testing.Fleets.BASELINE;
import static io.plumbline.fleet.testing.Fleets.MODEL;
import static io.plumbline.fleet.testing.Fleets.STREAM;
import static java.util.stream.Collectors.joining;

import io.plumbline.contract.id.GatewayId;
import io.plumbline.contract.id.SiteId;
import io.plumbline.contract.message.GatewayCounters;
import io.plumbline.contract.message.GatewayEvent;
import io.plumbline.contract.message.InputHistogram;
import io.plumbline.contract.wire.Counts;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;

/** A fleet of 1,000 gateways on 100 sites. */
public final class ManyGateways {

    public static final int SITES = 100;
    public static final int PER_SITE = 10;

    /** Far above what the reference has. */
    public static final InputHistogram HUMIDITY = new InputHistogram(
            "humidity", List.of(20.0, 40.0, 60.0), new Counts(100, 400, 400, 100), new Counts(0, 20, 80, 400), 3);

    private ManyGateways() {}

    public static String yaml() {
        var sites = IntStream.range(0, SITES)
                .mapToObj(site -> "  " + site(site) + ": {gateways: ["
                        + IntStream.range(0, PER_SITE)
                                .mapToObj(gateway -> gateway(site, gateway).value())
                                .collect(joining(", "))
                        + "]}")
                .collect(joining("\n"));
        return """
                sites:
                %s
                models:
                  climate-event: {build: "%s"}
                streams:
                  climate: {topic: "sites/{site}/motes/{device}/climate", model: climate-event, shadowShare: 0.5, statsWindow: PT5M}
                rollout: {}
                """.formatted(sites, BASELINE);
    }

    public static SiteId site(int site) {
        return new SiteId("site-%03d".formatted(site));
    }

    public static GatewayId gateway(int site, int gateway) {
        return new GatewayId("gw-%03d-%d".formatted(site, gateway));
    }

    /** @param pending records in its outbox */
    public static GatewayEvent.Heartbeat beat(int site, int gateway, long generation, long pending, Instant at) {
        return new GatewayEvent.Heartbeat(
                gateway(site, gateway),
                site(site),
                at,
                generation,
                List.of(new GatewayEvent.RunningStream(STREAM, MODEL, BASELINE)),
                new GatewayCounters(110, 100, 3, 2, pending));
    }
}
