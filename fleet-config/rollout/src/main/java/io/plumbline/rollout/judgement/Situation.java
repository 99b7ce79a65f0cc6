package io.plumbline.rollout.judgement;

import io.plumbline.contract.id.SiteId;
import io.plumbline.contract.message.ModelHealth;
import io.plumbline.rollout.evidence.EvidenceMark;
import io.plumbline.rollout.evidence.RolloutEvidence;
import io.plumbline.rollout.policy.RolloutPolicy;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

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

    /** Where the candidate's evidence on these sites ends now. */
    public List<EvidenceMark> marks(List<SiteId> sites) {
        Map<SiteId, Instant> ends = new HashMap<>();
        for (ModelHealth health : evidence.candidate()) {
            ends.merge(health.cohort().site(), health.to(), (a, b) -> a.isAfter(b) ? a : b);
        }
        return sites.stream()
                .map(site -> new EvidenceMark(site, ends.getOrDefault(site, Instant.EPOCH)))
                .toList();
    }
}
