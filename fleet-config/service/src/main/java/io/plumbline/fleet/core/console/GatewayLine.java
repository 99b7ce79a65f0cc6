package io.plumbline.fleet.core.console;

import io.plumbline.contract.fleet.FleetOverview.GatewayView;
import io.plumbline.contract.id.Digest;
import io.plumbline.contract.message.GatewayEvent.RunningStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;

/**
 * A gateway in one line.
 *
 * @param because what is wrong with it; empty if nothing is
 * @param seen when it was heard last, by the control plane's clock: its own may be wrong; empty if it never was
 * @param running the builds that it runs, each once
 */
public record GatewayLine(
        GatewayView gateway, Condition condition, List<String> because, Optional<Instant> seen, List<Digest> running) {

    /** So many records waiting are no trouble, however few come. */
    private static final long USUAL_BACKLOG = 1000;
    /** Nor are those of so long. */
    private static final int USUAL_SECONDS = 60;

    public GatewayLine {
        because = List.copyOf(because);
        running = List.copyOf(running);
    }

    /**
     * @param silent whether it has said nothing for longer than it may
     * @param seen when it was heard last
     * @param alerts what the open alerts about it say
     */
    static GatewayLine of(GatewayView view, boolean silent, Optional<Instant> seen, List<String> alerts) {
        var because = new ArrayList<>(alerts);
        backlog(view).ifPresent(because::add);
        strangeBuilds(view).ifPresent(because::add);
        if (silent && seen.isEmpty()) {
            because.add("never heard");
        }
        return new GatewayLine(
                view,
                condition(view, silent, !because.isEmpty()),
                because,
                seen,
                view.running().stream().map(RunningStream::build).distinct().toList());
    }

    private static Condition condition(GatewayView view, boolean silent, boolean troubled) {
        if (silent) {
            return Condition.SILENT;
        }
        if (troubled) {
            return Condition.DEGRADED;
        }
        return view.generation() < view.desiredGeneration() ? Condition.BEHIND : Condition.FINE;
    }

    private static Optional<String> backlog(GatewayView view) {
        var pending = view.counters().outboxPending();
        return pending > USUAL_BACKLOG && pending > USUAL_SECONDS * view.readingsPerSecond()
                ? Optional.of(pending + " records wait in its outbox for Kafka")
                : Optional.empty();
    }

    private static Optional<String> strangeBuilds(GatewayView view) {
        var strange = new HashSet<Digest>();
        view.running().forEach(run -> strange.add(run.build()));
        view.assigned().forEach(strange::remove);
        return view.generation() == view.desiredGeneration() && !strange.isEmpty()
                ? Optional.of("runs a build that is not assigned to it")
                : Optional.empty();
    }

    /** How far its assignment is from the desired one: negative if it is behind. */
    public long generationsAhead() {
        return gateway.generation() - gateway.desiredGeneration();
    }

    /** Messages taken and not yet answered: its queue. */
    public long inFlight() {
        var counters = gateway.counters();
        return Math.max(
                0,
                counters.received()
                        - counters.results()
                        - counters.deadLetters()
                        - counters.redelivered()
                        - counters.dropped().orElse(0L));
    }
}
