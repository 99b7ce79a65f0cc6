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
import java.util.function.UnaryOperator;

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

    /** @param moves how far its device's event time has come with it, as far as is believed */
    private record Reading(DeviceId device, Instant at, EventId event, Instant moves) {

        private String key() {
            return device + "|" + EventTime.ordered(at) + "|" + event;
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
        return objection(reading, now)
                .map(Pairing::refused)
                .orElseGet(() -> Pairing.of(result.prediction()
                        .map(p -> new Pair.Answer(cohort, p.label(), Optional.of(p.score())))
                        .flatMap(answer -> take(reading, Topics.RESULTS, pair -> pair.with(answer)))));
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
        return objection(reading, now)
                .map(Pairing::refused)
                .orElseGet(() -> Pairing.of(take(reading, Topics.LABELS, pair -> pair.with(label.label()))));
    }

    /** One label of the future would make all that its device says after it too late. */
    private Optional<String> objection(Reading reading, Instant now) {
        var what = "eventTime of device '" + reading.device() + "'";
        return EventTime.isPlausible(reading.at())
                ? EventTime.tooEarly(what, reading.at(), newest(reading), now, clockSkew)
                : Optional.of(what + " " + reading.at() + " is not a plausible time");
    }

    private Optional<Instant> newest(Reading reading) {
        return clocks.get(reading.device().value()).map(DeviceClock::newest);
    }

    private Optional<LabelledAnswer> take(Reading reading, String topic, UnaryOperator<Pair> add) {
        var newest = newest(reading);
        if (newest.filter(one -> reading.at().isBefore(one.minus(retention))).isPresent()) {
            metrics.refused(topic);
            return Optional.empty();
        }
        var before = pairs.get(reading.key()).orElse(Pair.NOTHING);
        var after = add.apply(before);
        if (after.equals(before)) {
            metrics.repeated(topic);
            return Optional.empty();
        }
        var answer = after.complete(reading.at());
        pairs.put(reading.key(), answer.isPresent() ? Pair.MET : after);
        advance(reading, newest);
        return answer;
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
