package io.plumbline.rollout.judgement;

import io.plumbline.contract.id.SiteId;
import io.plumbline.contract.message.ModelHealth;
import io.plumbline.rollout.evidence.EvidenceMark;
import io.plumbline.rollout.evidence.GatewayStanding;
import io.plumbline.rollout.evidence.RolloutEvidence;
import io.plumbline.rollout.policy.RolloutPolicy;
import io.plumbline.rollout.policy.Waves;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * All that a decision may depend on beside the state.
 *
 * @param now wall-clock time
 */
public record Situation(RolloutEvidence evidence, RolloutPolicy policy, Instant now) {

    /** Nothing is known but the time and the policy: enough for what a person asks for. */
    public static Situation without(RolloutPolicy policy, Instant now) {
        return new Situation(new RolloutEvidence(List.of(), List.of(), List.of()), policy, now);
    }

    public Instant deadline() {
        return now.plus(policy.schedule().deadline());
    }

    /** The gateways that run the model. */
    public List<Waves.Member> members() {
        return evidence.gateways().stream().map(GatewayStanding::member).toList();
    }

    /** Where the evidence on these sites begins if they are told now. */
    public List<EvidenceMark> marks(List<SiteId> sites) {
        var candidate = bySite(evidence.candidate());
        var baseline = bySite(evidence.baseline());
        return sites.stream()
                .map(site -> {
                    var own = Optional.ofNullable(candidate.get(site));
                    var before = Optional.ofNullable(baseline.get(site));
                    return new EvidenceMark(
                            site,
                            own.map(ModelHealth::to).orElse(Instant.EPOCH),
                            own.flatMap(ModelHealth::total),
                            before.flatMap(health -> health.total().map(total -> total.since(health.fidelity()))));
                })
                .toList();
    }

    private static Map<SiteId, ModelHealth> bySite(List<ModelHealth> healths) {
        return healths.stream()
                .collect(Collectors.toMap(
                        health -> health.cohort().site(),
                        Function.identity(),
                        (a, b) -> a.to().isAfter(b.to()) ? a : b));
    }
}
