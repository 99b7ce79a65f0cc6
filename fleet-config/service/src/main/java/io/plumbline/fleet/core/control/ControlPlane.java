package io.plumbline.fleet.core.control;

import io.plumbline.contract.enrolment.EnrolmentRequest;
import io.plumbline.contract.id.Digest;
import io.plumbline.contract.id.GatewayId;
import io.plumbline.contract.id.ModelName;
import io.plumbline.contract.message.RecalibrationEvent;
import io.plumbline.database.StoreUnavailableException;
import io.plumbline.fleet.core.enrolment.Admission;
import io.plumbline.fleet.core.enrolment.EnrolmentRefusedException;
import io.plumbline.fleet.core.enrolment.Invitation;
import io.plumbline.fleet.core.enrolment.Member;
import io.plumbline.fleet.core.spec.FleetSpec;
import io.plumbline.rollout.judgement.Situation;
import io.plumbline.rollout.log.Cause;
import io.plumbline.rollout.log.Decided;
import io.plumbline.rollout.policy.RolloutPlan;
import io.plumbline.rollout.policy.RolloutPolicy;
import io.plumbline.rollout.state.Active;
import io.plumbline.rollout.state.RolloutState;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Decides, writes, then shows. Thread-safe: one change at a time; reading {@link #state()} never waits.
 */
public final class ControlPlane {

    private static final Map<Cause.Wish, String> DONE = Map.of(
            Cause.Wish.PAUSE, "paused",
            Cause.Wish.RESUME, "resumed",
            Cause.Wish.APPROVE, "approved",
            Cause.Wish.ABORT, "aborted",
            Cause.Wish.ABORT_KEEP, "aborted");

    private final FleetStore store;
    private final EvidenceSource evidence;
    private final Consumer<Change> written;
    private final Clock clock;
    private final ReentrantLock changing = new ReentrantLock();
    private final Recalibrations recalibrations;
    private volatile ControlState state;
    private boolean uncertain;

    /** @param written told about every change once it is in the store */
    public ControlPlane(FleetStore store, EvidenceSource evidence, Consumer<Change> written, Clock clock) {
        this.store = store;
        this.evidence = evidence;
        this.written = written;
        this.clock = clock;
        this.recalibrations = new Recalibrations(store);
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

    /** Puts a fleet file in force, whatever is. The same text again changes nothing. */
    public Applied apply(String text, FleetSpec spec, Authorship by) {
        return apply(text, spec, by, OptionalLong.empty());
    }

    /** The same, if this version is in force or, for 0, none; {@link FleetVersion.OvertakenException} otherwise. */
    public Applied apply(String text, FleetSpec spec, Authorship by, OptionalLong onto) {
        return alone(() -> {
            var last = state.version();
            if (last.isPresent() && last.get().text().equals(text)) {
                return new Applied(last.get(), false);
            }
            onto.ifPresent(expected -> FleetVersion.require(last, expected));
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

    /** Starts a rollout; nobody says who asked for it. */
    public Started start(ModelName model, Digest candidate, String because)
            throws UnknownNameException, NotNowException {
        return start(model, candidate, because, Authorship.NOT_SAID);
    }

    /**
     * Starts a rollout because a person asked for it; one of the model that is under way ends. Asking again for what is already
     * under way changes nothing. Asking for the build that runs takes back what gateways kept of a rollout that was aborted.
     *
     * @throws UnknownNameException if the fleet has no such model
     * @throws NotNowException if the build runs already
     */
    public Started start(ModelName model, Digest candidate, String because, Authorship by)
            throws UnknownNameException, NotNowException {
        begin();
        try {
            var builds = state.known(model);
            var active = state.active(model);
            if (active.isPresent() && active.get().plan().candidate().equals(candidate)) {
                return new Started(active.get(), false);
            }
            var id = "manual-" + candidate.shortHex() + "-" + now().toEpochMilli();
            var kept = builds.kept().values().stream().findAny();
            var draft = new Draft(state, now());
            if (!builds.settled().equals(candidate)) {
                draft.start(new RolloutPlan(id, model, builds.settled(), candidate), because);
            } else if (active.isEmpty() && kept.isPresent()) {
                var gateways = builds.kept().size() + (builds.kept().size() == 1 ? " gateway" : " gateways");
                draft.takeBack(
                        new RolloutPlan(id, model, kept.get(), candidate),
                        because + ": taken back from " + gateways + " that had kept "
                                + kept.get().shortHex());
            } else {
                throw NotNowException.alreadyRuns(candidate, model, active);
            }
            var change = commit(draft.asked("ROLLOUT_STARTED", by));
            return new Started(change.steps().get(change.steps().size() - 1).after(), true);
        } finally {
            changing.unlock();
        }
    }

    /**
     * Invites one gateway.
     *
     * @throws UnknownNameException if the fleet has no such site
     */
    public void invite(Invitation invitation, Authorship by) throws UnknownNameException {
        var spec = state.version().map(FleetVersion::spec);
        if (spec.isPresent() && invitation.site().isPresent()) {
            var site = invitation.site().get();
            if (!spec.get().sites().containsKey(site)) {
                throw new UnknownNameException(Admission.unknown(spec.get(), site));
            }
        }
        store.invite(invitation, by, now());
    }

    /**
     * Lets a gateway in that shows a token; the same one again is answered as before.
     *
     * @throws EnrolmentRefusedException if it is not let in
     * @throws NotNowException if there is no fleet yet
     */
    public Member enrol(Digest token, EnrolmentRequest asked) throws NotNowException {
        begin();
        try {
            var invitation = store.invitation(token)
                    .orElseThrow(() -> EnrolmentRefusedException.ofToken("is not one of this control plane"));
            var fleet = state.fileInForce().spec();
            var member = new Admission(fleet, state.members(), now()).admit(invitation, asked);
            if (!state.members().containsValue(member)) {
                commit(new Draft(state, now()).member(new Membership.Joined(member, token)));
            }
            return member;
        } finally {
            changing.unlock();
        }
    }

    /**
     * Takes a gateway out of the fleet that came by invitation. It is told to run nothing.
     *
     * @throws UnknownNameException if there is none
     */
    public Member remove(GatewayId gateway, Authorship by) throws UnknownNameException {
        begin();
        try {
            var member = state.member(gateway)
                    .filter(one -> one.removed().isEmpty())
                    .orElseThrow(
                            () -> new UnknownNameException(
                                    "no gateway '" + gateway
                                            + "' came by invitation; GET /api/v1/enrolments lists those that did, and the fleet file names the others"))
                    .removed(now());
            commit(new Draft(state, now()).member(new Membership.Left(member, by)));
            return member;
        } finally {
            changing.unlock();
        }
    }

    /** The gate let a candidate through; the next look starts its rollout, or lets it wait. The newest one of a model counts. */
    public void request(RecalibrationEvent.Accepted recalibration) {
        recalibrations.heard(recalibration);
    }

    /** Does what is asked of a rollout; nobody says who asked for it. */
    public RolloutState ask(String id, Cause.Wish wish, String because) throws UnknownNameException, NotNowException {
        return ask(id, wish, because, Authorship.NOT_SAID, OptionalLong.empty());
    }

    /**
     * Does what somebody asks of a rollout that is under way.
     *
     * @param seen revision that it was seen at by whoever asks; empty for any
     * @throws UnknownNameException if there is no such rollout
     * @throws NotNowException if that cannot be asked of it now
     */
    public RolloutState ask(String id, Cause.Wish wish, String because, Authorship by, OptionalLong seen)
            throws UnknownNameException, NotNowException {
        begin();
        try {
            var rollout = Optional.ofNullable(state.rollouts().get(id))
                    .orElseThrow(() -> new UnknownNameException(
                            "there is no rollout '" + id + "'; GET /api/v1/rollouts lists them"));
            NotNowException.requireSeen(rollout, seen);
            var decided = Decided.decide(
                            Optional.of(rollout),
                            new Cause.Asked(wish, because),
                            rollout.active()
                                    .map(this::situation)
                                    .orElseGet(() -> Situation.without(
                                            policy(rollout.plan().model()), now())))
                    .orElseThrow(() -> NotNowException.of(rollout, String.valueOf(DONE.get(wish))));
            commit(new Draft(state, now()).step(decided).asked(action(wish), by));
            return decided.after();
        } finally {
            changing.unlock();
        }
    }

    private static String action(Cause.Wish wish) {
        var done = String.valueOf(DONE.get(wish)).toUpperCase(Locale.ROOT);
        return "ROLLOUT_" + done + (wish == Cause.Wish.ABORT_KEEP ? "_KEEPING" : "");
    }

    /** A rollout that is under way, and all that is known of it now; or was at some time. */
    public record Seen(Active rollout, Situation situation) {

        /** What it was decided from; empty where no gateway had been told, or nothing was known of any. */
        public static Optional<Seen> when(Decided decided) {
            return decided.before()
                    .flatMap(RolloutState::active)
                    .filter(active -> active.progress().isPresent()
                            && !decided.situation().evidence().gateways().isEmpty())
                    .map(active -> new Seen(active, decided.situation()));
        }
    }

    /** Empty if there is no such rollout under way. */
    public Optional<Seen> seen(String id) {
        var now = state;
        return Optional.ofNullable(now.rollouts().get(id))
                .flatMap(RolloutState::active)
                .map(active -> new Seen(active, situation(active)));
    }

    /**
     * Looks at everything once: starts requested rollouts and moves the ones that are under way by one step. What fails of one holds up
     * none of the others; it is thrown when all have been looked at.
     */
    public void look() {
        alone(() -> {
            var each = new Isolation();
            evidence.generations().forEach((gateway, generation) -> each.run(() -> outrun(gateway, generation)));
            recalibrations
                    .answers(state)
                    .forEach(answer -> each.run(() -> {
                        commit(answer.onto(new Draft(state, now())));
                        recalibrations.answered(answer);
                    }));
            state.active()
                    .forEach(active ->
                            each.run(() -> Decided.decide(Optional.of(active), new Cause.Looked(), situation(active))
                                    .ifPresent(decided -> commit(new Draft(state, now()).step(decided)))));
            each.end();
            return state;
        });
    }

    private void outrun(GatewayId gateway, long generation) {
        var assigned = state.assigned().get(gateway);
        if (assigned != null && assigned.generation() < generation) {
            commit(new Draft(state, now()).outrun(assigned, generation));
        }
    }

    private Situation situation(Active active) {
        var now = now();
        return new Situation(
                evidence.of(active.plan(), state, now), policy(active.plan().model()), now);
    }

    private RolloutPolicy policy(ModelName model) {
        return state.version()
                .orElseThrow(() -> new IllegalStateException("a rollout without a fleet file is a bug"))
                .spec()
                .rollout(model);
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
                written.accept(new Change(before, state, List.of(), List.of(), Optional.empty(), Optional.empty()));
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
