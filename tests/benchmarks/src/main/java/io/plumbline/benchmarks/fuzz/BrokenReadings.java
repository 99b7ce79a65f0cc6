package io.plumbline.benchmarks.fuzz;

import io.plumbline.benchmarks.Rig;
import io.plumbline.benchmarks.feed.Message;
import io.plumbline.contract.id.DeviceId;
import io.plumbline.contract.id.EventId;
import io.plumbline.contract.id.StreamId;
import io.plumbline.support.Mutation;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.eclipse.paho.mqttv5.common.packet.UserProperty;

/**
 * Readings of 16 devices in five codecs. Time and sequence are MQTT user properties, and in half of the JSON and CBOR in the
 * payload too; one in a hundred has a broken user property.
 */
record BrokenReadings(long seed, Instant start) implements Broken {

    static final int DEVICES = 16;

    private static final Payloads[] CODECS = Payloads.values();
    private static final long STEP_MILLIS = 20;
    private static final int BROKEN_STAMP_ONE_IN = 100;

    @Override
    public Message message(long number) {
        var random = new SplittableRandom(seed ^ number * 0x9E3779B97F4A7C15L);
        var numbers = new Payloads.Numbers(
                number, time(number), 40 + random.nextInt(100) * 0.1, 20 + random.nextInt(100) * 0.1);
        var codec = codec(number);
        var payload = new Mutation(random).of(codec.of(numbers, random.nextBoolean()));
        return new Message(
                "sites/" + Rig.SITE + "/" + codec.stream() + "/" + device(number) + "/up",
                payload,
                properties(number, random));
    }

    private List<UserProperty> properties(long number, SplittableRandom random) {
        var properties = new ArrayList<>(List.of(
                new UserProperty("time", time(number).toString()), new UserProperty("seq", String.valueOf(number))));
        if (random.nextInt(BROKEN_STAMP_ONE_IN) == 0) {
            var at = random.nextInt(2);
            properties.set(at, new UserProperty(properties.get(at).getKey(), "yesterday"));
        }
        return properties;
    }

    @Override
    public EventId event(long number) {
        return EventId.ofSequence(
                new DeviceId(device(number)), new StreamId(codec(number).stream()), time(number), number);
    }

    private Instant time(long number) {
        return start.plusMillis(STEP_MILLIS * number);
    }

    private static Payloads codec(long number) {
        return CODECS[(int) (number % CODECS.length)];
    }

    private static String device(long number) {
        return "m-" + (number / CODECS.length % DEVICES + 1);
    }
}
