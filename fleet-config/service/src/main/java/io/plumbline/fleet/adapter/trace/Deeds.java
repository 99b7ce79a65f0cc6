package io.plumbline.fleet.adapter.trace;

import io.plumbline.contract.message.Alert;
import io.plumbline.contract.message.AlertChange;
import io.plumbline.contract.message.AlertKind;
import io.plumbline.contract.message.RecalibrationEvent;
import io.plumbline.contract.message.RolloutEvent;
import io.plumbline.fleet.core.post.Delivery;
import io.plumbline.fleet.core.post.Sink;
import io.plumbline.signals.trace.Cause;
import io.plumbline.signals.trace.Footprints;
import io.plumbline.signals.trace.Trail;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * What the control plane does about verdicts and recalibrations, in their traces. What it does about something that nobody
 * follows is not followed. The places of alerts are in memory: a letter after a restart follows the verdict again, which is
 * read again. Thread-safe.
 */
public final class Deeds {

    private final Trail trail;
    /* A recalibration has the id of the verdict that asked for it. */
    private final Footprints verdicts = new Footprints();
    private final Footprints recalibrations = new Footprints();
    private final Footprints rollouts = new Footprints();
    private final Footprints alerts = new Footprints();

    public Deeds(Trail trail) {
        this.trail = trail;
    }

    /** A verdict was read. */
    public void verdict(String id, Optional<String> traceparent) {
        verdicts.leave(id, traceparent);
    }

    /** Something was read of a recalibration. */
    public void recalibration(String id, Optional<String> traceparent) {
        recalibrations.leave(id, traceparent);
    }

    /** Alerts were opened or have changed. */
    public void changed(List<Alert> changed) {
        changed.stream()
                .filter(alert -> alert.change() == AlertChange.OPENED || alert.change() == AlertChange.REOPENED)
                .forEach(this::opened);
    }

    private void opened(Alert alert) {
        var cause = cause(alert);
        if (cause.isPresent()) {
            try (var step = trail.begin("alert", Cause.of(cause), facts(alert))) {
                alerts.leave(alert.id(), step.traceparent());
            }
        }
    }

    /** Where the trace of an alert is; empty where nobody follows it. */
    public Optional<String> place(Alert alert) {
        return alerts.find(alert.id()).or(() -> cause(alert));
    }

    private Optional<String> cause(Alert alert) {
        var causes = alert.kind() == AlertKind.RECALIBRATION_REFUSED ? recalibrations : verdicts;
        return alert.proof().reference().flatMap(causes::find);
    }

    /** A rollout is asked for. */
    public void rollout(RecalibrationEvent.Accepted accepted, Optional<String> traceparent, Runnable deed) {
        if (traceparent.isEmpty()) {
            deed.run();
            return;
        }
        var facts = Map.of(
                "plumbline.model", accepted.model().value(),
                "plumbline.recalibration", accepted.id());
        try (var step = trail.begin("rollout request", Cause.of(traceparent), facts)) {
            // before the deed, whose first step is told by another thread
            rollouts.leave(accepted.id(), step.traceparent());
            deed.run();
        }
    }

    /**
     * A rollout goes on, and that is told. After a restart it follows what its recalibration came to, which is read again.
     *
     * @param deed gets the place to follow it from; empty where nobody does
     */
    public void step(RolloutEvent event, Consumer<Optional<String>> deed) {
        var cause = event.recalibration().flatMap(id -> rollouts.find(id).or(() -> recalibrations.find(id)));
        if (cause.isEmpty()) {
            deed.accept(cause);
            return;
        }
        try (var step = trail.begin("rollout step", Cause.of(cause), facts(event))) {
            deed.accept(step.traceparent());
        }
    }

    /** The same sink; the letters of alerts that are followed are told. */
    public Sink over(String name, Sink sink) {
        return new Followed(name, sink);
    }

    private static Map<String, String> facts(RolloutEvent event) {
        return Map.of(
                "plumbline.model", event.model().value(),
                "plumbline.build", event.candidate().toString(),
                "plumbline.rollout", event.rollout(),
                "plumbline.stage", event.stage().name());
    }

    private static Map<String, String> facts(Alert alert) {
        return Map.of(
                "plumbline.alert",
                alert.id(),
                "plumbline.alert.kind",
                alert.kind().name());
    }

    private final class Followed implements Sink {

        private final String name;
        private final Sink sink;

        private Followed(String name, Sink sink) {
            this.name = name;
            this.sink = sink;
        }

        @Override
        public Delivery deliver(Alert alert) {
            var place = place(alert);
            if (place.isEmpty()) {
                return sink.deliver(alert);
            }
            var facts = Map.of("plumbline.alert", alert.id(), "plumbline.sink", name);
            try (var step = trail.begin("alert letter", Cause.of(place), facts)) {
                return sink.deliver(alert);
            }
        }

        @Override
        public Optional<Duration> renewal() {
            return sink.renewal();
        }

        @Override
        public Delivery renew(List<Alert> open) {
            return sink.renew(open);
        }

        @Override
        public void close() {
            sink.close();
        }
    }
}
