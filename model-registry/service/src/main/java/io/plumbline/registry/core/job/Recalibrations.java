package io.plumbline.registry.core.job;

import io.plumbline.contract.id.ModelName;
import io.plumbline.contract.message.CalibrationMessage;
import io.plumbline.contract.message.GatewayEvent;
import io.plumbline.contract.message.RecalibrationEvent;
import io.plumbline.contract.message.RecalibrationEvent.Requested;
import io.plumbline.registry.core.build.BuildException;
import io.plumbline.registry.core.recalibration.CandidateBuilder;
import io.plumbline.registry.core.recalibration.Coordinator;
import io.plumbline.registry.core.recalibration.Effect;
import io.plumbline.registry.core.recalibration.Recalibration;
import io.plumbline.registry.core.recalibration.Step;
import java.lang.System.Logger.Level;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Runs at most one recalibration per model and carries out what the coordinator wants. A state is stored before its effect is
 * carried out, and a stored state whose effect this process has not carried out is taken up at the next {@link #tick}: so a
 * process may end anywhere, and effects may happen twice but never not at all. Thread-safe.
 */
public final class Recalibrations {

    private static final System.Logger LOG = System.getLogger(Recalibrations.class.getName());

    private final Coordinator coordinator;
    private final CandidateBuilder builder;
    private final JobStore store;
    private final Outbound outbound;
    private final InstantSource clock;
    private final RunningBuilds running;
    /** Not over, or over and not known to be told; oldest first. */
    private final Map<String, Job> open = new LinkedHashMap<>();
    /** Jobs for whose present state this process has done what it asks for. */
    private final Set<String> carriedOut = new HashSet<>();

    private boolean listening;

    /** @throws StoreUnavailableException if unfinished jobs cannot be read */
    public Recalibrations(
            Coordinator coordinator, CandidateBuilder builder, JobStore store, Outbound outbound, InstantSource clock) {
        this.coordinator = coordinator;
        this.builder = builder;
        this.store = store;
        this.outbound = outbound;
        this.clock = clock;
        this.running = new RunningBuilds(clock.instant());
        store.unfinished().forEach(job -> open.put(job.id(), job));
    }

    /**
     * Where tasks and outcomes go.
     *
     * @param builds where candidates are built
     */
    public record Outbound(
            Consumer<CalibrationMessage> tasks, Consumer<RecalibrationEvent> outcomes, Executor builds) {}

    /**
     * Begins at once, but for a request that waited for this start: its gateways are given the time to be heard. A request that
     * is known already changes nothing.
     *
     * @throws StoreUnavailableException if the request cannot be stored: it is not taken then
     */
    public synchronized void requested(Requested request) {
        if (!Job.isId(request.id())) {
            LOG.log(Level.WARNING, "recalibration-passed-over model={0} reason=id is no name", request.model());
            return;
        }
        if (open.containsKey(request.id()) || store.find(request.id()).isPresent()) {
            return;
        }
        var other = underWay(request.model());
        var job = Job.of(request, now());
        if (other.isPresent()) {
            var because = "recalibration " + other.get().id() + " of this model is still running";
            enter(job, Coordinator.refuse(request, because, List.of(), now()), because);
            return;
        }
        store(job, "requested for " + request.sites() + ": " + request.because());
        begin(job);
    }

    private Optional<Job> underWay(ModelName model) {
        return open.values().stream()
                .filter(job -> !job.isOver() && job.model().equals(model))
                .findFirst();
    }

    private void begin(Job job) {
        var request = job.request();
        var gateways = running.running(request.model(), request.build(), clock.instant());
        var early = running.isIncomplete(clock.instant()) && !gateways.values().containsAll(request.sites());
        if (early || !listening) {
            return;
        }
        var what = "asked " + new TreeSet<>(gateways.keySet()) + " for histograms";
        advance(
                job,
                what,
                () -> builder.objection(request)
                        .map(because -> Coordinator.refuse(request, because, List.of(), now()))
                        .orElseGet(() -> coordinator.begin(request, gateways, clock.instant())));
    }

    /** An outcome that is on the topic: this registry's own, or one from before it lost its memory. */
    public synchronized void outcome(RecalibrationEvent outcome) {
        var job = open.get(outcome.id());
        if (job == null) {
            return;
        }
        if (!job.isOver()) {
            store(
                    job.entered(new Recalibration.Ended(job.request(), outcome), now()),
                    "an outcome was on the topic already");
        }
        store.told(outcome.id());
        open.remove(outcome.id());
        carriedOut.remove(outcome.id());
    }

    /** An answer of a gateway. */
    public synchronized void answered(CalibrationMessage answer) {
        var job = open.get(answer.recalibration());
        if (job != null && job.model().equals(answer.model())) {
            advance(job, Words.of(answer), () -> coordinator.answer(job.state(), answer, clock.instant()));
        }
    }

    /**
     * Answers are heard from now on, and some may have been missed before: no task is sent earlier, and gateways that are waited
     * for are asked again.
     */
    public synchronized void listening() {
        listening = true;
        open.values().stream().filter(Recalibrations::awaits).forEach(job -> carriedOut.remove(job.id()));
    }

    private static boolean awaits(Job job) {
        return !job.state().awaited().isEmpty();
    }

    public synchronized void heard(GatewayEvent event) {
        running.hear(event, clock.instant());
    }

    /** To be called about once a second. */
    public synchronized void tick() {
        for (var job : List.copyOf(open.values())) {
            try {
                look(job);
            } catch (RuntimeException e) {
                LOG.log(Level.ERROR, "recalibration " + job.id() + " is tried again at the next tick", e);
            }
        }
    }

    private void look(Job job) {
        if (job.state() instanceof Recalibration.Waiting) {
            begin(job);
        } else if (carriedOut.contains(job.id())) {
            advance(job, "time is up", () -> coordinator.tick(job.state(), clock.instant()));
        } else if (listening || !awaits(job)) {
            advance(job, "taken up again", () -> coordinator.again(job.state(), clock.instant()));
        }
    }

    /** A bug ends this recalibration with a reason that says so, instead of leaving it open for ever, and others go on. */
    private void advance(Job job, String what, Supplier<Step> move) {
        Step step;
        try {
            step = move.get();
        } catch (RuntimeException bug) {
            step = broken(job, bug);
        }
        enter(job, step, what);
    }

    private Step broken(Job job, Throwable thrown) {
        LOG.log(Level.ERROR, "recalibration " + job.id() + " broke the registry", thrown);
        return Coordinator.refuse(job.request(), "the registry failed on it: " + thrown, List.of(), now());
    }

    /** Stores first, acts then. */
    private void enter(Job job, Step step, String what) {
        var next = job.entered(step.next().orElseGet(() -> ended(job, step)), now());
        if (!next.state().equals(job.state())) {
            store(next, next.isOver() ? Words.of(next) : what);
        }
        if (!step.effects().isEmpty()) {
            act(next, step.effects());
        }
    }

    private static Recalibration ended(Job job, Step step) {
        var finish = step.effects().stream()
                .filter(Effect.Finish.class::isInstance)
                .map(Effect.Finish.class::cast)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("an end without an outcome is a bug"));
        return new Recalibration.Ended(job.request(), finish.outcome());
    }

    private void store(Job job, String what) {
        store.put(job, new JobEvent(job.changedAt(), job.step(), what));
        open.put(job.id(), job);
    }

    private void act(Job job, List<Effect> effects) {
        carriedOut.add(job.id());
        try {
            effects.forEach(effect -> act(job.id(), effect));
        } catch (RuntimeException bug) {
            carriedOut.remove(job.id());
            if (job.isOver()) {
                throw bug;
            }
            enter(job, broken(job, bug), bug.toString());
        }
    }

    private void act(String id, Effect effect) {
        if (effect instanceof Effect.Send send) {
            outbound.tasks().accept(send.task());
        } else if (effect instanceof Effect.Finish finish) {
            outbound.outcomes().accept(finish.outcome());
        } else if (effect instanceof Effect.Build order) {
            outbound.builds().execute(() -> build(id, order));
        }
    }

    /** Takes long, and so holds no lock: everything else goes on meanwhile. */
    private void build(String id, Effect.Build order) {
        var made = made(order);
        try {
            handBack(id, made);
        } catch (StoreUnavailableException e) {
            giveBack(id, e);
        }
    }

    private record Made(String what, Function<Job, Step> next) {}

    private Made made(Effect.Build order) {
        try {
            var candidates = builder.build(order);
            return new Made("built " + Words.of(candidates), job -> coordinator.built(job.state(), candidates, now()));
        } catch (BuildException e) {
            var because = String.valueOf(e.getMessage());
            return new Made(because, job -> coordinator.failed(job.state(), because, now()));
        } catch (RuntimeException | Error e) {
            return new Made(e.toString(), job -> broken(job, e));
        }
    }

    /** Unless the recalibration has ended meanwhile. */
    private synchronized void handBack(String id, Made made) {
        var job = open.get(id);
        if (job != null && job.state() instanceof Recalibration.Building) {
            advance(job, made.what(), () -> made.next().apply(job));
        }
    }

    /** The candidates are there, but not that they are: the next tick builds them again, which gives the same ones. */
    private synchronized void giveBack(String id, StoreUnavailableException e) {
        LOG.log(Level.ERROR, "recalibration " + id + " is to be built again: " + e.getMessage());
        carriedOut.remove(id);
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }
}
