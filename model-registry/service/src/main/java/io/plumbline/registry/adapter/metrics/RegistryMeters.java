package io.plumbline.registry.adapter.metrics;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.plumbline.contract.message.RecalibrationEvent;
import io.plumbline.registry.core.carriage.Carrier;
import io.plumbline.registry.core.job.Job;
import io.plumbline.registry.core.job.Recalibrations;
import java.io.File;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.stream.Stream;

/**
 * Counts what happens. All of it is there from the start, at 0: a counter that came with its first event would have no increase then, and no
 * rule would see that event. Thread-safe.
 */
public final class RegistryMeters {

    private static final double MILLIS = 1000;

    private final MeterRegistry registry;
    private final Counter malformed;
    private final Counter waits;
    private final Counter notSent;

    public RegistryMeters(MeterRegistry registry) {
        this.registry = registry;
        Stream.of(true, false).forEach(this::ended);
        Stream.of(true, false).forEach(this::versions);
        malformed = registry.counter("plumbline.registry.malformed");
        waits = registry.counter("plumbline.registry.waits");
        notSent = registry.counter("plumbline.registry.sends.failed");
    }

    private Counter ended(boolean accepted) {
        return registry.counter(
                "plumbline.registry.recalibrations.ended", "outcome", accepted ? "accepted" : "refused");
    }

    private Counter versions(boolean ready) {
        return registry.counter("plumbline.registry.versions.built", "outcome", ready ? "ready" : "failed");
    }

    /** Adds gauges of what is under way. */
    public void watch(Recalibrations recalibrations, InstantSource clock) {
        Gauge.builder("plumbline.registry.recalibrations.open", recalibrations, RegistryMeters::open)
                .register(registry);
        Gauge.builder("plumbline.registry.recalibrations.age", () -> age(recalibrations, clock.instant()))
                .baseUnit("seconds")
                .strongReference(true)
                .register(registry);
    }

    /** Adds a gauge of builds that gateways cannot pull yet. */
    public void watch(Carrier carrier) {
        Gauge.builder("plumbline.registry.builds.waiting", carrier, Carrier::waiting)
                .register(registry);
    }

    /** Adds gauges of the disk that the data folder is on. */
    public void watch(Path dataDir) {
        var folder = dataDir.toFile();
        Gauge.builder("plumbline.registry.disk.free", folder, File::getUsableSpace)
                .baseUnit("bytes")
                .strongReference(true)
                .register(registry);
        Gauge.builder("plumbline.registry.disk.size", folder, File::getTotalSpace)
                .baseUnit("bytes")
                .strongReference(true)
                .register(registry);
    }

    private static double open(Recalibrations recalibrations) {
        return recalibrations.unfinished().stream().filter(job -> !job.isOver()).count();
    }

    /** How long the one has been in its step that has been there for longest. */
    private static double age(Recalibrations recalibrations, Instant now) {
        return recalibrations.unfinished().stream()
                .filter(job -> !job.isOver())
                .map(Job::changedAt)
                .min(Comparator.naturalOrder())
                .map(since -> Duration.between(since, now).toMillis() / MILLIS)
                .orElse(0.0);
    }

    /** An outcome goes out. */
    public void told(RecalibrationEvent outcome) {
        ended(outcome instanceof RecalibrationEvent.Accepted).increment();
    }

    /** A version was built, or could not be. */
    public void built(boolean ready) {
        versions(ready).increment();
    }

    /** A record was not what its topic promises. */
    public void malformed() {
        malformed.increment();
    }

    /** A message waits because the database does not take it. */
    public void waits() {
        waits.increment();
    }

    /** Kafka did not take a message; an outcome is sent again, a task is not. */
    public void notSent() {
        notSent.increment();
    }
}
