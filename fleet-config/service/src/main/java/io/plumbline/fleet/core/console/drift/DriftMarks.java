package io.plumbline.fleet.core.console.drift;

import io.plumbline.contract.message.Alert;
import io.plumbline.contract.message.Cohort;
import io.plumbline.contract.message.RecalibrationEvent;
import io.plumbline.contract.message.RolloutEvent;
import io.plumbline.contract.message.VerdictEvent;
import io.plumbline.fleet.core.console.Happening;
import io.plumbline.fleet.core.console.Tone;
import io.plumbline.fleet.core.console.Wording;
import io.plumbline.fleet.core.console.chart.Mark;
import io.plumbline.fleet.core.console.chart.Span;
import io.plumbline.fleet.core.view.Heard;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What happened around a cohort: verdicts and alerts there, recalibrations and rollouts of the model. Pure. */
final class DriftMarks {

    static final int MOST = 15;

    /** Of gateways, which may come and go by dozens when there is trouble: they must not push out what happened to the model. */
    static final int MOST_OF_GATEWAYS = 3;

    private record Event(Instant at, Tone tone, String words) {}

    private final Cohort cohort;
    private final List<Event> events = new ArrayList<>();
    private final List<Event> ofGateways = new ArrayList<>();

    DriftMarks(Cohort cohort) {
        this.cohort = cohort;
    }

    /**
     * Verdicts that were heard of late.
     *
     * @param newest the cohort's own, which others may have pushed out of what is heard of late
     */
    DriftMarks verdicts(List<Heard<VerdictEvent>> heard, Optional<Heard<VerdictEvent>> newest) {
        Stream.concat(heard.stream(), newest.stream())
                .distinct()
                .filter(one -> one.event().cohort().model().equals(cohort.model())
                        && one.event().cohort().site().equals(cohort.site()))
                .forEach(one -> add(
                        one.at(),
                        Wording.tone(one.event().verdict()),
                        "verdict on " + one.event().cohort().build().shortHex() + ": "
                                + Wording.name(one.event().verdict()) + ", "
                                + one.event().because()));
        return this;
    }

    DriftMarks recalibrations(List<Heard<RecalibrationEvent>> heard) {
        heard.stream()
                .filter(one -> one.event().model().equals(cohort.model()))
                .map(Happening::recalibration)
                .forEach(one -> add(one.at(), one.tone(), "recalibration " + one.state() + ": " + one.because()));
        return this;
    }

    DriftMarks rollouts(List<RolloutEvent> steps) {
        steps.stream()
                .filter(step -> step.model().equals(cohort.model()))
                .forEach(step -> add(
                        step.at(),
                        Wording.tone(step.stage()),
                        "rollout of " + step.candidate().shortHex() + " " + Wording.name(step.stage()) + ": "
                                + step.because()));
        return this;
    }

    DriftMarks alerts(Stream<Alert> alerts) {
        alerts.filter(alert -> alert.subject().model().isEmpty()
                        || alert.subject().model().get().equals(cohort.model()))
                .filter(alert -> alert.subject().site().isEmpty()
                        || alert.subject().site().get().equals(cohort.site()))
                .forEach(this::alert);
        return this;
    }

    private void alert(Alert alert) {
        var name = Wording.name(alert.kind());
        var list = alert.subject().model().isEmpty() ? ofGateways : events;
        list.add(
                new Event(alert.openedAt(), Wording.tone(alert.severity()), "alert: " + name + ", " + alert.because()));
        alert.resolved()
                .ifPresent(over ->
                        list.add(new Event(over.at(), Tone.GOOD, "alert over: " + name + ", " + over.because())));
    }

    private void add(Instant at, Tone tone, String words) {
        events.add(new Event(at, tone, words));
    }

    /**
     * Those nearest to a moment, newest first, in this stretch of time; the moment itself is among them.
     *
     * @param sought the moment
     */
    List<Mark> around(Instant sought, Span span) {
        var all = Stream.concat(events.stream(), ofGateways.stream())
                .filter(event -> span.covers(event.at()))
                .collect(Collectors.toCollection(ArrayList::new));
        if (all.stream().noneMatch(event -> event.at().equals(sought)) && span.covers(sought)) {
            all.add(new Event(sought, Tone.NEWS, "the moment that was asked for"));
        }
        var nearest = all.stream()
                .sorted(Comparator.comparing(
                        event -> Duration.between(event.at(), sought).abs()))
                .limit(MOST)
                .toList();
        return numbered(newest(nearest, MOST), Optional.of(sought));
    }

    /** The newest, newest first; numbered from the oldest of them. */
    List<Mark> newestFirst() {
        var own = newest(events, MOST - Math.min(MOST_OF_GATEWAYS, ofGateways.size()));
        var newest = newest(
                Stream.concat(own.stream(), newest(ofGateways, MOST_OF_GATEWAYS).stream())
                        .toList(),
                MOST);
        return numbered(newest, Optional.empty());
    }

    private static List<Mark> numbered(List<Event> newest, Optional<Instant> sought) {
        var marks = new ArrayList<Mark>();
        for (int i = 0; i < newest.size(); i++) {
            var event = newest.get(i);
            var isSought = sought.filter(event.at()::equals).isPresent();
            marks.add(new Mark(newest.size() - i, event.at(), event.tone(), event.words(), isSought));
        }
        return marks;
    }

    private static List<Event> newest(List<Event> some, int most) {
        return some.stream()
                .sorted(Comparator.comparing(Event::at).reversed())
                .limit(most)
                .toList();
    }
}
