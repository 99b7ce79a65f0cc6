package io.plumbline.benchmarks.fuzz;

import io.plumbline.benchmarks.feed.Message;
import io.plumbline.contract.id.EventId;
import java.util.BitSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.zip.CRC32C;

/**
 * What was published and how it was answered. A refused payload is known by its topic and bytes, which the dead letter carries; an
 * accepted one by the name of its result. Where the change went to the payload's own time or sequence, the result has a name
 * that nobody can know beforehand: those are counted by device. Thread-safe.
 */
final class Answers {

    private final Broken broken;
    private final long[] payloads;
    private final BitSet named = new BitSet();
    private final Map<Long, Integer> refused = new HashMap<>();
    private final Map<String, Integer> strange = new HashMap<>();
    private final Set<EventId> strangeNames = new HashSet<>();
    private long repeated;
    private long answers;
    private long internal;

    Answers(Broken broken, int count) {
        this.broken = broken;
        this.payloads = new long[count];
    }

    synchronized void published(long number, Message message) {
        payloads[Math.toIntExact(number)] = identity(message.topic(), message.payload());
    }

    synchronized void result(EventId event) {
        answers++;
        var number = Broken.number(event);
        if (number >= 0 && number < payloads.length && broken.event(number).equals(event)) {
            repeated += named.get((int) number) ? 1 : 0;
            named.set((int) number);
        } else if (strangeNames.add(event)) {
            strange.merge(source(event), 1, Integer::sum);
        } else {
            repeated++;
        }
    }

    synchronized void deadLetter(String topic, byte[] payload, String reason) {
        answers++;
        internal += reason.equals("INTERNAL") ? 1 : 0;
        refused.merge(identity(topic, payload), 1, Integer::sum);
    }

    /** All, each copy. */
    synchronized long count() {
        return answers;
    }

    /**
     * @param lost messages without an answer
     * @param duplicated answers beyond one for each message
     * @param strange results with a name that was not known beforehand
     * @param internal dead letters of which the gateway says that it is at fault itself
     */
    record Verdict(long results, long deadLetters, long lost, long duplicated, long strange, long internal) {}

    /** When no answer is outstanding any more; only once. */
    synchronized Verdict verdict() {
        var deadLetters =
                refused.values().stream().mapToLong(Integer::longValue).sum();
        var unanswered = new HashMap<String, Integer>();
        for (int number = 0; number < payloads.length; number++) {
            if (!named.get(number) && !takeDeadLetter(payloads[number])) {
                unanswered.merge(source(broken.event(number)), 1, Integer::sum);
            }
        }
        var left = refused.values().stream().mapToLong(Integer::longValue).sum();
        strange.forEach((source, count) -> unanswered.merge(source, -count, Integer::sum));
        var lost = unanswered.values().stream()
                .mapToLong(count -> Math.max(0, count))
                .sum();
        var surplus = unanswered.values().stream()
                .mapToLong(count -> Math.max(0, -count))
                .sum();
        return new Verdict(
                named.cardinality() + strangeNames.size() + repeated,
                deadLetters,
                lost,
                repeated + left + surplus,
                strangeNames.size(),
                internal);
    }

    private boolean takeDeadLetter(long payload) {
        var count = refused.getOrDefault(payload, 0);
        if (count > 0) {
            refused.put(payload, count - 1);
        }
        return count > 0;
    }

    /** Device and stream. */
    private static String source(EventId event) {
        return event.value().substring(0, event.value().lastIndexOf('/'));
    }

    /** Length and two checksums, one of them with the topic. */
    private static long identity(String topic, byte[] payload) {
        var sum = new CRC32C();
        sum.update(topic.getBytes(java.nio.charset.StandardCharsets.UTF_8));
        sum.update(payload);
        var other = 17L * payload.length + topic.hashCode();
        for (byte value : payload) {
            other = other * 1_000_003 + value;
        }
        return (other << 32) ^ (other >>> 32) ^ sum.getValue();
    }
}
