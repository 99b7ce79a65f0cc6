package io.plumbline.rollout.judgement;

import io.plumbline.contract.message.Evidence;
import io.plumbline.contract.message.LatencyHistogram;
import io.plumbline.contract.message.ModelHealth;
import io.plumbline.rollout.evidence.DeviceState;
import io.plumbline.rollout.evidence.DeviceTally;
import io.plumbline.rollout.policy.DeviceLimits;
import io.plumbline.rollout.policy.QualityGate;
import io.plumbline.rollout.policy.RolloutPolicy;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What the candidate costs where it runs, against the baseline: the time of its slowest answers, and the memory of the gateways. It never
 * stops a rollout for good, since other work of the same machines shows in both, and it does not let one go on either while a limit is
 * broken or too little is measured to know.
 */
final class ResourceJudge {

    private static final double TAIL = 0.95;
    private static final long LEAST_LATENCIES = 200;

    private final List<Evidence> facts = new ArrayList<>();
    private final List<String> doubts = new ArrayList<>();

    private ResourceJudge() {}

    /** PASS or CONTINUE; PASS where the policy sets no limit. */
    static Judgement judge(
            List<ModelHealth> candidate, List<ModelHealth> baseline, DeviceTally tally, RolloutPolicy policy) {
        var judge = new ResourceJudge();
        judge.latency(latencies(candidate), latencies(baseline), policy.quality());
        judge.memory(tally, policy.devices());
        return judge.doubts.isEmpty()
                ? new Judgement(Decision.PASS, "it costs no more than it may", judge.facts)
                : new Judgement(Decision.CONTINUE, String.join("; ", judge.doubts), judge.facts);
    }

    private void latency(LatencyHistogram own, LatencyHistogram before, QualityGate gate) {
        if (gate.maxLatencyRatio().isEmpty()) {
            return;
        }
        measured("candidate", own);
        measured("baseline", before);
        if (own.count() < LEAST_LATENCIES || before.count() < LEAST_LATENCIES) {
            return;
        }
        var most = gate.maxLatencyRatio().get();
        var ratio = (double) own.quantileNanos(TAIL) / Math.max(1, before.quantileNanos(TAIL));
        facts.add(new Evidence("latency", "95th percentile", ratio, ratio, ratio, most, own.count(), ratio > most));
        if (ratio > most) {
            doubts.add("its slowest answers take more than " + most + " times as long as the baseline's");
        }
    }

    private void measured(String build, LatencyHistogram latencies) {
        if (latencies.count() < LEAST_LATENCIES) {
            doubts.add("the latency of the " + build + " was measured " + latencies.count() + " of " + LEAST_LATENCIES
                    + " times");
        }
    }

    /** Gateways that lack a measurement may be as many as may be silent. */
    private void memory(DeviceTally tally, DeviceLimits limits) {
        var active = tally.count(DeviceState.ACTIVE);
        if (limits.maxMemoryRatio().isEmpty() || active == 0) {
            return;
        }
        var ratios = tally.memoryRatios();
        if (ratios.isEmpty() || ratios.size() < limits.minCoverage() * active) {
            doubts.add(
                    ratios.size() + " of " + active + " gateways that run it have told their memory under both builds");
            return;
        }
        var most = limits.maxMemoryRatio().get();
        var ratio = ratios.get((int) Math.ceil(TAIL * ratios.size()) - 1);
        facts.add(new Evidence("memory", "95th percentile", ratio, ratio, ratio, most, ratios.size(), ratio > most));
        if (ratio > most) {
            doubts.add(String.format(
                    Locale.ROOT,
                    "gateways need up to %.2f times the memory that they needed under the baseline, more than %s",
                    ratio,
                    most));
        }
    }

    private static LatencyHistogram latencies(List<ModelHealth> healths) {
        return healths.stream().map(ModelHealth::latency).reduce(LatencyHistogram.EMPTY, LatencyHistogram::plus);
    }
}
