package io.plumbline.rollout.evidence;

import io.plumbline.contract.id.GatewayId;
import io.plumbline.contract.id.SiteId;
import io.plumbline.contract.message.BuildStep;
import io.plumbline.contract.message.RehearsalScore;
import io.plumbline.rollout.policy.Waves;
import java.time.Instant;
import java.util.Optional;

/**
 * What is known of one gateway in a rollout.
 *
 * @param because what it said when it refused; empty otherwise
 * @param heard wall-clock time of the control plane at its newest word; the epoch if there was none
 * @param hardware what kind of machine it is, by its label; empty where it has none
 * @param rehearsal how the candidate answered beside the build before it; empty if it took over without a rehearsal
 * @param memory under the baseline and under the candidate; empty unless it was told under both
 * @param step how far it is with the candidate that it does not run yet; empty where it did not say
 */
public record GatewayStanding(
        GatewayId gateway,
        SiteId site,
        Standing standing,
        String because,
        Instant heard,
        Optional<String> hardware,
        Optional<RehearsalScore> rehearsal,
        Optional<MemoryChange> memory,
        Optional<BuildStep> step) {

    /** As waves are drawn from. */
    public Waves.Member member() {
        return new Waves.Member(gateway, site, hardware);
    }

    /** Of a gateway that says nothing of its way. */
    public GatewayStanding(
            GatewayId gateway,
            SiteId site,
            Standing standing,
            String because,
            Instant heard,
            Optional<String> hardware,
            Optional<RehearsalScore> rehearsal,
            Optional<MemoryChange> memory) {
        this(gateway, site, standing, because, heard, hardware, rehearsal, memory, Optional.empty());
    }

    /** Of one without labels that has not rehearsed, too. */
    public GatewayStanding(GatewayId gateway, SiteId site, Standing standing, String because, Instant heard) {
        this(gateway, site, standing, because, heard, Optional.empty(), Optional.empty(), Optional.empty());
    }
}
