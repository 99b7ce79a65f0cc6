package io.plumbline.benchmarks.rollouts;

import io.plumbline.contract.fleet.Assignment;
import io.plumbline.contract.id.Digest;
import io.plumbline.contract.id.GatewayId;
import io.plumbline.contract.id.SiteId;
import io.plumbline.contract.message.GatewayCounters;
import io.plumbline.contract.message.GatewayEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A gateway as the control plane sees it: polls, and says what it runs. Confined to one thread; what it runs may be read by others. */
final class Pretended {

    private static final GatewayCounters COUNTERS = new GatewayCounters(100, 100, 0, 0, 0);

    private static final long MEMORY = 200_000_000;

    private final int number;
    private final GatewayId id;
    private final SiteId site;
    private final Habit habit;
    private final Digest refused;
    private volatile Optional<Assignment> applied = Optional.empty();
    private volatile Optional<Digest> runs = Optional.empty();
    private volatile long saidAt = System.nanoTime();
    private boolean staleApplied;

    /** @param refused what one that fails will not run */
    Pretended(int number, int sites, Digest refused) {
        this.number = number;
        this.id = new GatewayId("gw-" + number);
        this.site = new SiteId("site-" + number % sites);
        this.habit = Habit.of(number);
        this.refused = refused;
    }

    GatewayId id() {
        return id;
    }

    SiteId site() {
        return site;
    }

    Habit habit() {
        return habit;
    }

    Optional<Digest> runs() {
        return runs;
    }

    /** How long it has said nothing. */
    Duration quiet() {
        return Duration.ofNanos(System.nanoTime() - saidAt);
    }

    long generation() {
        return applied.map(Assignment::generation).orElse(0L);
    }

    /** Whether it ever took an assignment that was older than what it had. */
    boolean staleApplied() {
        return staleApplied;
    }

    /** @param seconds since the rollout began; negative before */
    boolean isThere(long seconds) {
        return switch (habit) {
            case SILENT -> seconds < 0;
            // Twenty seconds there, twenty away, each at another time.
            case FLAPPING -> seconds < 0 || (seconds + number) / 20 % 2 == 0;
            default -> true;
        };
    }

    /** Takes an assignment into force, and says so. */
    List<GatewayEvent> take(Assignment assignment) {
        if (assignment.generation() <= generation()) {
            staleApplied |= assignment.generation() < generation();
            return List.of();
        }
        applied = Optional.of(assignment);
        var events = new ArrayList<GatewayEvent>();
        for (var stream : assignment.streams()) {
            if (habit == Habit.FAILING && stream.build().equals(refused)) {
                events.add(new GatewayEvent.BuildRefused(
                        id,
                        site,
                        Instant.now(),
                        stream.stream(),
                        stream.model(),
                        stream.build(),
                        assignment.generation(),
                        "its self-test differs"));
            } else {
                runs = Optional.of(stream.build());
                events.add(new GatewayEvent.BuildActivated(
                        id,
                        site,
                        Instant.now(),
                        stream.stream(),
                        stream.model(),
                        stream.build(),
                        assignment.generation(),
                        Optional.empty()));
            }
        }
        events.add(beat());
        return events;
    }

    GatewayEvent beat() {
        saidAt = System.nanoTime();
        var streams = applied.map(Assignment::streams).orElse(List.of()).stream()
                .flatMap(stream -> runs.stream()
                        .map(build -> new GatewayEvent.RunningStream(stream.stream(), stream.model(), build)))
                .toList();
        return new GatewayEvent.Heartbeat(
                id, site, Instant.now(), generation(), streams, COUNTERS, Optional.of(MEMORY));
    }
}
