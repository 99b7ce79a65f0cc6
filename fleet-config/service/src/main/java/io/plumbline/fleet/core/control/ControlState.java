package io.plumbline.fleet.core.control;

import io.plumbline.contract.declared.RolloutOutlook;
import io.plumbline.contract.fleet.Assignment;
import io.plumbline.contract.id.Digest;
import io.plumbline.contract.id.GatewayId;
import io.plumbline.contract.id.ModelName;
import io.plumbline.fleet.core.enrolment.Member;
import io.plumbline.fleet.core.spec.FleetSpec;
import io.plumbline.fleet.core.spec.NearestName;
import io.plumbline.rollout.judgement.Outlook;
import io.plumbline.rollout.policy.RolloutPlan;
import io.plumbline.rollout.policy.Waves;
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
import java.util.stream.Stream;
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

    /** The assignments of the gateways that run a model. */
    public Stream<Assignment> running(ModelName model) {
        return inForce().stream()
                .filter(assignment -> assignment.streams().stream()
                        .anyMatch(stream -> stream.model().equals(model)));
    }

    /** What a rollout that begins has to compare with; empty where no gateway runs its model. */
    public Optional<RolloutOutlook> outlook(RolloutPlan plan) {
        return version().map(FleetVersion::spec).flatMap(spec -> {
            var members = members(spec, plan.model());
            var policy = spec.rollout(plan.model());
            return members.isEmpty()
                    ? Optional.empty()
                    : Optional.of(Outlook.of(plan, members, Waves.of(plan.id(), members, policy), policy));
        });
    }

    /**
     * The same of a rollout that somebody thinks of.
     *
     * @throws UnknownNameException if the fleet has no such model
     * @throws NotNowException if it would not begin
     */
    public RolloutOutlook outlook(ModelName model, Digest candidate) throws UnknownNameException, NotNowException {
        var builds = known(model);
        if (builds.settled().equals(candidate)) {
            throw NotNowException.alreadyRuns(candidate, model, active(model));
        }
        var spec = fileInForce().spec();
        var members = members(spec, model);
        if (members.isEmpty()) {
            throw new NotNowException("no gateway of the fleet runs model '" + model + "'");
        }
        var plan = new RolloutPlan("preview", model, builds.settled(), candidate);
        return Outlook.before(plan, members, spec.rollout(model));
    }

    private List<Waves.Member> members(FleetSpec spec, ModelName model) {
        return running(model)
                .map(one -> new Waves.Member(one.gateway(), one.site(), spec.hardware(one.site(), one.gateway())))
                .toList();
    }

    FleetVersion fileInForce() throws NotNowException {
        return version()
                .orElseThrow(() -> new NotNowException("no fleet file has been applied yet: PUT /api/v1/fleet first"));
    }

    /**
     * A model that gateways run.
     *
     * @throws UnknownNameException if the fleet has none of this name
     * @throws NotNowException if none runs it
     */
    ModelBuilds known(ModelName model) throws UnknownNameException, NotNowException {
        var spec = fileInForce().spec();
        var builds = models.get(model);
        if (builds == null) {
            var names = spec.models().keySet().stream().map(ModelName::value).toList();
            throw new UnknownNameException("model '" + model + "' is not in the fleet; "
                    + NearestName.of(model.value(), names)
                            .map(name -> "did you mean '" + name + "'?")
                            .orElse("there are: " + String.join(", ", names)));
        }
        if (spec.streamsOf(model).isEmpty()) {
            throw new NotNowException("no stream of the fleet uses model '" + model + "', so no gateway runs it");
        }
        return builds;
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
