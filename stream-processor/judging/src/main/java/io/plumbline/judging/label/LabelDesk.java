package io.plumbline.judging.label;

import io.plumbline.contract.Topics;
import io.plumbline.contract.id.DeviceId;
import io.plumbline.contract.id.EventId;
import io.plumbline.contract.message.Cohort;
import io.plumbline.contract.message.InferenceResult;
import io.plumbline.contract.message.Label;
import io.plumbline.judging.EventTime;
import io.plumbline.judging.OrderedState;
import io.plumbline.judging.StreamMetrics;
import io.plumbline.judging.policy.JudgingPolicy;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Pairs results with labels. The first result and the first label of an event count; repetitions change nothing. Each side
 * waits for the other for the retention, in the event time of its own device, so a device that lags or runs ahead takes
 * nothing from the others. Not thread-safe.
 */
public final class LabelDesk {

    /* Old pairs are looked for this many times per retention: often enough to bound the state, seldom enough to be cheap. */
    private static final int SWEEPS = 32;

    private final OrderedState<Pair> pairs;
    private final OrderedState<DeviceClock> clocks;
    private final Frontiers frontiers;
    private final Duration retention;
    private final Duration clockSkew;
    private final StreamMetrics metrics;

    /**
     * @param pairs keyed by {@code device|event time|event id}
     * @param clocks keyed by device
     */
    public LabelDesk(
            OrderedState<Pair> pairs, OrderedState<DeviceClock> clocks, JudgingPolicy policy, StreamMetrics metrics) {
        this.pairs = pairs;
        this.clocks = clocks;
        this.frontiers = new Frontiers(pairs);
        this.retention = policy.labelRetention();
        this.clockSkew = policy.evaluation().clockSkew();
        this.metrics = metrics;
    }

    /**
     * How far a device's event time has come.
     *
     * @param newest up to one sweep behind the newest reading
     */
    public record DeviceClock(Instant newest) {}

    /**
     * @param moves how far its device's event time has come with it, as far as is believed
     * @param key of its pair
     */
    private record Reading(DeviceId device, Instant at, Instant moves, String key) {

        private Reading(DeviceId device, Instant at, EventId event, Instant moves) {
            this(device, at, moves, device + "|" + EventTime.ordered(at) + "|" + event);
        }
    }

    /**
     * Takes a result; one without a prediction has nothing to be right about.
     *
     * @param now wall clock, when it came
     */
    public Pairing on(InferenceResult result, Instant now) {
        var reading = new Reading(result.device(), result.eventTime(), result.event(), result.eventTime());
        var cohort = new Cohort(result.model(), result.version(), result.build(), result.site());
        var answer = result.prediction().map(p -> new Pair.Answer(cohort, p.label(), Optional.of(p.score())));
        return take(reading, answer.map(Pair::of), Topics.RESULTS, now);
    }

    /**
     * Takes a label.
     *
     * @param now wall clock, when it came
     */
    public Pairing on(Label label, Instant now) {
        var at = label.eventTime();
        // a label may be written by anybody: one that is a little ahead must not take the others' time to wait
        var reading = new Reading(label.device(), at, label.event(), EventTime.earlier(at, now));
        return take(reading, Optional.of(Pair.of(label.label())), Topics.LABELS, now);
    }

    private Pairing take(Reading reading, Optional<Pair> came, String topic, Instant now) {
        var newest = clocks.get(reading.device().value()).map(DeviceClock::newest);
        return objection(reading, newest, now)
                .map(Pairing::refused)
                .orElseGet(() -> Pairing.of(came.flatMap(half -> meet(reading, half, topic, newest))));
    }

    /** One label of the future would make all that its device says after it too late. */
    private Optional<String> objection(Reading reading, Optional<Instant> newest, Instant now) {
        var what = "eventTime of device '" + reading.device() + "'";
        return EventTime.isPlausible(reading.at())
                ? EventTime.tooEarly(what, reading.at(), newest, now, clockSkew)
                : Optional.of(what + " " + reading.at() + " is not a plausible time");
    }

    private Optional<LabelledAnswer> meet(Reading reading, Pair came, String topic, Optional<Instant> newest) {
        if (newest.filter(one -> reading.at().isBefore(one.minus(retention))).isPresent()) {
            metrics.refused(topic);
            return Optional.empty();
        }
        var before = known(reading, topic);
        var after = before.map(known -> known.plus(came)).orElse(came);
        if (before.filter(after::equals).isPresent()) {
            metrics.repeated(topic);
            return Optional.empty();
        }
        var answer = after.complete(reading.at());
        pairs.put(reading.key(), answer.isPresent() ? Pair.MET : after);
        frontiers.put(reading.device(), reading.at());
        advance(reading, newest);
        return answer;
    }

    /** Labels come late: most of what they look for is there. Most answers are the newest of their device, and there is nothing to look for. */
    private Optional<Pair> known(Reading reading, String topic) {
        var isNew = topic.equals(Topics.RESULTS) && frontiers.isBeyond(reading.device(), reading.at());
        return isNew ? Optional.empty() : pairs.get(reading.key());
    }

    private void advance(Reading reading, Optional<Instant> newest) {
        var device = reading.device().value();
        var sweep = retention.dividedBy(SWEEPS);
        if (newest.filter(one -> reading.moves().isBefore(one.plus(sweep))).isPresent()) {
            return;
        }
        clocks.put(device, new DeviceClock(reading.moves()));
        // Before a device's first reading there is nothing of it.
        newest.ifPresent(any -> {
            var oldest = device + "|" + EventTime.ordered(reading.moves().minus(retention));
            pairs.range(device + "|", oldest).forEach(entry -> pairs.delete(entry.key()));
        });
    }
}
