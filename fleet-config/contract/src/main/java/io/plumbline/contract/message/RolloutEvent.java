package io.plumbline.contract.message;

import io.plumbline.contract.id.Digest;
import io.plumbline.contract.id.GatewayId;
import io.plumbline.contract.id.ModelName;
import io.plumbline.contract.wire.Require;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A rollout entered a state. Key = model.
 *
 * @param revision rises by one with every event of a rollout
 * @param baseline the build it started from
 * @param candidate the build it brings
 * @param updated gateways told to run the candidate
 * @param because one sentence in plain words
 * @param evidence what the transition rests on
 * @param at wall-clock time of the control plane
 * @param progress how far it is and what was decided by; empty where the writer did not say
 */
public record RolloutEvent(
        String rollout,
        long revision,
        ModelName model,
        Digest baseline,
        Digest candidate,
        RolloutStage stage,
        List<GatewayId> updated,
        String because,
        List<Evidence> evidence,
        Instant at,
        Optional<Progress> progress) {

    private static final String OF_RECALIBRATION = "recalibration-";

    public RolloutEvent {
        updated = List.copyOf(updated);
        evidence = List.copyOf(evidence);
    }

    /** Without what was decided by. */
    public RolloutEvent(
            String rollout,
            long revision,
            ModelName model,
            Digest baseline,
            Digest candidate,
            RolloutStage stage,
            List<GatewayId> updated,
            String because,
            List<Evidence> evidence,
            Instant at) {
        this(rollout, revision, model, baseline, candidate, stage, updated, because, evidence, at, Optional.empty());
    }

    /** Name of the rollout of what this recalibration made. */
    public static String rolloutOf(String recalibration) {
        return OF_RECALIBRATION + recalibration;
    }

    /** The recalibration that made the candidate; empty where somebody asked for the rollout. */
    public Optional<String> recalibration() {
        return rollout.startsWith(OF_RECALIBRATION)
                ? Optional.of(rollout.substring(OF_RECALIBRATION.length()))
                : Optional.empty();
    }

    /** The same with how far it is and what was decided by. */
    public RolloutEvent with(Progress how) {
        return new RolloutEvent(
                rollout, revision, model, baseline, candidate, stage, updated, because, evidence, at, Optional.of(how));
    }

    /**
     * How far a rollout is, and what the transition was decided by. The stage of an event is one of a few that every reader
     * knows; the phase is the state's own name.
     *
     * @param phase {@code READY}, {@code PENDING_APPROVAL}, {@code OFFERING}, {@code SOAKING}, {@code EVALUATING}, {@code PAUSED},
     *     {@code ROLLING_BACK}, {@code ROLLED_BACK}, {@code COMPLETED} or {@code ABORTED}
     * @param wave the one that is under way, from 1; 0 before the first
     * @param waves how many there are; 0 where that is not known yet
     * @param devices how many of the told gateways are in each state
     * @param thresholds the policy in force, by name; sorted
     * @param rules name of the rules that decided
     * @param inputs digest of everything that was decided from, as the control plane keeps it
     */
    public record Progress(
            String phase,
            int wave,
            int waves,
            Map<String, Long> devices,
            Map<String, String> thresholds,
            String rules,
            Digest inputs) {

        public Progress {
            Require.that(wave >= 0 && waves >= wave, "wave " + wave + " must be from 0 to waves, " + waves);
            devices = Collections.unmodifiableMap(new TreeMap<>(devices));
            thresholds = Collections.unmodifiableMap(new TreeMap<>(thresholds));
        }
    }
}
