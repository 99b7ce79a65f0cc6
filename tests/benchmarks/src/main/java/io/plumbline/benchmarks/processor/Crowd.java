package io.plumbline.benchmarks.processor;

import io.plumbline.contract.id.DeviceId;
import io.plumbline.contract.id.EventId;
import io.plumbline.contract.id.GatewayId;
import io.plumbline.contract.id.SiteId;
import io.plumbline.contract.message.InferenceResult;
import io.plumbline.contract.message.Label;
import io.plumbline.contract.message.StatsDelta;
import io.plumbline.contract.message.StatsKey;
import java.time.Duration;
import java.time.Instant;

/**
 * A fleet that is larger than this machine. What it says is numbered from 0, in the order of event time.
 *
 * @param interval event time between two readings of a device
 * @param begin event time of the first window
 */
record Crowd(Specimens specimens, int sites, int gateways, int devices, Duration interval, Instant begin) {

    /** One of each gateway for each window. */
    StatsDelta delta(long number) {
        var window = number / gateways;
        var gateway = number % gateways;
        var said = specimens.deltas().get((int)
                ((gateway + window) % specimens.deltas().size()));
        var key = said.key();
        return new StatsDelta(
                new StatsKey(
                        gateway(gateway),
                        site(gateway),
                        key.stream(),
                        key.model(),
                        key.version(),
                        key.build(),
                        begin.plus(key.windowLength().multipliedBy(window)),
                        key.windowLength(),
                        0),
                said.readings(),
                said.predictions(),
                said.fidelity(),
                said.features(),
                said.latency(),
                said.faults(),
                said.confidence());
    }

    /** Every device answers in turn. */
    InferenceResult result(long number) {
        var said = specimens.result();
        var gateway = device(number) % gateways;
        return new InferenceResult(
                event(number),
                deviceId(number),
                site(gateway),
                gateway(gateway),
                said.stream(),
                said.model(),
                said.version(),
                said.build(),
                time(number),
                said.prediction(),
                said.latencyNanos(),
                said.frame());
    }

    /** The truth about the result of the same number. */
    Label label(long number) {
        return new Label(event(number), deviceId(number), time(number), "normal");
    }

    private EventId event(long number) {
        return EventId.ofSequence(deviceId(number), specimens.result().stream(), time(number), number / devices);
    }

    private Instant time(long number) {
        return begin.plus(interval.multipliedBy(number / devices));
    }

    private long device(long number) {
        return number % devices;
    }

    private DeviceId deviceId(long number) {
        return new DeviceId("d-" + device(number));
    }

    private SiteId site(long gateway) {
        return new SiteId("s-" + gateway % sites);
    }

    private static GatewayId gateway(long gateway) {
        return new GatewayId("gw-" + gateway);
    }
}
