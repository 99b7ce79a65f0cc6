package io.plumbline.fleet.adapter.metrics;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.plumbline.contract.message.Alert;
import io.plumbline.fleet.core.control.Change;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;

/** Counts what happens. Thread-safe. */
public final class FleetMeters {

    private final MeterRegistry registry;

    public FleetMeters(MeterRegistry registry) {
        this.registry = registry;
    }

    /** A number that is read when somebody asks. */
    public void gauge(String name, Supplier<Number> value) {
        Gauge.builder("plumbline.fleet." + name, value).strongReference(true).register(registry);
    }

    /** A change was written. */
    public void written(Change change) {
        change.steps()
                .forEach(step -> registry.counter(
                                "plumbline.fleet.rollout.steps",
                                "stage",
                                lower(step.after().stage()))
                        .increment());
        registry.counter("plumbline.fleet.assignments.changed")
                .increment(change.assignments().size());
    }

    /** A record was not what its topic promises. */
    public void malformed(String topic) {
        registry.counter("plumbline.fleet.malformed", "topic", topic).increment();
    }

    /** A record was what its topic promises and could not be used all the same: a bug. */
    public void failed(String topic) {
        registry.counter("plumbline.fleet.failed", "topic", topic).increment();
    }

    /** An announcement was confirmed, or could not be made. */
    public void announced(boolean confirmed) {
        registry.counter("plumbline.fleet.announcements", "confirmed", Boolean.toString(confirmed))
                .increment();
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
        registry.counter("plumbline.fleet.looks.failed").increment();
    }
}
