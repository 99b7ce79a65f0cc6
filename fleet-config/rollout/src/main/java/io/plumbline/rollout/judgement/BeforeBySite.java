package io.plumbline.rollout.judgement;

import io.plumbline.contract.id.SiteId;
import io.plumbline.contract.message.Fidelity;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What the build before answers as FP32 does, by site: sites differ, so that a candidate is held against it on the same one. */
final class BeforeBySite {

    /** Fewer compared inputs of a build on a site are no basis for a comparison there. */
    static final long LEAST = 20;
    /** Sites differ by less than this. Against other sites, or none, no smaller loss is a build's fault. */
    static final double SITES_DIFFER = 0.10;

    private final Map<SiteId, Fidelity> sites = new HashMap<>();
    private final Fidelity all;

    BeforeBySite(List<Trial> baseline) {
        baseline.forEach(trial -> sites.merge(trial.site(), trial.counted(), Fidelity::plus));
        all = baseline.stream().map(Trial::counted).reduce(Fidelity.NONE, Fidelity::plus);
    }

    /** On this site. */
    Fidelity at(SiteId site) {
        return sites.getOrDefault(site, Fidelity.NONE);
    }

    /** On all sites together. */
    Fidelity everywhere() {
        return all;
    }

    /** Whether both builds have been compared there. */
    boolean matches(Trial candidate) {
        return candidate.counted().compared() >= LEAST && at(candidate.site()).compared() >= LEAST;
    }
}
