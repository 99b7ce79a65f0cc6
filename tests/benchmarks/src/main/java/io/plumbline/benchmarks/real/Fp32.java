package io.plumbline.benchmarks.real;

import io.plumbline.drift.VerdictPolicy;
import java.time.Instant;
import java.util.NavigableMap;
import java.util.TreeMap;

/** Whether FP32 is right, which a processor does not know. Not thread-safe. */
final class Fp32 {

    private final VerdictPolicy policy;
    private final NavigableMap<Instant, Answer> answers = new TreeMap<>();

    Fp32(VerdictPolicy policy) {
        this.policy = policy;
    }

    private record Answer(String truth, boolean right) {}

    void said(Instant at, String truth, String label) {
        answers.put(at, new Answer(truth, truth.equals(label)));
    }

    /** Whether its accuracy in this time, over all or on one true label, is below the policy's floor. */
    boolean fell(Instant from, Instant to) {
        var all = answers.subMap(from, to).values();
        return all.stream().map(Answer::truth).distinct().anyMatch(truth -> {
            var of = all.stream().filter(answer -> answer.truth().equals(truth)).toList();
            var right = of.stream().filter(Answer::right).count();
            return of.size() >= policy.minClass() && right < policy.accuracyFloor() * of.size();
        });
    }
}
