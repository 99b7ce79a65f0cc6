package io.plumbline.registry.core.recalibration;

import io.plumbline.contract.id.Digest;
import io.plumbline.contract.id.ModelName;
import io.plumbline.contract.message.CalibrationMessage;
import io.plumbline.contract.message.GatewayEvent;
import io.plumbline.contract.message.RecalibrationEvent;
import io.plumbline.registry.core.build.BuildException;
import java.time.Clock;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** Runs at most one recalibration per model and carries out what the coordinator wants. Thread-safe. */
public final class Recalibrations {

    private final Coordinator coordinator;
    private final CandidateBuilder builder;
    private final Outbound outbound;
    private final Clock clock;
    private final RunningBuilds running = new RunningBuilds();
    private final Map<ModelName, Recalibration> active = new HashMap<>();
    private final Set<String> ended = new HashSet<>();

    public Recalibrations(Coordinator coordinator, CandidateBuilder builder, Outbound outbound, Clock clock) {
        this.coordinator = coordinator;
        this.builder = builder;
        this.outbound = outbound;
        this.clock = clock;
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
        advance(
                request,
                () -> builder.objection(request)
                        .map(because -> Coordinator.refuse(request, because, List.of(), clock.instant()))
                        .orElseGet(() -> coordinator.begin(request, gateways, clock.instant())));
    }

    /** An outcome that is on the topic already, perhaps from before a restart. */
    public synchronized void outcome(RecalibrationEvent outcome) {
        ended.add(outcome.id());
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
            var because = "the registry failed on it, which is a bug: " + bug;
            carryOut(request.model(), Coordinator.refuse(request, because, List.of(), clock.instant()), false);
        }
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
                build(model, order);
            }
        }
    }

    private void build(ModelName model, Effect.Build order) {
        var state = active.get(model);
        if (state == null) {
            throw new IllegalStateException("an order to build without a recalibration is a bug");
        }
        try {
            carryOut(model, coordinator.built(state, builder.build(order), clock.instant()), false);
        } catch (BuildException e) {
            carryOut(model, coordinator.failed(state, String.valueOf(e.getMessage()), clock.instant()), false);
        }
    }
}
