package io.plumbline.judging.replay;

import io.plumbline.contract.message.InferenceResult;
import io.plumbline.contract.message.Label;
import io.plumbline.contract.message.RecalibrationEvent;
import io.plumbline.contract.message.StatsDelta;
import io.plumbline.contract.message.Verdict;
import io.plumbline.contract.message.VerdictEvent;
import io.plumbline.judging.EventTime;
import io.plumbline.judging.References;
import io.plumbline.judging.policy.JudgingPolicy;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * The past under a proposed policy, beside what the processor said then. Takes what the log has, in the order in which it came;
 * keeps of it the verdicts that changed, and what {@link Replay} keeps. Not thread-safe.
 */
public final class WhatIf implements Listener {

    /** These call for nobody. */
    private static final Set<Verdict> QUIET = EnumSet.of(Verdict.STABLE, Verdict.INSUFFICIENT);

    private final Replay replay;
    private final Predicate<String> concerned;
    private final List<VerdictEvent> verdicts = new ArrayList<>();
    private final List<RecalibrationEvent.Requested> requests = new ArrayList<>();
    private Instant oldest = Instant.MAX;
    private Instant newest = Instant.MIN;

    /**
     * @param labelled the events that the log has labels for
     * @param concerned which keys of deltas, {@code model|site}, are looked at
     */
    public WhatIf(JudgingPolicy proposed, References references, Set<String> labelled, Predicate<String> concerned) {
        this.concerned = concerned;
        this.replay = new Replay(proposed, references, labelled);
    }

    /** What the processor itself said, in the order in which it did. */
    public record Recorded(List<VerdictEvent> verdicts, List<RecalibrationEvent.Requested> requests) {

        public Recorded {
            verdicts = List.copyOf(verdicts);
            requests = List.copyOf(requests);
        }
    }

    /**
     * What came of it.
     *
     * @param from event time; later than asked for where the log begins later
     * @param to end of the newest window
     * @param fired the oldest first
     * @param requestsNow recalibrations that were asked for
     * @param requestsProposed those that would have been
     */
    public record Comparison(Instant from, Instant to, List<Fired> fired, long requestsNow, long requestsProposed) {

        public Comparison {
            fired = List.copyOf(fired);
        }

        public long inBoth() {
            return fired.stream().filter(Fired::inBoth).count();
        }

        public long onlyNow() {
            return fired.stream().filter(f -> f.proposed().isEmpty()).count();
        }

        public long onlyProposed() {
            return fired.stream().filter(f -> f.now().isEmpty()).count();
        }
    }

    @Override
    public boolean concerns(String key) {
        return concerned.test(key);
    }

    @Override
    public void on(StatsDelta delta, Instant arrived) {
        var step = replay.on(delta, arrived);
        if (step.outcome().refused().isEmpty()) {
            oldest = delta.key().windowStart().isBefore(oldest) ? delta.key().windowStart() : oldest;
            newest = EventTime.later(newest, delta.key().windowEnd());
        }
        step.outcome().verdict().ifPresent(verdicts::add);
        step.request().ifPresent(requests::add);
    }

    @Override
    public void on(InferenceResult result, Instant arrived) {
        replay.on(result, arrived);
    }

    @Override
    public void on(Label label, Instant arrived) {
        replay.on(label, arrived);
    }

    /**
     * Both policies over the newest stretch of event time; empty where no statistics came.
     *
     * @param last its length
     */
    public Optional<Comparison> beside(Recorded recorded, Duration last) {
        if (oldest.isAfter(newest)) {
            return Optional.empty();
        }
        var from = EventTime.later(newest.minus(last), oldest);
        var fired = match(loud(recorded.verdicts()), loud(verdicts)).stream()
                .filter(f -> isWithin(f, from))
                .sorted(Comparator.comparing(Fired::at))
                .toList();
        return Optional.of(
                new Comparison(from, newest, fired, since(from, recorded.requests()), since(from, requests)));
    }

    private static List<Episode> loud(List<VerdictEvent> events) {
        return Episode.of(events).stream()
                .filter(episode -> !QUIET.contains(episode.event().verdict()))
                .toList();
    }

    private static List<Fired> match(List<Episode> now, List<Episode> proposed) {
        List<Fired> all = new ArrayList<>();
        Set<Episode> taken = new HashSet<>();
        for (var episode : now) {
            var same = proposed.stream()
                    .filter(other -> episode.meets(other) && !taken.contains(other))
                    .findFirst();
            same.ifPresent(taken::add);
            all.add(new Fired(Optional.of(episode.event()), same.map(Episode::event)));
        }
        proposed.stream()
                .filter(episode -> !taken.contains(episode))
                .forEach(episode -> all.add(new Fired(Optional.empty(), Optional.of(episode.event()))));
        return all;
    }

    private boolean isWithin(Fired fired, Instant from) {
        return fired.now().filter(event -> isWithin(event.at(), from)).isPresent()
                || fired.proposed().filter(event -> isWithin(event.at(), from)).isPresent();
    }

    private boolean isWithin(Instant at, Instant from) {
        return at.isAfter(from) && !at.isAfter(newest);
    }

    private long since(Instant from, List<RecalibrationEvent.Requested> all) {
        return all.stream().filter(request -> isWithin(request.at(), from)).count();
    }
}
