package io.plumbline.benchmarks.faults;

import io.plumbline.benchmarks.Rig;
import io.plumbline.benchmarks.feed.Message;
import io.plumbline.contract.id.DeviceId;
import io.plumbline.contract.id.EventId;
import io.plumbline.contract.id.StreamId;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.SplittableRandom;

/**
 * What 64 devices say, by the number of the message: a function of the seed. About one in a hundred is refused, each for one of five
 * reasons; no two payloads are alike. Thread-safe.
 *
 * @param start device time of the first readings
 */
record Script(long seed, Instant start) {

    static final int DEVICES = 64;

    private static final int BAD_ONE_IN = 100;
    private static final StreamId STREAM = new StreamId("climate");

    boolean isBad(long number) {
        return new SplittableRandom(seed ^ number * 0x9E3779B97F4A7C15L).nextInt(BAD_ONE_IN) == 0;
    }

    Message message(long number) {
        var sequence = sequence(number);
        var head = "{\"seq\":" + sequence + ",\"time\":\"" + time(number) + "\",\"n\":" + number + ",";
        if (!isBad(number)) {
            var values =
                    "\"humidity\":" + (45 + sequence % 17 * 0.1) + ",\"temperature\":" + (27 + sequence % 13 * 0.05);
            return new Message(topic("m-" + device(number)), bytes(head + values + "}"));
        }
        return switch ((int) (number / DEVICES % 5)) {
            case 0 -> new Message(topic("m-" + device(number)), bytes(head + "\"humidity\":45"));
            case 1 -> new Message(topic("m-" + device(number)), bytes(head + "\"values\":[1,2,3]}"));
            case 2 -> new Message(topic("m-" + device(number)), bytes(head + "\"humidity\":NaN,\"temperature\":27}"));
            case 3 -> new Message(topic("m-" + device(number)), bytes(head + "\"humidity\":140,\"temperature\":27}"));
            default -> new Message(topic("stranger"), bytes(head + "\"humidity\":45,\"temperature\":27}"));
        };
    }

    /** The name of a reading; a refused payload has none. */
    EventId event(long number) {
        return EventId.ofSequence(new DeviceId("m-" + device(number)), STREAM, time(number), sequence(number));
    }

    /** The number of the reading with this name, if one of these devices sent it; else -1. */
    long number(EventId event) {
        try {
            var name = event.value();
            var device = Long.parseLong(name.substring(2, name.indexOf('/')));
            var sequence = Long.parseLong(name.substring(name.lastIndexOf('-') + 1));
            var number = (sequence - 1) * DEVICES + device - 1;
            return number >= 0 && event(number).equals(event) ? number : -1;
        } catch (IllegalArgumentException | IndexOutOfBoundsException notOurs) {
            return -1;
        }
    }

    static int device(long number) {
        return (int) (number % DEVICES) + 1;
    }

    private static long sequence(long number) {
        return number / DEVICES + 1;
    }

    private Instant time(long number) {
        return start.plusSeconds(5 * sequence(number));
    }

    private static String topic(String device) {
        return "sites/" + Rig.SITE + "/motes/" + device + "/climate";
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
