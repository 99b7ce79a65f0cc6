package io.plumbline.fleet.testing;

import io.plumbline.contract.id.Digest;
import io.plumbline.contract.id.GatewayId;
import io.plumbline.contract.id.ModelName;
import io.plumbline.contract.id.SiteId;
import io.plumbline.contract.id.StreamId;
import io.plumbline.contract.message.ClassAgreement;
import io.plumbline.contract.message.Cohort;
import io.plumbline.contract.message.Fidelity;
import io.plumbline.contract.message.GatewayCounters;
import io.plumbline.contract.message.GatewayEvent;
import io.plumbline.contract.message.LabelScore;
import io.plumbline.contract.message.LatencyHistogram;
import io.plumbline.contract.message.ModelHealth;
import io.plumbline.contract.message.TensorClipping;
import io.plumbline.contract.message.Verdict;
import io.plumbline.fleet.adapter.yaml.FleetYaml;
import io.plumbline.fleet.core.spec.FleetSpec;
import io.plumbline.fleet.core.spec.InvalidFleetException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** A small fleet, and what its gateways say. */
public final class Fleets {

    public static final ModelName MODEL = new ModelName("climate-event");
    public static final StreamId STREAM = new StreamId("climate");
    public static final SiteId NORTH = new SiteId("north");
    public static final SiteId SOUTH = new SiteId("south");
    public static final GatewayId GW_NORTH = new GatewayId("gw-north");
    public static final GatewayId GW_SOUTH = new GatewayId("gw-south");
    public static final Digest VERSION = build("version");
    public static final Digest BASELINE = build("baseline");
    public static final Digest CANDIDATE = build("candidate");
    public static final Instant T0 = Instant.parse("2026-01-01T00:00:00Z");

    private static final FleetSpec SPEC = parse(yaml(BASELINE));

    private Fleets() {}

    public static Digest build(String name) {
        return Digest.of(name.getBytes(StandardCharsets.UTF_8));
    }

    public static String yaml(Digest build) {
        return """
                sites:
                  north: {gateways: [gw-north], devices: [north-1, north-2]}
                  south: {gateways: [gw-south], devices: [south-1]}
                models:
                  climate-event: {build: "%s"}
                streams:
                  climate: {topic: "sites/{site}/motes/{device}/climate", model: climate-event, shadowShare: 0.5, statsWindow: PT5M}
                rollout: {canary: gw-north, minCompared: 200, maxClippedShare: 0.1, minAgreement: 0.98, deadline: PT60S}
                """.formatted(build);
    }

    public static FleetSpec spec() {
        return SPEC;
    }

    public static FleetSpec parse(String yaml) {
        try {
            return FleetYaml.parse(yaml);
        } catch (InvalidFleetException e) {
            throw new IllegalArgumentException(e);
        }
    }

    /** Where a gateway of these fleets is, by its name. */
    public static SiteId site(GatewayId gateway) {
        return gateway.value().startsWith(GW_NORTH.value()) ? NORTH : SOUTH;
    }

    public static ModelHealth health(Digest build, SiteId site, Fidelity fidelity, Instant to) {
        return health(build, site, fidelity, Verdict.STABLE, to);
    }

    public static ModelHealth health(Digest build, SiteId site, Fidelity fidelity, Verdict verdict, Instant to) {
        return new ModelHealth(
                new Cohort(MODEL, VERSION, build, site),
                to.minusSeconds(1800),
                to,
                1440,
                fidelity,
                List.of(new LabelScore("event", 32, 31, 50), new LabelScore("normal", 1400, 1381, 1382)),
                LatencyHistogram.EMPTY,
                verdict,
                List.of(),
                Optional.empty());
    }

    /** How often FP32 said normal and event, how often INT8 followed, and how many of the windows clip. */
    public static Fidelity fidelity(long normal, long normalAgreed, long event, long eventAgreed, long clipped) {
        var windows = normal + event;
        return new Fidelity(
                List.of(
                        new ClassAgreement("normal", normal, normalAgreed),
                        new ClassAgreement("event", event, eventAgreed)),
                1.5,
                List.of(new TensorClipping("act0", windows, clipped, windows * 32, clipped * 3)));
    }

    public static Fidelity faithful() {
        return fidelity(700, 700, 40, 39, 10);
    }

    /** What a stale calibration looks like: half of the windows clip and most events are missed. */
    public static Fidelity stale() {
        return fidelity(700, 698, 40, 11, 360);
    }

    public static GatewayEvent.Heartbeat beat(
            GatewayId gateway, Digest build, long generation, long results, Instant at) {
        return new GatewayEvent.Heartbeat(
                gateway,
                site(gateway),
                at,
                generation,
                List.of(new GatewayEvent.RunningStream(STREAM, MODEL, build)),
                new GatewayCounters(results + 4, results, 3, 1, 12));
    }

    public static GatewayEvent.BuildRefused refused(GatewayId gateway, Digest build, long generation, Instant at) {
        return new GatewayEvent.BuildRefused(
                gateway, site(gateway), at, STREAM, MODEL, build, generation, "the signature is by nobody we trust");
    }
}
