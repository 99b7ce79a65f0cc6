package io.plumbline.rollout.judgement;

import io.plumbline.contract.id.SiteId;
import io.plumbline.contract.message.Fidelity;
import io.plumbline.contract.message.ModelHealth;
import java.util.Optional;

/**
 * A build on a site in this rollout.
 *
 * @param now its newest health: a window that moves
 * @param counted everything that was counted since the site was told, which only grows: a sequence holds at every look for such a count, and for
 *     no window that moves. Where the processor tells no totals it is the window all the same
 */
record Trial(ModelHealth now, Fidelity counted) {

    /** @param before what was counted before this rollout; empty for nothing */
    static Trial ofCandidate(Optional<Fidelity> before, ModelHealth health) {
        var counted = health.total().map(total -> before.map(total::since).orElse(total));
        return new Trial(health, counted.orElse(health.fidelity()));
    }

    /**
     * @param before what was counted before the horizon that it is compared by; empty where nobody knew: then its window counts, since what
     *     months ago moved is not the candidate's doing
     */
    static Trial ofBaseline(Optional<Fidelity> before, ModelHealth health) {
        var counted = health.total().flatMap(total -> before.map(total::since));
        return new Trial(health, counted.orElse(health.fidelity()));
    }

    SiteId site() {
        return now.cohort().site();
    }
}
