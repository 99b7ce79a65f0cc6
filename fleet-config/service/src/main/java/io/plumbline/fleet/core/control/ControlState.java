package io.plumbline.fleet.core.control;

import io.plumbline.contract.fleet.Assignment;
import io.plumbline.contract.id.Digest;
import io.plumbline.contract.id.GatewayId;
import io.plumbline.contract.id.ModelName;
import io.plumbline.fleet.core.enrolment.Member;
import io.plumbline.rollout.state.Active;
import io.plumbline.rollout.state.RolloutState;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Everything that the control plane has decided so far.
 *
 * @param fleet the file in force, if one was ever applied
 * @param rollouts by id, in the order in which they started; active ones and a number of the newest finished ones
 * @param assigned the newest assignment of every gateway that ever had one
 * @param members the gateways that came by invitation, those that were removed too
 */
public record ControlState(
        @Nullable FleetVersion fleet,
        Map<ModelName, ModelBuilds> models,
        Map<String, RolloutState> rollouts,
        Map<GatewayId, Assignment> assigned,
        Map<GatewayId, Member> members) {

    public static final ControlState EMPTY = new ControlState(null, Map.of(), Map.of(), Map.of(), Map.of());

    public ControlState {
        models = Map.copyOf(models);
        rollouts = Collections.unmodifiableMap(new LinkedHashMap<>(rollouts));
        assigned = Map.copyOf(assigned);
        members = Map.copyOf(members);
    }

    /** The file in force. */
    public Optional<FleetVersion> version() {
        return Optional.ofNullable(fleet);
    }

    /** A gateway that came by invitation; empty for one that the file alone knows, or nobody. */
    public Optional<Member> member(GatewayId gateway) {
        return Optional.ofNullable(members.get(gateway));
    }

    public Optional<ModelBuilds> builds(ModelName model) {
        return Optional.ofNullable(models.get(model));
    }

    /** The one rollout of a model that is not over. */
    public Optional<Active> active(ModelName model) {
        return rollouts.values().stream()
                .filter(rollout -> rollout.plan().model().equals(model))
                .flatMap(rollout -> rollout.active().stream())
                .findFirst();
    }

    /** Every rollout that is not over. */
    public List<Active> active() {
        return rollouts.values().stream()
                .flatMap(rollout -> rollout.active().stream())
                .toList();
    }

    /** Newest first. */
    public List<RolloutState> newestRollouts() {
        var newest = new ArrayList<>(rollouts.values());
        Collections.reverse(newest);
        return newest;
    }

    /** The assignments of the gateways that are in the fleet, in the order of the file. */
    public List<Assignment> inForce() {
        return version().map(version -> version.spec().gateways()).orElse(List.of()).stream()
                .flatMap(gateway -> Optional.ofNullable(assigned.get(gateway)).stream())
                .toList();
    }

    /** What each model is to run on a gateway. */
    BiFunction<ModelName, GatewayId, Digest> desired() {
        var byModel = new HashMap<ModelName, Function<GatewayId, Digest>>();
        models.values().forEach(builds -> byModel.put(builds.model(), builds::on));
        active().forEach(rollout -> {
            var plan = rollout.plan();
            var updated = new HashSet<>(rollout.withCandidate());
            byModel.put(plan.model(), gateway -> updated.contains(gateway) ? plan.candidate() : plan.baseline());
        });
        return (model, gateway) -> {
            var build = byModel.get(model);
            if (build == null) {
                throw new IllegalStateException("a stream without a build of " + model + " is a bug");
            }
            return build.apply(gateway);
        };
    }
}
