package io.plumbline.rollout.policy;

import io.plumbline.contract.id.GatewayId;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What a candidate must prove before more gateways get it.
 *
 * @param canary the gateway that is told first, alone; empty for a first wave drawn by hash
 */
public record RolloutPolicy(
        Optional<GatewayId> canary, WavePlan waves, DeviceLimits devices, QualityGate quality, Schedule schedule) {

    /** Every threshold by name, for people and for the log. */
    public Map<String, String> thresholds() {
        var all = new TreeMap<String, String>();
        canary.ifPresent(gateway -> all.put("canary", gateway.value()));
        all.put("waves", waves.percents().toString());
        all.put("approveBefore", waves.approveBefore().toString());
        all.put("soak", waves.soak().toString());
        all.put("baselineShare", Double.toString(waves.baselineShare()));
        all.put("minCoverage", Double.toString(devices.minCoverage()));
        all.put("minExecuted", Integer.toString(devices.minExecuted()));
        all.put("silentAfter", devices.silentAfter().toString());
        all.put("maxFailedShare", Double.toString(devices.maxFailedShare()));
        devices.maxFailed().ifPresent(most -> all.put("maxFailed", most.toString()));
        devices.maxMemoryRatio().ifPresent(most -> all.put("maxMemoryRatio", most.toString()));
        all.put("minCompared", Long.toString(quality.minCompared()));
        all.put("maxClippedShare", Double.toString(quality.maxClippedShare()));
        all.put("minAgreement", Double.toString(quality.minAgreement()));
        all.put("minClassAgreement", Double.toString(quality.minClassAgreement()));
        all.put("maxLoss", Double.toString(quality.maxLoss()));
        all.put("alpha", Double.toString(quality.alpha()));
        quality.maxLatencyRatio().ifPresent(most -> all.put("maxLatencyRatio", most.toString()));
        all.put("deadline", schedule.deadline().toString());
        all.put("windows", schedule.windows().toString());
        all.put("freeze", Boolean.toString(schedule.freeze()));
        return all;
    }
}
