package io.plumbline.fleet.core.console;

import io.plumbline.contract.id.SiteId;
import io.plumbline.contract.message.ModelHealth;
import java.util.Comparator;
import java.util.List;

/**
 * A site in one line.
 *
 * @param health of what is assigned there, the worst first
 */
public record SiteLine(
        SiteId site,
        int gateways,
        long silent,
        long degraded,
        long behind,
        double readingsPerSecond,
        long outboxPending,
        List<ModelHealth> health) {

    static final Comparator<ModelHealth> WORST_FIRST = Comparator.comparingInt(
                    (ModelHealth one) -> -Wording.urgency(one.verdict()))
            .thenComparing(one -> one.cohort().model())
            .thenComparing(one -> one.cohort().site());

    static final Comparator<SiteLine> TROUBLED_FIRST = Comparator.comparing(SiteLine::silent, Comparator.reverseOrder())
            .thenComparing(SiteLine::urgency, Comparator.reverseOrder())
            .thenComparing(SiteLine::degraded, Comparator.reverseOrder())
            .thenComparing(SiteLine::behind, Comparator.reverseOrder())
            .thenComparing(SiteLine::site);

    public SiteLine {
        health = List.copyOf(health);
    }

    static SiteLine of(SiteId site, List<GatewayLine> gateways, List<ModelHealth> health) {
        return new SiteLine(
                site,
                gateways.size(),
                count(gateways, Condition.SILENT),
                count(gateways, Condition.DEGRADED),
                count(gateways, Condition.BEHIND),
                gateways.stream()
                        .mapToDouble(one -> one.gateway().readingsPerSecond())
                        .sum(),
                gateways.stream()
                        .mapToLong(one -> one.gateway().counters().outboxPending())
                        .sum(),
                health.stream().sorted(WORST_FIRST).toList());
    }

    private static long count(List<GatewayLine> gateways, Condition condition) {
        return gateways.stream().filter(one -> one.condition() == condition).count();
    }

    private int urgency() {
        return health.stream()
                .mapToInt(one -> Wording.urgency(one.verdict()))
                .max()
                .orElse(0);
    }
}
