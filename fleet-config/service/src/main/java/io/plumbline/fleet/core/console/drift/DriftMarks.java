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
import io.plumbline.fleet.core.view.Heard;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** What happened around a cohort: verdicts and alerts there, recalibrations and rollouts of the model. Pure. */
final class DriftMarks {

    static final int MOST = 15;

    private record Event(Instant at, Tone tone, String words) {}

    private final Cohort cohort;
    private final List<Event> events = new ArrayList<>();

    DriftMarks(Cohort cohort) {
        this.cohort = cohort;
    }

    DriftMarks verdicts(List<Heard<VerdictEvent>> heard) {
        heard.stream()
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
                .forEach(alert -> {
                    var name = Wording.name(alert.kind());
                    add(alert.openedAt(), Wording.tone(alert.severity()), "alert: " + name + ", " + alert.because());
                    alert.resolved()
                            .ifPresent(
                                    over -> add(over.at(), Tone.GOOD, "alert over: " + name + ", " + over.because()));
                });
        return this;
    }

    private void add(Instant at, Tone tone, String words) {
        events.add(new Event(at, tone, words));
    }

    /** The newest, newest first; numbered from the oldest of them. */
    List<Mark> newestFirst() {
        var newest = events.stream()
                .sorted(Comparator.comparing(Event::at).reversed())
                .limit(MOST)
                .toList();
        var marks = new ArrayList<Mark>();
        for (int i = 0; i < newest.size(); i++) {
            var event = newest.get(i);
            marks.add(new Mark(newest.size() - i, event.at(), event.tone(), event.words()));
        }
        return marks;
    }
}
