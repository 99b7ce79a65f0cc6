package io.plumbline.registry.core.recalibration;

import io.plumbline.contract.id.GatewayId;
import io.plumbline.contract.message.CandidateScore;
import io.plumbline.contract.message.ClassAgreement;
import io.plumbline.contract.message.Fidelity;
import io.plumbline.contract.message.LatencyHistogram;
import io.plumbline.contract.message.TensorClipping;
import io.plumbline.drift.chance.Proportion;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Looks for what speaks against one candidate. Every rule is held against an interval, never against a bare mean; what lies on
 * both sides of a rule is {@link Finding.Outcome#INCONCLUSIVE}.
 */
final class Scrutiny {

    private final GatePolicy policy;
    private final double confidence;
    private final double deviations;

    /** @param candidates that are looked at together: chance has as many tries, and each of them gets its share of the error */
    Scrutiny(GatePolicy policy, int candidates) {
        this.policy = policy;
        this.confidence = 1 - 2 * (1 - policy.confidence()) / Math.max(1, candidates);
        this.deviations = Proportion.deviations(confidence);
    }

    /** What fails the candidate, else what leaves it open, else nothing. */
    Optional<Finding> against(CandidateScore running, CandidateScore candidate, Map<GatewayId, CandidateScore> apart) {
        var few = tooFew(running, candidate);
        if (few.isPresent()) {
            return few;
        }
        var findings = Stream.of(
                        clipping(candidate),
                        distance(running, candidate),
                        classes(running, candidate),
                        gateways(apart),
                        labelled(candidate),
                        promised(candidate),
                        latency(running, candidate),
                        memory(running, candidate))
                .flatMap(Optional::stream)
                .toList();
        return findings.stream()
                .filter(finding -> finding.outcome() == Finding.Outcome.FAIL)
                .findFirst()
                .or(() -> findings.stream().findFirst());
    }

    private Optional<Finding> tooFew(CandidateScore running, CandidateScore candidate) {
        if (candidate.windows() >= policy.minWindows() && candidate.windows() == running.windows()) {
            return Optional.empty();
        }
        return Finding.inconclusive(
                "scored on %d holdout windows, the running build on %d; %d of the same needed",
                candidate.windows(), running.windows(), policy.minWindows());
    }

    private Optional<Finding> clipping(CandidateScore candidate) {
        if (Clipped.countsValues(candidate.fidelity())) {
            var share = Clipped.worstShare(candidate.fidelity());
            return share <= policy.maxClipped()
                    ? Optional.empty()
                    : Finding.fail(
                            "clips %.3f of the values of a tensor, at most %.3f allowed", share, policy.maxClipped());
        }
        var clipped = clippedWindows(candidate.fidelity());
        if (clipped.isEmpty()) {
            return Optional.empty();
        }
        var share = clipped.get().interval(confidence);
        if (share.upper() <= policy.maxClipped()) {
            return Optional.empty();
        }
        var text = "clips %.3f of the windows (%.3f to %.3f), at most %.3f allowed";
        Object[] values = {clipped.get().share(), share.lower(), share.upper(), policy.maxClipped()};
        return share.lower() > policy.maxClipped() ? Finding.fail(text, values) : Finding.inconclusive(text, values);
    }

    /** An upper bound of the windows that leave any range: the sum over the tensors. Empty without calibrated ranges. */
    private static Optional<Proportion> clippedWindows(Fidelity fidelity) {
        return fidelity.clipping().stream()
                .mapToLong(TensorClipping::windows)
                .boxed()
                .max(Long::compare)
                .map(windows -> new Proportion(
                        Math.min(
                                windows,
                                fidelity.clipping().stream()
                                        .mapToLong(TensorClipping::clippedWindows)
                                        .sum()),
                        windows));
    }

    private Optional<Finding> distance(CandidateScore running, CandidateScore candidate) {
        if (candidate.paired().isEmpty()) {
            return Finding.inconclusive("a gateway does not tell how windows vary; bring it up to this version");
        }
        var excess = PairedMean.of(candidate, candidate.paired().get(), policy.deltaRatio());
        if (excess.upper(deviations) <= 0) {
            return Optional.empty();
        }
        var text = "differs from FP32 by %.5f, the running build by %.5f, and at most %.2f of that is allowed"
                + " (over it by %.5f to %.5f)";
        Object[] values = {
            Gate.meanDelta(candidate),
            Gate.meanDelta(running),
            policy.deltaRatio(),
            excess.lower(deviations),
            excess.upper(deviations)
        };
        return excess.lower(deviations) > 0 ? Finding.fail(text, values) : Finding.inconclusive(text, values);
    }

    /** The interval of how far a candidate is over the allowed distance to FP32: below zero where it keeps the rule. */
    String excess(CandidateScore candidate) {
        return candidate
                .paired()
                .map(paired -> PairedMean.of(candidate, paired, policy.deltaRatio()))
                .map(over -> String.format(Locale.ROOT, "%.5f to %.5f", over.lower(deviations), over.upper(deviations)))
                .orElse("nobody knows how much");
    }

    private Optional<Finding> classes(CandidateScore running, CandidateScore candidate) {
        return candidate.fidelity().classes().stream()
                .filter(one -> one.compared() >= policy.minPerClass())
                .flatMap(
                        one -> named(running.fidelity().classes(), one.label()).flatMap(was -> lost(was, one)).stream())
                .findFirst();
    }

    private static Optional<ClassAgreement> named(List<ClassAgreement> classes, String label) {
        return classes.stream().filter(one -> one.label().equals(label)).findFirst();
    }

    private Optional<Finding> lost(ClassAgreement before, ClassAgreement after) {
        var was = new Proportion(before.agreed(), before.compared());
        var is = new Proportion(after.agreed(), after.compared());
        if (is.share() >= was.share() - policy.agreementSlack()) {
            return Optional.empty();
        }
        var text = "agrees on '%s' in %.4f of %d, the running build in %.4f";
        Object[] values = {after.label(), is.share(), is.trials(), was.share()};
        return is.interval(confidence).upper() < was.interval(confidence).lower()
                ? Finding.fail(text, values)
                : Finding.inconclusive(text, values);
    }

    /** An average over the fleet can hide one site that loses; it would be the first to be called at night. */
    private Optional<Finding> gateways(Map<GatewayId, CandidateScore> apart) {
        return apart.entrySet().stream()
                .flatMap(entry -> worse(entry.getKey(), entry.getValue(), apart.size()).stream())
                .findFirst();
    }

    private Optional<Finding> worse(GatewayId gateway, CandidateScore score, int gateways) {
        var strict = Proportion.deviations(1 - (1 - confidence) / gateways);
        return score.paired()
                .filter(paired -> PairedMean.of(score, paired, 1).lower(strict) > 0)
                .flatMap(paired -> Finding.fail(
                        "on gateway %s it differs from FP32 by %.5f, the running build by %.5f",
                        gateway, Gate.meanDelta(score), paired.runningSum() / score.windows()));
    }

    /**
     * Labels are few: asking that they disprove a loss would let nothing pass. Fewer right answers than allowed fail a candidate where that
     * cannot be chance, and leave it open where it can.
     */
    private Optional<Finding> labelled(CandidateScore candidate) {
        if (candidate.labelled().isEmpty()) {
            return Finding.inconclusive(
                    "what labels say is not known: they cannot be read, or a gateway does not tell its answers");
        }
        var labelled = candidate.labelled().get();
        if (labelled.windows() < policy.minLabelled()
                || labelled.running() - labelled.right() <= policy.promisedLoss()) {
            return Optional.empty();
        }
        var gain = PairedMean.of(labelled);
        var text = "gets %.4f of %d labelled windows right, the running build %.4f, and %.4f less is allowed"
                + " (%.4f to %.4f more)";
        Object[] values = {
            labelled.right(),
            labelled.windows(),
            labelled.running(),
            policy.promisedLoss(),
            gain.lower(deviations),
            gain.upper(deviations)
        };
        return gain.upper(deviations) < -policy.promisedLoss()
                ? Finding.fail(text, values)
                : Finding.inconclusive(text, values);
    }

    /** Of windows that nobody labels: how many answers are right FP32's confidence says, of both builds on the same ones. */
    private Optional<Finding> promised(CandidateScore candidate) {
        if (candidate.promised().isEmpty()) {
            return Finding.inconclusive(
                    "a gateway does not tell what FP32's confidence promises; bring it up to this version");
        }
        var promised = candidate.promised().get();
        if (promised.windows() == 0) {
            return Optional.empty(); // not evaluable, which is told
        }
        if (promised.windows() != candidate.windows()) {
            return Finding.inconclusive(
                    "FP32's confidence promises something on %d of %d windows alone",
                    promised.windows(), candidate.windows());
        }
        var gain = PairedMean.of(promised);
        if (gain.lower(deviations) >= -policy.promisedLoss()) {
            return Optional.empty();
        }
        var text = "FP32's confidence promises %.4f right answers, of the running build %.4f, and %.4f less is allowed"
                + " (%.4f to %.4f more)";
        Object[] values = {
            promised.right() / promised.windows(),
            promised.running() / promised.windows(),
            policy.promisedLoss(),
            gain.lower(deviations),
            gain.upper(deviations)
        };
        return gain.upper(deviations) < -policy.promisedLoss()
                ? Finding.fail(text, values)
                : Finding.inconclusive(text, values);
    }

    /** Exact, and so without an interval. */
    private Optional<Finding> memory(CandidateScore running, CandidateScore candidate) {
        if (running.modelBytes().isEmpty() || candidate.modelBytes().isEmpty()) {
            return Finding.inconclusive(
                    "a gateway does not tell how large the models are; bring it up to this version");
        }
        var was = running.modelBytes().get();
        var is = candidate.modelBytes().get();
        return is <= policy.memoryRatio() * was
                ? Optional.empty()
                : Finding.fail(
                        "its model has %d bytes, the running build's %d, and at most %.1f times that is allowed",
                        is, was, policy.memoryRatio());
    }

    private Optional<Finding> latency(CandidateScore running, CandidateScore candidate) {
        if (running.latency().count() == 0 || candidate.latency().count() == 0) {
            return Finding.inconclusive("no gateway measured its latency");
        }
        var was = running.latency().quantileNanos(0.5);
        var is = candidate.latency().quantileNanos(0.5);
        if (is <= policy.latencyRatio() * was) {
            return Optional.empty();
        }
        var text = "takes %d microseconds, the running build %d, and at most %.1f times that is allowed";
        Object[] values = {is / 1_000, was / 1_000, policy.latencyRatio()};
        return bound(candidate.latency(), -1) > policy.latencyRatio() * bound(running.latency(), 1)
                ? Finding.fail(text, values)
                : Finding.inconclusive(text, values);
    }

    /** An end of the interval of the median: of n values about n/2 lie below it, give or take z &radic;n / 2. */
    private long bound(LatencyHistogram latency, int side) {
        var reach = deviations / (2 * Math.sqrt(latency.count()));
        return latency.quantileNanos(Math.min(1, Math.max(0, 0.5 + side * reach)));
    }
}
