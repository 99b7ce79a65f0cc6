package io.plumbline.fleet.core.control;

import io.plumbline.contract.fleet.Assignment;
import io.plumbline.contract.id.Digest;
import io.plumbline.contract.id.GatewayId;
import io.plumbline.contract.id.ModelName;
import io.plumbline.fleet.core.assignment.DesiredAssignments;
import io.plumbline.fleet.core.enrolment.Member;
import io.plumbline.rollout.judgement.Situation;
import io.plumbline.rollout.log.Cause;
import io.plumbline.rollout.log.Decided;
import io.plumbline.rollout.policy.RolloutPlan;
import io.plumbline.rollout.policy.RolloutPolicy;
import io.plumbline.rollout.state.Aborted;
import io.plumbline.rollout.state.Completed;
import io.plumbline.rollout.state.RolloutState;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A change that is being put together. Not thread-safe. */
final class Draft {

    /** Finished rollouts that stay in memory; the store keeps all. */
    private static final int REMEMBERED = 50;

    private final ControlState before;
    private final Instant now;
    private final Map<ModelName, ModelBuilds> models;
    private final Map<String, RolloutState> rollouts;
    private final Map<GatewayId, Assignment> assigned;
    private final Map<GatewayId, Member> members;
    private final List<Decided> steps = new ArrayList<>();
    private final List<Assignment> assignments = new ArrayList<>();
    private @Nullable FleetVersion fleet;
    private Optional<Membership> membership = Optional.empty();
    private Optional<Change.Asked> asked = Optional.empty();

    Draft(ControlState before, Instant now) {
        this.before = before;
        this.now = now;
        this.fleet = before.fleet();
        this.models = new HashMap<>(before.models());
        this.rollouts = new LinkedHashMap<>(before.rollouts());
        this.assigned = new HashMap<>(before.assigned());
        this.members = new HashMap<>(before.members());
    }

    /** Puts a file in force. New models start with their declared build, a changed declaration is rolled out. */
    Draft fleet(FleetVersion version) {
        fleet = version.joinedBy(members.values());
        var declared = version.spec().models();
        List.copyOf(models.keySet()).stream()
                .filter(model -> !declared.containsKey(model))
                .forEach(this::forget);
        declared.forEach((model, build) -> declare(version, model, build));
        return this;
    }

    private void forget(ModelName model) {
        abort(model, "the fleet file no longer has the model");
        models.remove(model);
    }

    private void declare(FleetVersion version, ModelName model, Digest build) {
        var known = models.get(model);
        if (known == null) {
            models.put(model, ModelBuilds.of(model, build));
            return;
        }
        models.put(model, known.declaring(build));
        if (known.declared().equals(build) || isOnItsWay(model, build)) {
            return;
        }
        var because = "version " + version.version() + " of the fleet file declares another build";
        if (known.settled().equals(build)) {
            abort(model, because);
            keepNothing(model);
        } else if (!version.spec().streamsOf(model).isEmpty()) {
            start(new RolloutPlan("file-" + version.version() + "-" + model, model, known.settled(), build), because);
        }
    }

    private boolean isOnItsWay(ModelName model, Digest build) {
        return before.active(model)
                .filter(active -> active.plan().candidate().equals(build))
                .isPresent();
    }

    /** Starts a rollout; one of the same model that is not over ends, and so does what gateways were left with. */
    Draft start(RolloutPlan plan, String because) {
        abort(plan.model(), "rollout " + plan.id() + " takes over");
        keepNothing(plan.model());
        return step(Decided.first(new Cause.Accepted(plan, because), policy(plan.model()), now));
    }

    /** Takes back what gateways were left with, which is entered as a rollout that is over. */
    Draft takeBack(RolloutPlan plan, String because) {
        keepNothing(plan.model());
        return refuse(plan, because);
    }

    private void keepNothing(ModelName name) {
        models.computeIfPresent(name, (model, builds) -> builds.keeping(List.of(), builds.settled()));
    }

    /** Notes a rollout that was asked for and cannot be. */
    Draft refuse(RolloutPlan plan, String because) {
        return step(Decided.first(new Cause.Refused(plan, because), policy(plan.model()), now));
    }

    private void abort(ModelName model, String because) {
        before.active(model)
                .flatMap(active -> Decided.decide(
                        Optional.of(active),
                        new Cause.Asked(Cause.Wish.ABORT, because),
                        Situation.without(policy(model), now)))
                .ifPresent(this::step);
    }

    private RolloutPolicy policy(ModelName model) {
        if (fleet == null) {
            throw new IllegalStateException("a rollout without a fleet file is a bug");
        }
        return fleet.spec().rollout(model);
    }

    /** A rollout enters a state. */
    Draft step(Decided decided) {
        var state = decided.after();
        var plan = state.plan();
        rollouts.put(plan.id(), state);
        steps.add(decided);
        if (state instanceof Completed) {
            models.computeIfPresent(plan.model(), (model, builds) -> builds.settling(plan.candidate()));
        } else if (state instanceof Aborted aborted && !aborted.updated().isEmpty()) {
            models.computeIfPresent(
                    plan.model(), (model, builds) -> builds.keeping(aborted.updated(), plan.candidate()));
        }
        return this;
    }

    /** The last step is what somebody asked for. */
    Draft asked(String action, Authorship by) {
        asked = Optional.of(new Change.Asked(action, by));
        return this;
    }

    /** A gateway has this generation in force: what it is assigned must be newer, or it would be ignored. */
    Draft outrun(Assignment last, long generation) {
        assign(new Assignment(last.gateway(), last.site(), generation + 1, last.streams()));
        return this;
    }

    /** A gateway comes by invitation, or goes: what its site has to do is shared out again. */
    Draft member(Membership change) {
        membership = Optional.of(change);
        members.put(change.member().joiner().gateway(), change.member());
        if (fleet != null) {
            fleet = fleet.joinedBy(members.values());
        }
        return this;
    }

    Change finish() {
        trim();
        if (fleet != null) {
            DesiredAssignments.changes(fleet.spec(), state().desired(), assigned)
                    .forEach(this::assign);
        }
        return new Change(before, state(), steps, assignments, membership, asked);
    }

    private void assign(Assignment assignment) {
        assigned.put(assignment.gateway(), assignment);
        assignments.add(assignment);
    }

    private void trim() {
        var finished = rollouts.values().stream()
                .filter(rollout -> rollout.active().isEmpty())
                .map(rollout -> rollout.plan().id())
                .toList();
        finished.stream().limit(Math.max(0, finished.size() - REMEMBERED)).forEach(rollouts::remove);
    }

    private ControlState state() {
        return new ControlState(fleet, models, rollouts, assigned, members);
    }
}
