package io.plumbline.benchmarks.faults;

import io.plumbline.contract.id.EventId;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;

/**
 * Every message that was published and every answer to it, by identity: a reading by its event id, a refused payload by its bytes.
 * Thread-safe.
 */
final class Ledger {

    private final Script script;
    private final BitSet sent = new BitSet();
    private final BitSet answered = new BitSet();
    /** How often the sender published it: more than once where the broker went before it acknowledged. */
    private final Map<String, Refused> refused = new HashMap<>();

    private final long[] last = new long[Script.DEVICES + 1];
    private long newestAnswered = -1;
    private long results;
    private long deadLetters;
    private long repeatedResults;
    private long repeatedDeadLetters;
    private long duplicatedDeadLetters;
    private long invented;
    private long outOfOrder;

    private static final class Refused {
        private final long number;
        private int published;
        private int answers;

        private Refused(long number) {
            this.number = number;
        }
    }

    Ledger(Script script) {
        this.script = script;
        Arrays.fill(last, -1);
    }

    /** Called before each publication. */
    synchronized void published(long number, byte[] payload) {
        sent.set(Math.toIntExact(number));
        if (script.isBad(number)) {
            refused.computeIfAbsent(text(payload), key -> new Refused(number)).published++;
        }
    }

    synchronized void result(EventId event) {
        results++;
        var number = Math.toIntExact(script.number(event));
        if (number < 0 || !sent.get(number) || script.isBad(number)) {
            invented++;
            return;
        }
        if (answered.get(number)) {
            repeatedResults++;
            return;
        }
        var device = Script.device(number);
        outOfOrder += number < last[device] ? 1 : 0;
        last[device] = Math.max(last[device], number);
        answer(number);
    }

    synchronized void deadLetter(byte[] payload) {
        deadLetters++;
        var one = refused.get(text(payload));
        if (one == null) {
            invented++;
            return;
        }
        one.answers++;
        repeatedDeadLetters += one.answers > 1 ? 1 : 0;
        duplicatedDeadLetters += one.answers > one.published ? 1 : 0;
        answer(Math.toIntExact(one.number));
    }

    private void answer(int number) {
        answered.set(number);
        newestAnswered = Math.max(newestAnswered, number);
    }

    private static String text(byte[] payload) {
        return new String(payload, StandardCharsets.ISO_8859_1);
    }

    /** The largest number that was answered; -1 before. */
    synchronized long newestAnswered() {
        return newestAnswered;
    }

    synchronized long outstanding() {
        var missing = (BitSet) sent.clone();
        missing.andNot(answered);
        return missing.cardinality();
    }

    /**
     * @param sent different messages
     * @param results without copies
     * @param deadLetters without copies
     * @param lost messages without an answer
     * @param invented answers to what was never sent, or of the wrong kind
     * @param repeatedResults further results of the same event, other than the first
     * @param repeatedDeadLetters further dead letters of the same payload, other than the first
     * @param duplicatedDeadLetters dead letters beyond one for each time that the sender published the payload
     * @param outOfOrder results after one of the same device that was published later
     */
    record Verdict(
            long sent,
            long results,
            long deadLetters,
            long lost,
            long invented,
            long repeatedResults,
            long repeatedDeadLetters,
            long duplicatedDeadLetters,
            long outOfOrder) {

        /** Answers that there should not be. */
        long duplicated() {
            return repeatedResults + duplicatedDeadLetters + invented;
        }

        boolean isExact() {
            return lost == 0 && duplicated() == 0 && outOfOrder == 0;
        }
    }

    synchronized Verdict verdict() {
        return new Verdict(
                sent.cardinality(),
                results,
                deadLetters,
                outstanding(),
                invented,
                repeatedResults,
                repeatedDeadLetters,
                duplicatedDeadLetters,
                outOfOrder);
    }
}
