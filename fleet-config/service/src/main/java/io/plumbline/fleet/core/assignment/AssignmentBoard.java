package io.plumbline.fleet.core.assignment;

import io.plumbline.contract.fleet.Assignment;
import io.plumbline.contract.id.GatewayId;
import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The assignments in force, in memory, for any number of readers. A reader that waits holds no thread. Thread-safe.
 */
public final class AssignmentBoard {

    private final Map<GatewayId, Set<Reader>> waiting = new ConcurrentHashMap<>();
    private volatile Map<GatewayId, Assignment> current = Map.of();

    /** Replaces all assignments and answers the readers for whom there is something new. */
    public void publish(Collection<Assignment> assignments) {
        current = assignments.stream().collect(Collectors.toMap(Assignment::gateway, Function.identity()));
        assignments.forEach(
                assignment -> Set.copyOf(waiters(assignment.gateway())).forEach(reader -> answer(reader, assignment)));
    }

    /** The gateway's assignment; empty if the gateway was never in the fleet. */
    public Optional<Assignment> of(GatewayId gateway) {
        return Optional.ofNullable(current.get(gateway));
    }

    /**
     * The first assignment with a later generation than the known one.
     *
     * @return completes with empty after the patience, or at once if the gateway was never in the fleet
     */
    public CompletionStage<Optional<Assignment>> newerThan(GatewayId gateway, long known, Duration patience) {
        var reader = new Reader(known);
        waiters(gateway).add(reader);
        /* Registered first: a change between the look and the registration would be missed until the next one. */
        var now = of(gateway);
        now.ifPresent(assignment -> answer(reader, assignment));
        if (now.isEmpty()) {
            reader.cancel(false);
        }
        return reader.orTimeout(patience.toMillis(), TimeUnit.MILLISECONDS).handle((assignment, giveUp) -> {
            waiters(gateway).remove(reader);
            return Optional.ofNullable(assignment);
        });
    }

    /** Readers that wait now. */
    public int waiting() {
        return waiting.values().stream().mapToInt(Set::size).sum();
    }

    private Set<Reader> waiters(GatewayId gateway) {
        return waiting.computeIfAbsent(gateway, id -> ConcurrentHashMap.newKeySet());
    }

    private static void answer(Reader reader, Assignment assignment) {
        if (reader.known < assignment.generation()) {
            reader.complete(assignment);
        }
    }

    private static final class Reader extends CompletableFuture<Assignment> {

        private final long known;

        private Reader(long known) {
            this.known = known;
        }
    }
}
