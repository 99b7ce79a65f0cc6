package io.plumbline.rollout.judgement;

import io.plumbline.contract.id.SiteId;
import io.plumbline.contract.message.Evidence;
import io.plumbline.contract.message.LatencyHistogram;
import io.plumbline.contract.message.ModelHealth;
import io.plumbline.contract.wire.Counts;
import io.plumbline.rollout.evidence.DeviceState;
import io.plumbline.rollout.evidence.DeviceTally;
import io.plumbline.rollout.policy.DeviceLimits;
import io.plumbline.rollout.policy.QualityGate;
import io.plumbline.rollout.policy.RolloutPolicy;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What the candidate costs where it runs, against the baseline: the time of its slowest answers, and the memory of the gateways. It never
 * stops a rollout for good, since other work of the same machines shows in both, and it does not let one go on either while a limit is
 * broken or too little is measured to know.
 */
final class ResourceJudge {

    private static final double TAIL = 0.95;
    private static final long LEAST_LATENCIES = 200;
    private static final long THOUSAND = 1000;

    private final List<Evidence> facts = new ArrayList<>();
    private final List<String> doubts = new ArrayList<>();

    private ResourceJudge() {}

    /** PASS or CONTINUE; PASS where the policy sets no limit. */
    static Judgement judge(
            List<ModelHealth> candidate, List<ModelHealth> baseline, DeviceTally tally, RolloutPolicy policy) {
        var judge = new ResourceJudge();
        judge.latency(candidate, baseline, policy.quality());
        judge.memory(tally, policy.devices());
        return judge.doubts.isEmpty()
                ? new Judgement(Decision.PASS, "it costs no more than it may", judge.facts)
                : new Judgement(Decision.CONTINUE, String.join("; ", judge.doubts), judge.facts);
    }

    /** On the sites that both were timed on, if there are any: a slow site is no slow build. */
    private void latency(List<ModelHealth> candidate, List<ModelHealth> baseline, QualityGate gate) {
        if (gate.maxLatencyRatio().isEmpty()) {
            return;
        }
        var before = bySite(baseline);
        var matched = candidate.stream()
                .filter(health -> enoughToWeigh(health.latency()))
                .filter(health -> enoughToWeigh(at(health, before)))
                .toList();
        if (matched.isEmpty()) {
            compare(sum(candidate), sum(baseline), sum(baseline).count(), " on other sites", gate);
            return;
        }
        var arm = LatencyHistogram.EMPTY;
        var timed = 0L;
        for (var health : matched) {
            var there = at(health, before);
            arm = arm.plus(weighted(there, health.latency().count()));
            timed += there.count();
        }
        compare(sum(matched), arm, timed, " on the same sites", gate);
    }

    private void compare(LatencyHistogram own, LatencyHistogram before, long timed, String where, QualityGate gate) {
        measured("candidate", own.count());
        measured("baseline", timed);
        if (own.count() < LEAST_LATENCIES || timed < LEAST_LATENCIES) {
            return;
        }
        var most = gate.maxLatencyRatio().orElseThrow();
        var ratio = (double) own.quantileNanos(TAIL) / Math.max(1, before.quantileNanos(TAIL));
        facts.add(new Evidence("latency", "95th percentile", ratio, ratio, ratio, most, own.count(), ratio > most));
        if (ratio > most) {
            doubts.add("its slowest answers take more than " + most + " times as long as the baseline's" + where);
        }
    }

    private static Map<SiteId, LatencyHistogram> bySite(List<ModelHealth> healths) {
        return healths.stream()
                .collect(Collectors.toMap(
                        health -> health.cohort().site(), ModelHealth::latency, LatencyHistogram::plus));
    }

    private static LatencyHistogram at(ModelHealth health, Map<SiteId, LatencyHistogram> before) {
        return before.getOrDefault(health.cohort().site(), LatencyHistogram.EMPTY);
    }

    private static boolean enoughToWeigh(LatencyHistogram latency) {
        return latency.count() >= BeforeBySite.LEAST;
    }

    /** As it would be with so many answers, in thousandths of an answer. */
    private static LatencyHistogram weighted(LatencyHistogram latency, long answers) {
        var weight = (double) THOUSAND * answers / latency.count();
        var bins = latency.bins().toArray();
        for (int bin = 0; bin < bins.length; bin++) {
            bins[bin] = Math.round(weight * bins[bin]);
        }
        return new LatencyHistogram(new Counts(bins));
    }

    private void measured(String build, long times) {
        if (times < LEAST_LATENCIES) {
            doubts.add("the latency of the " + build + " was measured " + times + " of " + LEAST_LATENCIES + " times");
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

    private static LatencyHistogram sum(List<ModelHealth> healths) {
        return healths.stream().map(ModelHealth::latency).reduce(LatencyHistogram.EMPTY, LatencyHistogram::plus);
    }
}
