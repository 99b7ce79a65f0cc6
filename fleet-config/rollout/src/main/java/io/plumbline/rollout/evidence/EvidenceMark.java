package io.plumbline.rollout.evidence;

import io.plumbline.contract.id.SiteId;
import io.plumbline.contract.message.Fidelity;
import java.time.Instant;
import java.util.Optional;

/**
 * Where the evidence on a site began when the site was told to run the candidate. What was counted of it before says nothing about this
 * rollout.
 *
 * @param after event time at which the candidate's evidence ended; only health whose window begins there or later counts
 * @param candidate all that was counted of the candidate by then; empty where nothing was or the processor did not tell
 * @param baseline the same of the baseline without its last horizon, which it is compared by; empty in the same cases
 */
public record EvidenceMark(SiteId site, Instant after, Optional<Fidelity> candidate, Optional<Fidelity> baseline) {

    /** Of a site on which nothing was counted. */
    public EvidenceMark(SiteId site, Instant after) {
        this(site, after, Optional.empty(), Optional.empty());
    }
}
