package io.plumbline.fleet.core.post;

import io.plumbline.contract.message.Alert;
import io.plumbline.contract.wire.Require;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/**
 * Delivers the letters of one sink, one after the other. A letter that is refused makes way for the others; a sink that does not
 * answer is left alone for a while. For one thread, but for {@link #stop}.
 */
public final class Courier {

    private static final int BATCH = 50;

    private final String sink;
    private final Sink door;
    private final LetterBox letters;
    private final Watch watch;
    private final RandomGenerator random;
    private int failures;
    private Instant rest = Instant.MIN;
    private Instant renewed = Instant.MIN;
    private volatile boolean stopped;

    /**
     * The time, and who is told what happens.
     *
     * @param giveUp how long a letter is tried
     * @param open the open alerts that the sink was told of and that no silence holds back
     */
    public record Watch(Clock clock, Duration giveUp, Supplier<List<Alert>> open, Ear ear) {

        public Watch {
            Require.that(giveUp.toMillis() > 0, "giveUp " + giveUp + " must be longer than nothing");
        }
    }

    /** Told of every attempt; by the courier's thread. */
    public interface Ear {

        /** @param last whether the letter is not tried again */
        void tried(String sink, Waiting letter, Delivery delivery, boolean last);

        /** @param delivery why a sink that forgets could not be told again of what is open */
        void notRenewed(String sink, Delivery delivery);
    }

    public Courier(String sink, Sink door, LetterBox letters, Watch watch, RandomGenerator random) {
        this.sink = sink;
        this.door = door;
        this.letters = letters;
        this.watch = watch;
        this.random = random;
    }

    /** Delivers what is due. Ends early where the sink does not answer. */
    public void round() {
        if (now().isBefore(rest)) {
            return;
        }
        for (var letter : letters.due(sink, now(), BATCH)) {
            if (stopped) {
                return;
            }
            if (letters.attempt(letter, now()) && !deliver(letter)) {
                return;
            }
        }
        door.renewal().ifPresent(this::renew);
    }

    /** Nothing is lost if it fails: it comes round again. */
    private void renew(Duration every) {
        if (renewed.isAfter(now().minus(every))) {
            return;
        }
        // In this order: what is in the book has its letter in the box already.
        var open = watch.open().get();
        var unheard = letters.unheard(sink);
        var heard = open.stream().filter(alert -> !unheard.contains(alert.id())).toList();
        var delivery = heard.isEmpty() ? new Delivery.Done() : attempt(() -> door.renew(heard));
        if (delivery instanceof Delivery.Unreachable) {
            leaveAlone();
        } else {
            renewed = now();
        }
        if (!(delivery instanceof Delivery.Done)) {
            watch.ear().notRenewed(sink, delivery);
        }
    }

    private void leaveAlone() {
        failures++;
        rest = now().plus(Backoff.after(failures, random));
    }

    /** Takes up no other letter; may be called by any thread. */
    public void stop() {
        stopped = true;
    }

    private boolean deliver(Waiting letter) {
        var delivery = attempt(() -> door.deliver(letter.letter().alert()));
        if (delivery instanceof Delivery.Done done) {
            failures = 0;
            letters.delivered(letter, done.remark(), now());
            watch.ear().tried(sink, letter, delivery, true);
            return true;
        }
        if (delivery instanceof Delivery.Refused refused) {
            failures = 0;
            failed(letter, delivery, refused.problem());
            return true;
        }
        leaveAlone();
        failed(letter, delivery, ((Delivery.Unreachable) delivery).problem());
        return false;
    }

    private static Delivery attempt(Supplier<Delivery> work) {
        try {
            return work.get();
        } catch (RuntimeException bug) {
            // Of a bug that hits one letter the others must know nothing. Its message may hold what was to be sent, a
            // secret too.
            return new Delivery.Refused("this is a bug: " + bug.getClass().getSimpleName() + " at "
                    + Arrays.stream(bug.getStackTrace())
                            .findFirst()
                            .map(StackTraceElement::toString)
                            .orElse("an unknown place"));
        }
    }

    private void failed(Waiting letter, Delivery delivery, String problem) {
        var last = !letter.written().plus(watch.giveUp()).isAfter(now());
        if (last) {
            letters.gaveUp(letter, problem, now());
        } else {
            letters.failed(letter, problem, now().plus(Backoff.after(letter.attempts() + 1, random)));
        }
        watch.ear().tried(sink, letter, delivery, last);
    }

    private Instant now() {
        return watch.clock().instant();
    }
}
