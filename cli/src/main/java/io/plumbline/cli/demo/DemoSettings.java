package io.plumbline.cli.demo;

import io.plumbline.contract.fleet.Rehearsal;
import java.time.Duration;
import java.util.Map;

/** The demo's fleet and its policies; what differs from the defaults differs because device time runs fast here. */
final class DemoSettings {

    static final Map<String, String> SERVICES = Map.of(
            "plumbline.processor.cooldown", "PT1H",
            "plumbline.registry.cooldown", "PT1H",
            "plumbline.gateway.heartbeat", "PT0.5S");

    /** Before a build takes over on a gateway: a few seconds of its readings. */
    static final Rehearsal REHEARSAL = new Rehearsal(200, 0.97, Duration.ofSeconds(40));

    private DemoSettings() {}

    /** @param build digest of the build to begin with */
    static String fleetYaml(String build, Rehearsal rehearsal) {
        return """
                sites:
                  north: {gateways: [gw-north], devices: [north-1, north-2, north-3, north-4]}
                  south: {gateways: [gw-south], devices: [south-1, south-2, south-3, south-4]}
                models:
                  climate-event: {build: "%s"}
                streams:
                  climate:
                    topic: "sites/{site}/motes/{device}/climate"
                    model: climate-event
                    shadowShare: 0.5
                    statsWindow: PT5M
                    rehearsal: {inputs: %d, minAgreement: %s, within: %s}
                rollout: {canary: gw-north, minCompared: 200, maxClippedShare: 0.1, minAgreement: 0.98, maxLoss: 0.02, deadline: PT60S}
                """.formatted(build, rehearsal.inputs(), rehearsal.minAgreement(), rehearsal.within());
    }
}
