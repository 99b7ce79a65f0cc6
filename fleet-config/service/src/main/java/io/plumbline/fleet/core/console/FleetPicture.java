package io.plumbline.fleet.core.console;

import io.plumbline.contract.fleet.FleetOverview;
import io.plumbline.contract.fleet.FleetOverview.GatewayView;
import io.plumbline.contract.id.GatewayId;
import io.plumbline.contract.id.SiteId;
import io.plumbline.contract.message.Alert;
import io.plumbline.contract.message.ModelHealth;
import io.plumbline.fleet.core.alert.AlertBook;
import io.plumbline.fleet.core.control.ControlState;
import io.plumbline.fleet.core.view.FleetObservations;
import io.plumbline.fleet.core.view.Heard;
import io.plumbline.fleet.core.view.Overview;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Puts the fleet's page together. Pure: of one moment. */
public final class FleetPicture {

    static final int GATEWAYS = 50;
    static final int SITES = 25;
    static final int CARDS = 6;
    static final int ALERTS = 6;
    static final int HAPPENINGS = 12;

    private static final Comparator<Alert> WORST_FIRST = Comparator.comparing(
                    Alert::severity, Comparator.reverseOrder())
            .thenComparing(Alert::openedAt, Comparator.reverseOrder())
            .thenComparing(Alert::id);

    private final ControlState state;
    private final FleetObservations heard;
    private final List<Alert> open;
    private final FleetOverview overview;
    private final Instant now;

    public FleetPicture(ControlState state, FleetObservations heard, AlertBook book, Instant now) {
        this.state = state;
        this.heard = heard;
        this.open = openAlerts(book);
        this.overview = Overview.of(state, heard, now);
        this.now = now;
    }

    /** The worst first. */
    public static List<Alert> openAlerts(AlertBook book) {
        return book.entries().values().stream()
                .map(AlertBook.Entry::alert)
                .filter(Alert::open)
                .sorted(WORST_FIRST)
                .toList();
    }

    public FleetBoard board(FleetQuery query) {
        var lines = lines();
        var sites = sites(lines);
        var shown = lines.stream()
                .filter(line ->
                        query.site().isEmpty() || line.gateway().site().value().equals(query.site()))
                .filter(line -> line.gateway().gateway().value().contains(query.gateway()))
                .toList();
        var gatewayPages = Paging.of(query.page(), shown.size(), GATEWAYS);
        var sitePages = Paging.of(query.sitePage(), sites.size(), SITES);
        var health = health(query.site());
        return new FleetBoard(
                query,
                totals(sites, lines),
                open.stream().limit(ALERTS).toList(),
                Math.max(0, open.size() - ALERTS),
                health.stream().limit(CARDS).map(one -> card(one, sites)).toList(),
                Math.max(0, health.size() - CARDS),
                sitePages.cut(sites),
                sitePages,
                gatewayPages.cut(shown),
                gatewayPages,
                happenings(HAPPENINGS));
    }

    private List<GatewayLine> lines() {
        Map<GatewayId, List<String>> alerts = open.stream()
                .filter(alert -> alert.subject().gateway().isPresent())
                .collect(Collectors.groupingBy(
                        alert -> alert.subject().gateway().orElseThrow(),
                        Collectors.mapping(Alert::because, Collectors.toList())));
        return overview.gateways().stream()
                .map(view -> line(view, alerts.getOrDefault(view.gateway(), List.of())))
                .sorted(Comparator.comparing(GatewayLine::condition)
                        .thenComparing(line -> line.gateway().site())
                        .thenComparing(line -> line.gateway().gateway()))
                .toList();
    }

    private GatewayLine line(GatewayView view, List<String> alerts) {
        return GatewayLine.of(view, heard.isSilent(view.gateway(), now), heard.heardAt(view.gateway()), alerts);
    }

    private List<SiteLine> sites(List<GatewayLine> lines) {
        Map<SiteId, List<ModelHealth>> health = overview.health().stream()
                .collect(Collectors.groupingBy(one -> one.cohort().site()));
        var bySite = lines.stream()
                .collect(Collectors.groupingBy(line -> line.gateway().site(), TreeMap::new, Collectors.toList()));
        return bySite.entrySet().stream()
                .map(site -> SiteLine.of(site.getKey(), site.getValue(), health.getOrDefault(site.getKey(), List.of())))
                .sorted(SiteLine.TROUBLED_FIRST)
                .toList();
    }

    private static FleetBoard.Totals totals(List<SiteLine> sites, List<GatewayLine> lines) {
        return new FleetBoard.Totals(
                sites.size(),
                lines.size(),
                sites.stream().mapToLong(SiteLine::silent).sum(),
                sites.stream().mapToLong(SiteLine::degraded).sum(),
                sites.stream().mapToLong(SiteLine::behind).sum(),
                sites.stream().mapToDouble(SiteLine::readingsPerSecond).sum(),
                lines.stream().mapToLong(GatewayLine::inFlight).sum(),
                sites.stream().mapToLong(SiteLine::outboxPending).sum());
    }

    /** @param site of all sites if empty */
    public List<ModelHealth> health(String site) {
        return overview.health().stream()
                .filter(one -> site.isEmpty() || one.cohort().site().value().equals(site))
                .sorted(SiteLine.WORST_FIRST)
                .toList();
    }

    private CohortCard card(ModelHealth health, List<SiteLine> sites) {
        var rate = sites.stream()
                .filter(site -> site.site().equals(health.cohort().site()))
                .mapToDouble(SiteLine::readingsPerSecond)
                .sum();
        var verdict = heard.newestVerdict(health.cohort().key()).map(Heard::event);
        return CohortCard.of(health, rate, verdict, overview.rollouts());
    }

    /** The newest steps of the loop, newest first. */
    public List<Happening> happenings(int most) {
        return Stream.of(
                        heard.verdicts().stream().map(Happening::verdict),
                        heard.recalibrations().stream().map(Happening::recalibration),
                        state.newestRollouts().stream().map(rollout -> Happening.rollout(rollout.event())))
                .flatMap(Function.identity())
                .sorted(Comparator.comparing(Happening::at).reversed())
                .limit(most)
                .toList();
    }
}
