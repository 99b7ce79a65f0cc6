package io.plumbline.registry.core.job;

import io.plumbline.contract.id.Digest;
import io.plumbline.contract.message.CalibrationMessage;
import io.plumbline.contract.message.GatewayEvent;
import io.plumbline.contract.message.ModelHealth;
import io.plumbline.contract.message.RecalibrationEvent;
import io.plumbline.contract.message.RecalibrationEvent.Requested;
import io.plumbline.database.StoreUnavailableException;
import io.plumbline.registry.core.build.BuildException;
import io.plumbline.registry.core.health.SiteHealth;
import io.plumbline.registry.core.recalibration.Coordinator;
import io.plumbline.registry.core.recalibration.Effect;
import io.plumbline.registry.core.recalibration.Recalibration;
import io.plumbline.registry.core.recalibration.Step;
import java.lang.System.Logger.Level;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
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
    private final Pace pace;
    private final Surroundings outside;
    private final InstantSource clock;
    private final RunningBuilds running;
    private final SiteHealth sites = new SiteHealth();
    private final OpenJobs jobs;
    /** Jobs for whose present state this process has done what it asks for. */
    private final Set<String> carriedOut = new HashSet<>();

    private boolean listening;

    /** @throws StoreUnavailableException if unfinished jobs cannot be read */
    public Recalibrations(
            Coordinator coordinator, Pace pace, JobStore store, Surroundings outside, InstantSource clock) {
        this.coordinator = coordinator;
        this.pace = pace;
        this.outside = outside;
        this.clock = clock;
        this.running = new RunningBuilds(clock.instant());
        this.jobs = new OpenJobs(store, outside.progress());
    }

    /**
     * Begins at once, but for a request that waited for this start: its gateways are given the time to be heard. A request that
     * is known already changes nothing.
     *
     * @throws StoreUnavailableException if the request cannot be stored: it is not taken then
     */
    public synchronized void requested(Requested request) {
        if (!Job.isId(request.id())) {
            LOG.log(Level.WARNING, "recalibration-passed-over model={0} reason=id is no name", request.model());
        } else if (jobs.find(request.id()).isEmpty()) {
            var job = Job.of(request, now());
            var objection = inTheWay(request).or(() -> early(request));
            if (objection.isPresent()) {
                enter(job, refusal(job, objection.get()), objection.get());
            } else {
                look(taken(job));
            }
        }
    }

    /**
     * Begins what a person asks for, or refuses it at once; the same demand again changes nothing. The refusal is told to nobody
     * else: who asked has it.
     *
     * @return the job, which may be over
     * @throws NotNowException if the demand cannot be understood or taken as things stand
     */
    public synchronized Job demanded(Demand demand) throws NotNowException {
        var known = jobs.find(demand.id());
        if (known.isPresent()) {
            return known.get();
        }
        var request = demand.request(running, outside.builder(), now());
        var other = inTheWay(request);
        if (other.isPresent()) {
            throw new NotNowException(other.get());
        }
        if (!demand.force() && !sites.isKnown()) {
            throw new NotNowException(
                    "not now: the verdicts of the sites are not all heard yet, so nobody can say whether other"
                            + " ranges can help; try again in a moment, or ask with force");
        }
        var job = Job.of(request, now());
        var objection = demand.force()
                ? Optional.<String>empty()
                : sites.objection(request).or(() -> early(request));
        if (objection.isPresent()) {
            var refused = job.entered(ended(job, refusal(job, objection.get())), now())
                    .answered();
            jobs.put(refused, Words.of(refused), Optional.empty());
            return refused;
        }
        var taken = taken(job);
        outside.events().accept(request);
        look(taken);
        return jobs.find(demand.id()).orElse(taken);
    }

    /** Another recalibration of this model, but not of this build. */
    private Optional<String> inTheWay(Requested request) {
        return jobs.underWay(request.model())
                .filter(other -> !other.request().build().equals(request.build()))
                .map(other -> "recalibration " + other.id() + " of this model is still running");
    }

    /** Whoever asks for what is under way joins it, which is never too early. */
    private Optional<String> early(Requested request) {
        return jobs.underWay(request.model()).isPresent()
                ? Optional.empty()
                : pace.objection(request, jobs.begun(request.model()));
    }

    private Job taken(Job job) {
        var request = job.request();
        var other = jobs.underWay(request.model());
        if (other.isEmpty()) {
            jobs.put(job, "requested for " + request.sites() + ": " + request.because(), Optional.empty());
            return job;
        }
        var joined = job.entered(new Recalibration.Joined(request, other.get().id()), now());
        jobs.put(joined, "joined " + other.get().id() + ", which recalibrates the same build", Optional.empty());
        return joined;
    }

    private Step refusal(Job job, String because) {
        return Coordinator.refuse(job.request(), because, List.of(), now());
    }

    /**
     * Ends a job that is not over: it counts as refused.
     *
     * @param by who asks for it
     */
    public synchronized Job cancel(String id, String by) throws NotNowException, UnknownJobException {
        var job = jobs.find(id).orElseThrow(() -> new UnknownJobException(id));
        if (job.isOver()) {
            throw new NotNowException("recalibration " + id + " is over: it was " + Words.of(job));
        }
        enter(job, refusal(job, "cancelled by " + by), "cancelled by " + by);
        return jobs.find(id).orElse(job);
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
                () -> outside.builder()
                        .objection(request)
                        .map(because -> refusal(job, because))
                        .orElseGet(() -> coordinator.begin(request, gateways, sites.live(request), clock.instant())));
    }
    /** An outcome that is on the topic: this registry's own, or one from before it lost its memory. */
    public synchronized void outcome(RecalibrationEvent outcome) {
        var found = jobs.unfinished(outcome.id());
        if (found.isEmpty()) {
            return;
        }
        var job = found.get();
        if (!job.isOver()) {
            var ended =
                    new Recalibration.Ended(job.request(), outcome, job.state().hasBegun());
            jobs.put(job.entered(ended, now()), "an outcome was on the topic already", Optional.empty());
        }
        jobs.told(outcome.id());
        carriedOut.remove(outcome.id());
        outside.builder().over(outcome.id());
    }

    /** Keeps in a job's history what was done for it beside its steps. */
    public synchronized void note(String id, Instant at, String what) throws UnknownJobException {
        jobs.note(jobs.find(id).orElseThrow(() -> new UnknownJobException(id)), what, at);
    }

    /** An answer of a gateway. */
    public synchronized void answered(CalibrationMessage answer) {
        if (answer instanceof CalibrationMessage.Sampled) {
            jobs.find(answer.recalibration())
                    .filter(job -> job.model().equals(answer.model()))
                    .ifPresent(job -> jobs.heard(job, answer, now()));
            return;
        }
        jobs.unfinished(answer.recalibration())
                .filter(job -> job.model().equals(answer.model()))
                .ifPresent(job -> enter(
                        job,
                        attempt(job, () -> coordinator.answer(job.state(), answer, clock.instant())),
                        Words.of(answer),
                        Optional.of(answer)));
    }

    /**
     * Answers are heard from now on, and some may have been missed before: no task is sent earlier, and gateways that are waited
     * for are asked again.
     */
    public synchronized void listening() {
        listening = true;
        jobs.all().stream().filter(Job::awaits).forEach(job -> carriedOut.remove(job.id()));
    }

    /** Recalibrations that are not over, or whose outcome is not known to be told; oldest first. */
    public synchronized List<Job> unfinished() {
        return jobs.all();
    }

    public synchronized void heard(GatewayEvent event) {
        running.hear(event, clock.instant());
    }

    public synchronized void heard(ModelHealth health) {
        sites.hear(health);
    }

    /** @param cohort key of a cohort that is gone */
    public synchronized void gone(String cohort) {
        sites.forget(cohort);
    }

    /** Every verdict that was on the topic when its reading began was heard: what no verdict speaks against may begin. */
    public synchronized void healthIsKnown() {
        sites.known();
    }

    /** Verdicts are heard from the beginning: until {@link #healthIsKnown} one may be missing. */
    public synchronized void healthIsUnknown() {
        sites.unknown();
    }

    /** To be called about once a second. */
    public synchronized void tick() {
        for (var job : jobs.all()) {
            try {
                look(job);
            } catch (RuntimeException e) {
                LOG.log(Level.ERROR, "recalibration-waits for the next tick recalibration=" + job.id(), e);
            }
        }
    }

    private void look(Job job) {
        if (job.state() instanceof Recalibration.Waiting) {
            begin(job);
        } else if (job.state() instanceof Recalibration.Joined joined) {
            follow(job, joined);
        } else if (carriedOut.contains(job.id())) {
            advance(job, "time is up", () -> coordinator.tick(job.state(), clock.instant()));
        } else if (listening || !job.awaits()) {
            advance(job, "taken up again", () -> coordinator.again(job.state(), clock.instant()));
        }
    }

    private void follow(Job job, Recalibration.Joined joined) {
        var other = jobs.find(joined.to());
        if (other.isEmpty()) {
            var because = "recalibration " + joined.to() + " that it joined is not known any more";
            enter(job, refusal(job, because), because);
        } else if (other.get().state() instanceof Recalibration.Ended over) {
            var outcome = joined.outcome(over.outcome());
            enter(job, Step.end(new Effect.Finish(outcome)), "ended with " + joined.to());
        }
    }

    private void advance(Job job, String what, Supplier<Step> move) {
        enter(job, attempt(job, move), what);
    }

    /** A bug ends this recalibration with a reason that says so, instead of leaving it open for ever, and others go on. */
    private Step attempt(Job job, Supplier<Step> move) {
        try {
            return move.get();
        } catch (RuntimeException bug) {
            return broken(job, bug);
        }
    }

    private Step broken(Job job, Throwable thrown) {
        LOG.log(Level.ERROR, "recalibration-failed it broke the registry recalibration=" + job.id(), thrown);
        return refusal(job, "the registry failed on it: " + thrown);
    }

    private void enter(Job job, Step step, String what) {
        enter(job, step, what, Optional.empty());
    }

    /** Stores first, acts then. */
    private void enter(Job job, Step step, String what, Optional<CalibrationMessage> answer) {
        var next = job.entered(step.next().orElseGet(() -> ended(job, step)), now());
        if (!next.state().equals(job.state())) {
            if (next.isOver()) {
                answer.ifPresent(last -> jobs.heard(job, last, next.changedAt()));
            }
            jobs.put(next, next.isOver() ? Words.of(next) : what, answer);
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
        return new Recalibration.Ended(
                job.request(), finish.outcome(), job.state().hasBegun());
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
            outside.tasks().accept(send.task());
        } else if (effect instanceof Effect.Finish finish) {
            outside.events().accept(finish.outcome());
        } else if (effect instanceof Effect.Build order) {
            outside.builds().execute(() -> build(id, order));
        }
    }

    /** Takes long, and so holds no lock: everything else goes on meanwhile. */
    private void build(String id, Effect.Build order) {
        var made = made(order);
        outside.builder()
                .deliver(
                        made.candidates(),
                        late -> handBack(id, late.map(this::failed).orElse(made)));
    }

    private record Made(List<Digest> candidates, String what, Function<Job, Step> next) {}

    private Made made(Effect.Build order) {
        try {
            var all = outside.builder().build(order);
            return new Made(all, Words.built(all, order.quality()), job -> coordinator.built(job.state(), all, now()));
        } catch (BuildException e) {
            return failed(String.valueOf(e.getMessage()));
        } catch (RuntimeException | Error e) {
            return new Made(List.of(), e.toString(), job -> broken(job, e));
        }
    }

    private Made failed(String because) {
        return new Made(List.of(), because, job -> coordinator.failed(job.state(), because, now()));
    }

    /** Unless the recalibration has ended meanwhile. */
    private synchronized void handBack(String id, Made made) {
        try {
            jobs.unfinished(id)
                    .filter(job -> job.state() instanceof Recalibration.Building)
                    .ifPresent(job -> enter(job, attempt(job, () -> made.next().apply(job)), made.what()));
        } catch (StoreUnavailableException e) {
            // The candidates are there, but not that they are. The next tick builds them again: the same ones.
            LOG.log(Level.ERROR, "recalibration-rebuilt it is to be built again recalibration=" + id, e);
            carriedOut.remove(id);
        }
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }
}
