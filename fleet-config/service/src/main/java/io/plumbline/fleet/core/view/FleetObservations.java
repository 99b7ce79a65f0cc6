package io.plumbline.fleet.core.view;

import io.plumbline.contract.id.Digest;
import io.plumbline.contract.id.GatewayId;
import io.plumbline.contract.id.ModelName;
import io.plumbline.contract.message.GatewayEvent;
import io.plumbline.contract.message.ModelHealth;
import io.plumbline.contract.message.RecalibrationEvent;
import io.plumbline.contract.message.VerdictEvent;
import io.plumbline.fleet.core.control.ControlState;
import io.plumbline.fleet.core.control.EvidenceSource;
import io.plumbline.fleet.core.history.HealthHistory;
import io.plumbline.fleet.core.live.ChangeFeed;
import io.plumbline.fleet.core.live.Part;
import io.plumbline.fleet.core.recalibration.RecalibrationTrails;
import io.plumbline.rollout.evidence.RolloutEvidence;
import io.plumbline.rollout.policy.RolloutPlan;
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
    private static final int COHORTS = 2000;

    private final Duration silentAfter;
    private final Map<GatewayId, GatewaySeen> gateways = new ConcurrentHashMap<>();
    private final Map<GatewayId, Long> accepted = new ConcurrentHashMap<>();
    private final Map<String, ModelHealth> health = new ConcurrentHashMap<>();
    private final NewestEvents<Heard<VerdictEvent>> verdicts = new NewestEvents<>(REMEMBERED);
    private final NewestEvents<Heard<RecalibrationEvent>> recalibrations = new NewestEvents<>(REMEMBERED);
    private final NewestByKey<Heard<VerdictEvent>> verdictOf = new NewestByKey<>(COHORTS);
    private final RecalibrationTrails trails = new RecalibrationTrails();
    private final HealthHistory history = new HealthHistory();
    private final ChangeFeed changes = new ChangeFeed();

    /** @param silentAfter a gateway that has said nothing for longer is silent */
    public FleetObservations(Duration silentAfter) {
        this.silentAfter = silentAfter;
    }

    /** @param now when it arrived */
    public void on(GatewayEvent event, Instant now) {
        gateways.compute(
                event.gateway(), (id, seen) -> (seen == null ? GatewaySeen.never(id) : seen).after(event, now));
        changes.mark(Part.GATEWAYS);
    }

    /** @param at when it was written */
    public void on(ModelHealth event, Instant at) {
        health.put(event.cohort().key(), event);
        history.add(event, at);
        changes.mark(Part.HEALTH);
    }

    /** A gateway asks for what comes after this generation, which it has accepted but need not have in force. */
    public void accepted(GatewayId gateway, long generation) {
        accepted.put(gateway, generation);
    }

    /** A cohort is no longer watched. */
    public void gone(String cohortKey) {
        health.remove(cohortKey);
        changes.mark(Part.HEALTH);
    }

    /** @param at when it was written */
    public void on(VerdictEvent event, Instant at) {
        verdicts.put(event.id(), new Heard<>(event, at));
        verdictOf.put(event.cohort().key(), new Heard<>(event, at));
        changes.mark(Part.VERDICTS);
    }

    /**
     * What is on its way is in the trails alone: elsewhere the request stands until its outcome.
     *
     * @param at when it was written
     */
    public void on(RecalibrationEvent event, Instant at) {
        if (event.decides()) {
            recalibrations.put(event.id(), new Heard<>(event, at));
        }
        trails.on(event, at);
        changes.mark(Part.RECALIBRATIONS);
    }

    /** The newest verdict on a cohort, if it is one of those that were judged lately. */
    public Optional<Heard<VerdictEvent>> newestVerdict(String cohortKey) {
        return verdictOf.get(cohortKey);
    }

    /** What was heard of recalibrations on their way, too. */
    public RecalibrationTrails recalibrationTrails() {
        return trails;
    }

    /** What cohorts measured while the control plane listened, and before its start as far back as topics were read again: six hours at least. */
    public HealthHistory history() {
        return history;
    }

    /** What has changed of all that is heard and decided. */
    public ChangeFeed changes() {
        return changes;
    }

    @Override
    public RolloutEvidence of(RolloutPlan plan, ControlState state, Instant now) {
        var spec = state.version().orElseThrow().spec();
        return new RolloutEvidence(
                state.running(plan.model())
                        .map(assignment -> gateway(assignment.gateway())
                                .standing(assignment, plan, spec.hardware(assignment.site(), assignment.gateway())))
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

    /** Whether it has said nothing for longer than it may. */
    public boolean isSilent(GatewayId gateway, Instant now) {
        return gateway(gateway).isSilent(now, silentAfter);
    }

    /** When a gateway was heard last, by this clock and not by its own; empty if it never was. */
    public Optional<Instant> heardAt(GatewayId gateway) {
        return Optional.of(gateway(gateway).heard()).filter(at -> at.isAfter(Instant.EPOCH));
    }

    List<ModelHealth> health() {
        return List.copyOf(health.values());
    }

    /** Newest first, a limited number. */
    public List<Heard<VerdictEvent>> verdicts() {
        return verdicts.newestFirst();
    }

    /** The newest event of each recalibration, newest first, a limited number. */
    public List<Heard<RecalibrationEvent>> recalibrations() {
        return recalibrations.newestFirst();
    }

    /** As evidence, which is kept for good: without the histograms, by which no rollout is judged. */
    private List<ModelHealth> healthOf(ModelName model, Digest build) {
        return health.values().stream()
                .filter(one -> one.cohort().model().equals(model)
                        && one.cohort().build().equals(build))
                .map(one -> one.with(Optional.empty()))
                .toList();
    }
}
