package io.plumbline.fleet.adapter.metrics;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.plumbline.contract.Topics;
import io.plumbline.contract.fleet.AlertBoard;
import io.plumbline.contract.message.Alert;
import io.plumbline.contract.message.RolloutStage;
import io.plumbline.fleet.core.alert.AlertDesk;
import io.plumbline.fleet.core.assignment.AssignmentBoard;
import io.plumbline.fleet.core.control.Change;
import io.plumbline.fleet.core.control.ControlPlane;
import io.plumbline.fleet.core.view.FleetFigures;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Counts what happens. What can be named beforehand is there from the start, at 0: a counter that came with its first event would have no
 * increase then, and no rule would see that event. Thread-safe.
 */
public final class FleetMeters {

    private static final List<String> READ =
            List.of(Topics.GATEWAY_EVENTS, Topics.MODEL_HEALTH, Topics.VERDICTS, Topics.RECALIBRATIONS, Topics.RESULTS);

    private static final double MILLIS = 1000;

    private final MeterRegistry registry;
    private final Counter assignmentsChanged;
    private final Counter looksFailed;

    public FleetMeters(MeterRegistry registry) {
        this.registry = registry;
        READ.forEach(this::malformedOf);
        READ.forEach(this::failedOf);
        Stream.of(RolloutStage.values()).forEach(this::stepsTo);
        Stream.of(true, false).forEach(this::announcements);
        assignmentsChanged = registry.counter("plumbline.fleet.assignments.changed");
        looksFailed = registry.counter("plumbline.fleet.looks.failed");
    }

    private Counter malformedOf(String topic) {
        return registry.counter("plumbline.fleet.malformed", "topic", topic);
    }

    private Counter failedOf(String topic) {
        return registry.counter("plumbline.fleet.failed", "topic", topic);
    }

    private Counter stepsTo(RolloutStage stage) {
        return registry.counter("plumbline.fleet.rollout.steps", "stage", lower(stage));
    }

    private Counter announcements(boolean confirmed) {
        return registry.counter("plumbline.fleet.announcements", "confirmed", Boolean.toString(confirmed));
    }

    /** Adds gauges of the state in force, of what is heard of the gateways, and of requests that are held open. */
    public void watch(ControlPlane control, Supplier<FleetFigures> figures, AssignmentBoard board) {
        gauge("plumbline.fleet.assignment.readers", board::waiting);
        gauge("plumbline.fleet.rollouts.active", () -> control.state().active().size());
        gauge("plumbline.fleet.gateways", () -> figures.get().gateways());
        gauge("plumbline.fleet.gateways.silent", () -> figures.get().silent());
        gauge("plumbline.fleet.gateways.behind", () -> figures.get().behind());
        gauge("plumbline.fleet.outbox.pending", () -> figures.get().outboxPending());
        gauge("plumbline.fleet.records.lost", () -> figures.get().lost());
        gauge("plumbline.fleet.rollouts.paused", () -> figures.get().paused());
    }

    /** Adds a gauge of alerts that are not over. */
    public void watch(AlertDesk desk) {
        gauge(
                "plumbline.fleet.alerts.open",
                () -> desk.book().entries().values().stream()
                        .filter(entry -> entry.alert().open())
                        .count());
    }

    /** Adds gauges of letters that are to be delivered: how many, and how old the oldest is. Not a number while the database does not answer. */
    public void watch(Supplier<List<AlertBoard.SinkView>> sinks, InstantSource clock) {
        gauge(
                "plumbline.fleet.letters.waiting",
                () -> sinks.get().stream()
                        .mapToDouble(AlertBoard.SinkView::waiting)
                        .sum());
        Gauge.builder("plumbline.fleet.letters.age", () -> age(sinks.get(), clock.instant()))
                .baseUnit("seconds")
                .strongReference(true)
                .register(registry);
    }

    private static double age(List<AlertBoard.SinkView> sinks, Instant now) {
        return sinks.stream()
                .flatMap(sink -> sink.oldest().stream())
                .min(Comparator.naturalOrder())
                .map(oldest -> Duration.between(oldest, now).toMillis() / MILLIS)
                .orElse(0.0);
    }

    private void gauge(String name, Supplier<Number> value) {
        Gauge.builder(name, value).strongReference(true).register(registry);
    }

    /** A change was written. */
    public void written(Change change) {
        change.steps().forEach(step -> stepsTo(step.after().stage()).increment());
        assignmentsChanged.increment(change.assignments().size());
    }

    /** A record was not what its topic promises. */
    public void malformed(String topic) {
        malformedOf(topic).increment();
    }

    /** A record was what its topic promises and could not be used all the same: a bug. */
    public void failed(String topic) {
        failedOf(topic).increment();
    }

    /** An announcement was confirmed, or could not be made. */
    public void announced(boolean confirmed) {
        announcements(confirmed).increment();
    }

    /** Alerts changed. */
    public void alerts(List<Alert> changed) {
        changed.forEach(alert -> registry.counter(
                        "plumbline.fleet.alerts.changed", "kind", lower(alert.kind()), "change", lower(alert.change()))
                .increment());
    }

    /** It was tried to deliver a letter. */
    public void letter(String sink, String outcome) {
        registry.counter("plumbline.fleet.letters.tried", "sink", sink, "outcome", outcome)
                .increment();
    }

    private static String lower(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }

    /** A look at the rollouts failed and will be repeated. */
    public void lookFailed() {
        looksFailed.increment();
    }
}
