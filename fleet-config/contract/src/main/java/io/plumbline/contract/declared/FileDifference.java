package io.plumbline.contract.declared;

import io.plumbline.contract.id.GatewayId;
import io.plumbline.contract.id.SiteId;
import io.plumbline.contract.message.RolloutEvent;
import java.util.List;
import java.util.Optional;

/**
 * What a fleet file would change, were it applied: {@code POST /api/v1/fleet/diff}.
 *
 * @param version in force now; 0 for none
 * @param differs whether anything below would change; comments and layout are nothing
 * @param declared what the file says otherwise than the one in force, usual values filled in
 * @param gateways whose assignment would change
 * @param rollouts that would begin, or end
 * @param advice what in the file is allowed and mostly regretted, a sentence each; empty where there is nothing to say
 * @param outlooks what the rollouts that would begin have to compare with; empty where none would
 */
public record FileDifference(
        long version,
        boolean differs,
        List<Line> declared,
        List<GatewayChange> gateways,
        List<RolloutEvent> rollouts,
        Optional<List<String>> advice,
        Optional<List<RolloutOutlook>> outlooks) {

    public FileDifference {
        declared = List.copyOf(declared);
        gateways = List.copyOf(gateways);
        rollouts = List.copyOf(rollouts);
        advice = advice.map(List::copyOf);
        outlooks = outlooks.map(List::copyOf);
    }

    /** Without advice and outlooks. */
    public FileDifference(
            long version,
            boolean differs,
            List<Line> declared,
            List<GatewayChange> gateways,
            List<RolloutEvent> rollouts) {
        this(version, differs, declared, gateways, rollouts, Optional.empty(), Optional.empty());
    }

    /**
     * One value.
     *
     * @param path nested keys joined by dots
     * @param before empty for what is new
     * @param after empty for what goes
     */
    public record Line(String path, Optional<String> before, Optional<String> after) {}

    /** What becomes of a gateway. */
    public enum Kind {
        /** It is in the fleet from now on. */
        JOINS,
        /** It is not any more, and stops its streams. */
        LEAVES,
        CHANGES
    }

    /**
     * @param generation that the assignment would have
     * @param work what of the assignment would change; nothing where a gateway joins or leaves
     */
    public record GatewayChange(GatewayId gateway, SiteId site, Kind kind, long generation, List<Line> work) {

        public GatewayChange {
            work = List.copyOf(work);
        }
    }
}
