package io.plumbline.fleet.core.rollout;

import io.plumbline.contract.id.SiteId;
import io.plumbline.contract.message.ModelHealth;
import io.plumbline.fleet.core.judgement.EvidenceMark;
import io.plumbline.fleet.core.judgement.RolloutEvidence;
import io.plumbline.fleet.core.spec.RolloutPolicy;
import java.time.Instant;
import java.util.List;

/**
 * All that a decision may depend on beside the state.
 *
 * @param now wall-clock time
 */
public record Situation(RolloutEvidence evidence, RolloutPolicy policy, Instant now) {

    Instant deadline() {
        return now.plus(policy.deadline());
    }

    /** Where the candidate's evidence on these sites ends now. */
    List<EvidenceMark> marks(List<SiteId> sites) {
        return sites.stream()
                .map(site -> new EvidenceMark(site, endOfEvidence(site)))
                .toList();
    }

    private Instant endOfEvidence(SiteId site) {
        return evidence.candidate().stream()
                .filter(health -> health.cohort().site().equals(site))
                .map(ModelHealth::to)
                .max(Instant::compareTo)
                .orElse(Instant.EPOCH);
    }
}
