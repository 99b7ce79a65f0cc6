package io.plumbline.fleet.core.control;

import io.plumbline.contract.fleet.Assignment;
import io.plumbline.contract.id.Digest;
import io.plumbline.contract.id.GatewayId;
import io.plumbline.contract.id.ModelName;
import io.plumbline.fleet.core.assignment.DesiredAssignments;
import io.plumbline.fleet.core.rollout.Completed;
import io.plumbline.fleet.core.rollout.RolloutPlan;
import io.plumbline.fleet.core.rollout.RolloutState;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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
    private final List<RolloutState> steps = new ArrayList<>();
    private final List<Assignment> assignments = new ArrayList<>();
    private @Nullable FleetVersion fleet;

    Draft(ControlState before, Instant now) {
        this.before = before;
        this.now = now;
        this.fleet = before.fleet();
        this.models = new HashMap<>(before.models());
        this.rollouts = new LinkedHashMap<>(before.rollouts());
        this.assigned = new HashMap<>(before.assigned());
    }

    /** Puts a file in force. New models start with their declared build, a changed declaration is rolled out. */
    Draft fleet(FleetVersion version) {
        fleet = version;
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
            models.put(model, new ModelBuilds(model, build, build));
            return;
        }
        models.put(model, known.declaring(build));
        if (!known.declared().equals(build)
                && !known.settled().equals(build)
                && !version.spec().streamsOf(model).isEmpty()) {
            var plan = new RolloutPlan("file-" + version.version() + "-" + model, model, known.settled(), build);
            start(plan, "version " + version.version() + " of the fleet file declares another build");
        }
    }

    /** Starts a rollout; one of the same model that is not over ends. */
    Draft start(RolloutPlan plan, String because) {
        abort(plan.model(), "rollout " + plan.id() + " takes over");
        return step(RolloutState.accepted(plan, because, now));
    }

    private void abort(ModelName model, String because) {
        before.active(model).ifPresent(active -> step(active.abort(because, now)));
    }

    /** A rollout enters a state. */
    Draft step(RolloutState state) {
        var plan = state.plan();
        rollouts.put(plan.id(), state);
        steps.add(state);
        if (state instanceof Completed) {
            models.computeIfPresent(plan.model(), (model, builds) -> builds.settling(plan.candidate()));
        }
        return this;
    }

    /** A gateway has this generation in force: what it is assigned must be newer, or it would be ignored. */
    Draft outrun(Assignment last, long generation) {
        assign(new Assignment(last.gateway(), last.site(), generation + 1, last.streams()));
        return this;
    }

    Change finish() {
        trim();
        if (fleet != null) {
            var interim = state();
            DesiredAssignments.changes(fleet.spec(), interim::build, assigned).forEach(this::assign);
        }
        return new Change(before, state(), steps, assignments);
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
        return new ControlState(fleet, models, rollouts, assigned);
    }
}
