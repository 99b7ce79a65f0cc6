package io.plumbline.registry.core.recalibration;

import io.plumbline.contract.id.Digest;
import io.plumbline.contract.id.ModelName;
import io.plumbline.contract.message.CalibrationMessage;
import io.plumbline.contract.message.GatewayEvent;
import io.plumbline.contract.message.RecalibrationEvent;
import io.plumbline.registry.core.build.BuildException;
import java.lang.System.Logger.Level;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;

/** Runs at most one recalibration per model and carries out what the coordinator wants. Thread-safe. */
public final class Recalibrations {

    private static final System.Logger LOG = System.getLogger(Recalibrations.class.getName());

    private final Coordinator coordinator;
    private final CandidateBuilder builder;
    private final Outbound outbound;
    private final InstantSource clock;
    private final Executor builds;
    private final RunningBuilds running;
    private final Map<ModelName, Recalibration> active = new HashMap<>();
    private final Map<String, RecalibrationEvent.Requested> parked = new LinkedHashMap<>();
    private final Set<String> ended = new HashSet<>();

    /** @param builds where candidates are built */
    public Recalibrations(
            Coordinator coordinator,
            CandidateBuilder builder,
            Outbound outbound,
            InstantSource clock,
            Executor builds) {
        this.coordinator = coordinator;
        this.builder = builder;
        this.outbound = outbound;
        this.clock = clock;
        this.builds = builds;
        this.running = new RunningBuilds(clock.instant());
    }

    /** Builds, signs and stores candidates, in the order of preference. */
    public interface CandidateBuilder {

        List<Digest> build(Effect.Build order) throws BuildException;

        /** Why no candidates can come of this request, as far as that is known before any gateway is asked. */
        default Optional<String> objection(RecalibrationEvent.Requested request) {
            return Optional.empty();
        }
    }

    /** Where tasks and outcomes go. */
    public record Outbound(Consumer<CalibrationMessage> tasks, Consumer<RecalibrationEvent> outcomes) {}

    /** Begins at once, but for a request that waited for this start: its gateways are given the time to be heard. */
    public synchronized void requested(RecalibrationEvent.Requested request) {
        if (ended.contains(request.id())) {
            return;
        }
        var other = active.get(request.model());
        if (other != null) {
            if (!other.request().id().equals(request.id())) {
                var because = "recalibration " + other.request().id() + " of this model is still running";
                carryOut(request.model(), Coordinator.refuse(request, because, List.of(), clock.instant()), true);
            }
            return;
        }
        var gateways = running.running(request.model(), request.build(), clock.instant());
        if (running.isIncomplete(clock.instant()) && !gateways.values().containsAll(request.sites())) {
            parked.put(request.id(), request);
            return;
        }
        advance(
                request,
                () -> builder.objection(request)
                        .map(because -> Coordinator.refuse(request, because, List.of(), clock.instant()))
                        .orElseGet(() -> coordinator.begin(request, gateways, clock.instant())));
    }

    /** An outcome that is on the topic already, perhaps from before a restart: a request that is played again ends with it. */
    public synchronized void outcome(RecalibrationEvent outcome) {
        ended.add(outcome.id());
        parked.remove(outcome.id());
        active.values().removeIf(state -> state.request().id().equals(outcome.id()));
    }

    public synchronized void answered(CalibrationMessage answer) {
        var state = active.get(answer.model());
        if (state != null) {
            advance(state.request(), () -> coordinator.answer(state, answer, clock.instant()));
        }
    }

    public synchronized void heard(GatewayEvent event) {
        running.hear(event, clock.instant());
    }

    /** To be called about once a second. */
    public synchronized void tick() {
        var waiting = List.copyOf(parked.values());
        parked.clear();
        waiting.forEach(this::requested);
        for (var entry : Map.copyOf(active).entrySet()) {
            var state = entry.getValue();
            advance(state.request(), () -> coordinator.tick(state, clock.instant()));
        }
    }

    /** A bug ends this recalibration with a reason that says so, instead of leaving it open for ever, and others go on. */
    private void advance(RecalibrationEvent.Requested request, Supplier<Step> move) {
        try {
            carryOut(request.model(), move.get(), false);
        } catch (RuntimeException bug) {
            if (ended.contains(request.id())) {
                throw bug;
            }
            carryOut(request.model(), broken(request, bug), false);
        }
    }

    private Step broken(RecalibrationEvent.Requested request, Throwable thrown) {
        LOG.log(Level.ERROR, "recalibration " + request.id() + " broke the registry", thrown);
        var because = "the registry failed on it: " + thrown;
        return Coordinator.refuse(request, because, List.of(), clock.instant());
    }

    private void carryOut(ModelName model, Step step, boolean aside) {
        if (!aside) {
            step.next().ifPresentOrElse(next -> active.put(model, next), () -> active.remove(model));
        }
        for (var effect : step.effects()) {
            if (effect instanceof Effect.Send send) {
                outbound.tasks().accept(send.task());
            } else if (effect instanceof Effect.Finish finish) {
                ended.add(finish.outcome().id());
                outbound.outcomes().accept(finish.outcome());
            } else if (effect instanceof Effect.Build order) {
                builds.execute(() -> build(order));
            }
        }
    }

    /** Takes long, and so holds no lock: everything else goes on meanwhile. */
    private void build(Effect.Build order) {
        try {
            var candidates = builder.build(order);
            handBack(order, state -> coordinator.built(state, candidates, clock.instant()));
        } catch (BuildException e) {
            handBack(order, state -> coordinator.failed(state, String.valueOf(e.getMessage()), clock.instant()));
        } catch (RuntimeException | Error e) {
            handBack(order, state -> broken(state.request(), e));
        }
    }

    /** Unless the recalibration has ended meanwhile. */
    private synchronized void handBack(Effect.Build order, Function<Recalibration, Step> move) {
        var state = active.get(order.request().model());
        if (state != null && state.request().id().equals(order.request().id())) {
            advance(state.request(), () -> move.apply(state));
        }
    }
}
