package io.plumbline.gateway.testing;

import io.plumbline.contract.fleet.Neighbours;
import io.plumbline.contract.fleet.PayloadLayout;
import io.plumbline.contract.fleet.StreamAssignment;
import io.plumbline.contract.fleet.Subscription;
import io.plumbline.contract.id.DeviceId;
import io.plumbline.contract.id.EventId;
import io.plumbline.contract.id.StreamId;
import io.plumbline.gateway.core.inbox.Incoming;
import io.plumbline.gateway.core.reading.ReadingDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** The climate stream of site north, and messages on it. */
public final class Motes {

    public static final StreamId CLIMATE = new StreamId("climate");
    public static final StreamId COMFORT = new StreamId("comfort");
    public static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    /** Of devices whose payloads say everything. */
    public static final Supplier<ReadingDecoder.Past> NO_PAST = () -> {
        throw new IllegalStateException("nobody needs it");
    };

    private Motes() {}

    public static StreamAssignment stream(String build) {
        return new StreamAssignment(
                CLIMATE,
                "sites/{site}/motes/{device}/climate",
                List.of(new DeviceId("north-1"), new DeviceId("north-2")),
                ClimateBuild.MODEL,
                FakeModel.digest(build),
                0.5,
                Duration.ofMinutes(5),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    /** Another stream of the same messages. */
    public static StreamAssignment stream(String build, StreamId name) {
        return stream(build, name, PayloadLayout.JSON);
    }

    /** The same with readings of this layout. */
    public static StreamAssignment stream(String build, PayloadLayout layout) {
        return stream(build, CLIMATE, layout);
    }

    /** Another stream of the same messages, which looks at other parts of them. */
    public static StreamAssignment stream(String build, StreamId name, PayloadLayout layout) {
        var usual = stream(build);
        return new StreamAssignment(
                name,
                usual.topic(),
                usual.devices(),
                usual.model(),
                usual.build(),
                usual.shadowShare(),
                usual.statsWindow(),
                usual.neighbours(),
                usual.frames(),
                Optional.of(layout),
                usual.subscription(),
                Optional.empty());
    }

    /** Devices that speak Sparkplug. */
    public static StreamAssignment sparkplug(String build, PayloadLayout layout) {
        var usual = stream(build);
        return new StreamAssignment(
                CLIMATE,
                "spBv1.0/{site}/DDATA/{edge}/{device}",
                usual.devices(),
                usual.model(),
                usual.build(),
                usual.shadowShare(),
                usual.statsWindow(),
                usual.neighbours(),
                usual.frames(),
                Optional.of(layout),
                usual.subscription(),
                Optional.empty());
    }

    /** The stream of build "one" on a site whose other gateways take these devices. */
    public static StreamAssignment beside(boolean strangers, String device) {
        return beside(new Neighbours(List.of(new DeviceId(device)), strangers), Optional.empty());
    }

    /** The stream of build "one" beside other gateways. */
    public static StreamAssignment beside(Neighbours others, Optional<Subscription> subscription) {
        var alone = stream("one");
        return new StreamAssignment(
                alone.stream(),
                alone.topic(),
                alone.devices(),
                alone.model(),
                alone.build(),
                alone.shadowShare(),
                alone.statsWindow(),
                Optional.of(others),
                Optional.empty(),
                Optional.empty(),
                subscription,
                Optional.empty());
    }

    public static Incoming.Delivery delivery(int packet, long connection) {
        return new Incoming.Delivery(packet, connection, START, () -> {});
    }

    /** A reading every five seconds of device time. */
    public static Incoming reading(String device, long sequence, float humidity, float temperature) {
        return message(
                device,
                "{\"seq\":" + sequence + ",\"time\":\"" + time(sequence) + "\",\"values\":[" + humidity + ","
                        + temperature + "]}",
                delivery((int) (1 + sequence % 60_000), 0));
    }

    public static Incoming message(String device, String payload, Incoming.Delivery delivery) {
        return new Incoming(
                "sites/north/motes/" + device + "/climate", payload.getBytes(StandardCharsets.UTF_8), delivery);
    }

    public static Instant time(long sequence) {
        return START.plusSeconds(5 * sequence);
    }

    public static EventId event(String device, long sequence) {
        return EventId.ofSequence(new DeviceId(device), CLIMATE, time(sequence), sequence);
    }
}
