package io.plumbline.fleet.core.control;

import io.plumbline.contract.id.Digest;
import io.plumbline.contract.id.ModelName;
import io.plumbline.contract.message.RecalibrationEvent;
import io.plumbline.fleet.core.rollout.Active;
import io.plumbline.fleet.core.rollout.RolloutPlan;
import io.plumbline.fleet.core.rollout.RolloutState;
import io.plumbline.fleet.core.rollout.Situation;
import io.plumbline.fleet.core.spec.FleetSpec;
import io.plumbline.fleet.core.spec.NearestName;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Decides, writes, then shows. Thread-safe: one change at a time; reading {@link #state()} never waits.
 */
public final class ControlPlane {

    private final FleetStore store;
    private final EvidenceSource evidence;
    private final Consumer<Change> written;
    private final Clock clock;
    private final ReentrantLock changing = new ReentrantLock();
    private final Map<ModelName, RecalibrationEvent.Accepted> accepted = new ConcurrentHashMap<>();
    private final Set<String> answered = new HashSet<>();
    private volatile ControlState state;
    private boolean uncertain;

    /** @param written told about every change once it is in the store */
    public ControlPlane(FleetStore store, EvidenceSource evidence, Consumer<Change> written, Clock clock) {
        this.store = store;
        this.evidence = evidence;
        this.written = written;
        this.clock = clock;
        this.state = store.load();
    }

    public ControlState state() {
        return state;
    }

    /** Whether a file changed the fleet, and the version that is in force now. */
    public record Applied(FleetVersion version, boolean changed) {}

    /** Puts a fleet file in force; nobody says who asked for it. The same text again changes nothing. */
    public Applied apply(String text, FleetSpec spec) {
        return apply(text, spec, Authorship.NOT_SAID);
    }

    /** Puts a fleet file in force. The same text again changes nothing. */
    public Applied apply(String text, FleetSpec spec, Authorship by) {
        return alone(() -> {
            var last = state.version();
            if (last.isPresent() && last.get().text().equals(text)) {
                return new Applied(last.get(), false);
            }
            var version = next(state, text, spec, by);
            commit(new Draft(state, now()).fleet(version));
            return new Applied(version, true);
        });
    }

    /** What {@link #apply} would change now; it changes nothing. */
    public Change preview(String text, FleetSpec spec) {
        var seen = state;
        return new Draft(seen, now())
                .fleet(next(seen, text, spec, Authorship.NOT_SAID))
                .finish();
    }

    private FleetVersion next(ControlState before, String text, FleetSpec spec, Authorship by) {
        var number = before.version().map(FleetVersion::version).orElse(0L) + 1;
        return new FleetVersion(number, now(), text, spec, by);
    }

    /** A rollout and whether this request started it. */
    public record Started(RolloutState rollout, boolean created) {}

    /**
     * Starts a rollout because a person asked for it. Asking again for what is already under way changes nothing.
     *
     * @throws UnknownNameException if the fleet has no such model
     * @throws NotNowException if the build runs already
     */
    public Started start(ModelName model, Digest candidate) throws UnknownNameException, NotNowException {
        begin();
        try {
            var builds = known(model);
            var active = state.active(model);
            if (active.isPresent() && active.get().plan().candidate().equals(candidate)) {
                return new Started(active.get(), false);
            }
            if (builds.settled().equals(candidate)) {
                throw new NotNowException("build " + candidate + " is already the build of model '" + model + "'"
                        + active.map(a -> "; to stop the rollout, abort "
                                        + a.plan().id())
                                .orElse(""));
            }
            var id = "manual-" + candidate.shortHex() + "-" + now().toEpochMilli();
            var change = commit(new Draft(state, now())
                    .start(new RolloutPlan(id, model, builds.settled(), candidate), "a person asked for it"));
            return new Started(change.steps().get(change.steps().size() - 1), true);
        } finally {
            changing.unlock();
        }
    }

    private ModelBuilds known(ModelName model) throws UnknownNameException, NotNowException {
        var version = state.version()
                .orElseThrow(() -> new NotNowException("no fleet file has been applied yet: PUT /api/v1/fleet first"));
        var builds = state.models().get(model);
        if (builds == null) {
            var names = version.spec().models().keySet().stream()
                    .map(ModelName::value)
                    .toList();
            throw new UnknownNameException("model '" + model + "' is not in the fleet; "
                    + NearestName.of(model.value(), names)
                            .map(name -> "did you mean '" + name + "'?")
                            .orElse("there are: " + String.join(", ", names)));
        }
        if (version.spec().streamsOf(model).isEmpty()) {
            throw new NotNowException("no stream of the fleet uses model '" + model + "', so no gateway runs it");
        }
        return builds;
    }

    /** The gate let a candidate through; the next look starts its rollout. The newest one of a model counts. */
    public void request(RecalibrationEvent.Accepted recalibration) {
        accepted.put(recalibration.model(), recalibration);
    }

    /** Holds a rollout where it is. */
    public RolloutState pause(String id, String because) throws UnknownNameException, NotNowException {
        return command(id, active -> active.pause(because, now()), "paused");
    }

    /** Goes on after a pause, with a fresh deadline. */
    public RolloutState resume(String id, String because) throws UnknownNameException, NotNowException {
        return command(id, active -> active.resume(because, situation(active)), "resumed");
    }

    /** Ends a rollout; its gateways go back to the baseline. */
    public RolloutState abort(String id, String because) throws UnknownNameException, NotNowException {
        return command(id, active -> Optional.of(active.abort(because, now())), "aborted");
    }

    private RolloutState command(String id, Function<Active, Optional<? extends RolloutState>> next, String done)
            throws UnknownNameException, NotNowException {
        begin();
        try {
            var rollout = state.rollouts().get(id);
            if (rollout == null) {
                throw new UnknownNameException("there is no rollout '" + id + "'; GET /api/v1/rollouts lists them");
            }
            var entered = rollout.active().flatMap(active -> next.apply(active).map(s -> (RolloutState) s));
            if (entered.isEmpty()) {
                throw new NotNowException("a rollout in stage " + rollout.stage() + " cannot be " + done);
            }
            commit(new Draft(state, now()).step(entered.get()));
            return entered.get();
        } finally {
            changing.unlock();
        }
    }

    /** Looks at everything once: starts requested rollouts and moves the ones that are under way by one step. */
    public void look() {
        alone(() -> {
            outrun();
            accepted.values().forEach(this::answer);
            state.active().forEach(active -> {
                var next = active.look(situation(active));
                if (!next.equals(active)) {
                    commit(new Draft(state, now()).step(next));
                }
            });
            return state;
        });
    }

    private void outrun() {
        evidence.generations().forEach((gateway, generation) -> {
            var assigned = state.assigned().get(gateway);
            if (assigned != null && assigned.generation() < generation) {
                commit(new Draft(state, now()).outrun(assigned, generation));
            }
        });
    }

    private void answer(RecalibrationEvent.Accepted recalibration) {
        var id = "recalibration-" + recalibration.id();
        var builds = state.models().get(recalibration.model());
        var running = state.version()
                .map(version -> version.spec().streamsOf(recalibration.model()))
                .orElse(List.of());
        if (builds == null || running.isEmpty() || answered.contains(id)) {
            return;
        }
        // two requests for one build are answered with one candidate; one that went back may be tried again
        var runs = builds.settled().equals(recalibration.candidate())
                || state.active().stream()
                        .anyMatch(rollout -> rollout.plan().model().equals(recalibration.model())
                                && rollout.plan().candidate().equals(recalibration.candidate()));
        if (!runs && !state.rollouts().containsKey(id) && !store.knowsRollout(id)) {
            var plan = new RolloutPlan(id, recalibration.model(), builds.settled(), recalibration.candidate());
            commit(new Draft(state, now()).start(plan, "recalibrated: " + recalibration.because()));
        }
        answered.add(id);
    }

    private Situation situation(Active active) {
        var policy = state.version()
                .orElseThrow(() -> new IllegalStateException("a rollout without a fleet file is a bug"))
                .spec()
                .rollout();
        var now = now();
        return new Situation(evidence.of(active.plan(), state, now), policy, now);
    }

    private Change commit(Draft draft) {
        var change = draft.finish();
        if (!change.isEmpty()) {
            write(change);
            state = change.after();
            written.accept(change);
        }
        return change;
    }

    private void write(Change change) {
        try {
            store.commit(change);
        } catch (StoreUnavailableException e) {
            // The connection may have broken after the store took it.
            uncertain = true;
            throw e;
        }
    }

    /** Begins a change from what the store holds. */
    private void begin() {
        changing.lock();
        if (uncertain) {
            try {
                var before = state;
                state = store.load();
                uncertain = false;
                written.accept(new Change(before, state, List.of(), List.of()));
            } catch (RuntimeException e) {
                changing.unlock();
                throw e;
            }
        }
    }

    private <T> T alone(Supplier<T> work) {
        begin();
        try {
            return work.get();
        } finally {
            changing.unlock();
        }
    }

    /** In milliseconds: what every database gives back as it was. */
    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }
}
