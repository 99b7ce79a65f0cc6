package io.plumbline.fleet.core.console;

import io.plumbline.contract.message.Alert;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * The fleet on one page.
 *
 * @param alerts the worst open ones
 * @param moreAlerts how many more are open
 * @param cards how models do, the worst first
 * @param moreCards how many more there are
 * @param happenings the newest steps of the loop, newest first
 */
public record FleetBoard(
        FleetQuery query,
        Totals totals,
        List<Alert> alerts,
        int moreAlerts,
        List<CohortCard> cards,
        int moreCards,
        List<SiteLine> sites,
        Paging sitePages,
        List<GatewayLine> gateways,
        Paging gatewayPages,
        List<Happening> happenings) {

    public FleetBoard {
        alerts = List.copyOf(alerts);
        cards = List.copyOf(cards);
        sites = List.copyOf(sites);
        gateways = List.copyOf(gateways);
        happenings = List.copyOf(happenings);
    }

    /** All of the fleet in a few numbers. */
    public record Totals(
            int sites,
            int gateways,
            long silent,
            long degraded,
            long behind,
            double readingsPerSecond,
            long inFlight,
            long outboxPending) {}

    public boolean isEmpty() {
        return totals.gateways() == 0;
    }

    /** Whether only a part of the gateways is shown, because somebody asked for it. */
    public boolean chosen() {
        return !query.site().isEmpty() || !query.gateway().isEmpty();
    }

    /** Address of a page of the same gateways, up to its number. */
    public String pageLink() {
        return "/?site=" + encoded(query.site()) + "&gateway=" + encoded(query.gateway()) + "&page=";
    }

    private static String encoded(String typed) {
        return URLEncoder.encode(typed, StandardCharsets.UTF_8);
    }
}
