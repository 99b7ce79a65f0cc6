package io.plumbline.fleet.core.view;

import io.plumbline.contract.fleet.StreamAssignment;
import io.plumbline.contract.id.Digest;
import io.plumbline.contract.id.GatewayId;
import io.plumbline.contract.id.ModelName;
import io.plumbline.contract.id.StreamId;
import io.plumbline.contract.message.GatewayEvent;
import io.plumbline.contract.message.ModelHealth;
import io.plumbline.contract.message.RecalibrationEvent;
import io.plumbline.contract.message.VerdictEvent;
import io.plumbline.fleet.core.control.ControlState;
import io.plumbline.fleet.core.control.EvidenceSource;
import io.plumbline.fleet.core.judgement.GatewayStanding;
import io.plumbline.fleet.core.judgement.RolloutEvidence;
import io.plumbline.fleet.core.judgement.Standing;
import io.plumbline.fleet.core.rollout.RolloutPlan;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/** Everything heard from the topics, in memory. Thread-safe; each topic has one writer. */
public final class FleetObservations implements EvidenceSource {

    private static final int REMEMBERED = 50;

    private final Duration silentAfter;
    private final Map<GatewayId, GatewaySeen> gateways = new ConcurrentHashMap<>();
    private final Map<GatewayId, Long> accepted = new ConcurrentHashMap<>();
    private final Map<String, ModelHealth> health = new ConcurrentHashMap<>();
    private final NewestEvents<VerdictEvent> verdicts = new NewestEvents<>(REMEMBERED);
    private final NewestEvents<RecalibrationEvent> recalibrations = new NewestEvents<>(REMEMBERED);

    /** @param silentAfter a gateway that has said nothing for longer is silent */
    public FleetObservations(Duration silentAfter) {
        this.silentAfter = silentAfter;
    }

    /** @param now when it arrived */
    public void on(GatewayEvent event, Instant now) {
        gateways.compute(
                event.gateway(), (id, seen) -> (seen == null ? GatewaySeen.never(id) : seen).after(event, now));
    }

    public void on(ModelHealth event) {
        health.put(event.cohort().key(), event);
    }

    /** A gateway asks for what comes after this generation, which it has accepted but need not have in force. */
    public void accepted(GatewayId gateway, long generation) {
        accepted.put(gateway, generation);
    }

    /** A cohort is no longer watched. */
    public void gone(String cohortKey) {
        health.remove(cohortKey);
    }

    public void on(VerdictEvent event) {
        verdicts.put(event.id(), event);
    }

    /** What is on its way is not shown: the request stands until its outcome. */
    public void on(RecalibrationEvent event) {
        if (event.decides()) {
            recalibrations.put(event.id(), event);
        }
    }

    @Override
    public RolloutEvidence of(RolloutPlan plan, ControlState state, Instant now) {
        return new RolloutEvidence(
                state.inForce().stream()
                        .filter(assignment -> assignment.streams().stream()
                                .anyMatch(stream -> stream.model().equals(plan.model())))
                        .map(assignment -> new GatewayStanding(
                                assignment.gateway(),
                                assignment.site(),
                                standing(assignment.gateway(), plan, state, now),
                                refusal(assignment.gateway(), plan, state)))
                        .toList(),
                healthOf(plan.model(), plan.candidate()),
                healthOf(plan.model(), plan.baseline()));
    }

    @Override
    public Map<GatewayId, Long> generations() {
        var known = gateways.values().stream().collect(Collectors.toMap(GatewaySeen::gateway, GatewaySeen::generation));
        accepted.forEach((gateway, generation) -> known.merge(gateway, generation, Math::max));
        return known;
    }

    GatewaySeen gateway(GatewayId gateway) {
        return gateways.getOrDefault(gateway, GatewaySeen.never(gateway));
    }

    boolean isSilent(GatewayId gateway, Instant now) {
        return gateway(gateway).isSilent(now, silentAfter);
    }

    List<ModelHealth> health() {
        return List.copyOf(health.values());
    }

    List<VerdictEvent> verdicts() {
        return verdicts.newestFirst();
    }

    List<RecalibrationEvent> recalibrations() {
        return recalibrations.newestFirst();
    }

    private List<ModelHealth> healthOf(ModelName model, Digest build) {
        return health.values().stream()
                .filter(one -> one.cohort().model().equals(model)
                        && one.cohort().build().equals(build))
                .toList();
    }

    /** A gateway need not run every stream of a model. */
    private static List<StreamId> streamsOf(RolloutPlan plan, ControlState state, GatewayId gateway) {
        return Optional.ofNullable(state.assigned().get(gateway)).stream()
                .flatMap(assignment -> assignment.streams().stream())
                .filter(stream -> stream.model().equals(plan.model()))
                .map(StreamAssignment::stream)
                .toList();
    }

    private Standing standing(GatewayId id, RolloutPlan plan, ControlState state, Instant now) {
        if (!refusal(id, plan, state).isEmpty()) {
            return Standing.REFUSED;
        }
        var seen = gateway(id);
        var streams = streamsOf(plan, state, id);
        if (seen.isSilent(now, silentAfter)) {
            return Standing.SILENT;
        }
        if (seen.runs(streams, plan.candidate())) {
            return Standing.RUNS_CANDIDATE;
        }
        return seen.runs(streams, plan.baseline()) ? Standing.RUNS_BASELINE : Standing.RUNS_OTHER;
    }

    private String refusal(GatewayId id, RolloutPlan plan, ControlState state) {
        var assignment = state.assigned().get(id);
        var since = assignment == null ? Long.MAX_VALUE : assignment.generation();
        return gateway(id)
                .refusal(plan.model(), plan.candidate(), since)
                .map(because -> because.isEmpty() ? "it gave no reason" : because)
                .orElse("");
    }
}
