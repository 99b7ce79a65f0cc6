package io.plumbline.registry.core.choice;

import io.plumbline.contract.id.Digest;
import io.plumbline.contract.id.GatewayId;
import io.plumbline.contract.id.SiteId;
import io.plumbline.contract.message.RecalibrationEvent.Requested;
import io.plumbline.contract.wire.Require;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A choice of gateways, stratified by site: sites take turns, those of the request first, and of each site the gateways come in an order
 * that a hash of the recalibration's id and their names draws. So a large site does not speak for the others, the same request chooses the
 * same gateways, and another one others.
 *
 * @param most gateways; every site of the request has one all the same
 */
public record Choice(int most) {

    public static final Choice DEFAULT = new Choice(64);

    public Choice {
        Require.that(most > 0, "most " + most + " must be positive");
    }

    /** @param running gateways that run the build, all of them */
    public Map<GatewayId, SiteId> of(Requested request, Map<GatewayId, SiteId> running) {
        var sites = sites(request, running);
        var needed = new HashSet<>(request.sites());
        Map<GatewayId, SiteId> chosen = new LinkedHashMap<>();
        for (int turn = 0; chosen.size() < Math.min(most, running.size()); turn++) {
            for (var site : sites.entrySet()) {
                var first = turn == 0 && needed.contains(site.getKey());
                if (turn < site.getValue().size() && (first || chosen.size() < most)) {
                    chosen.put(site.getValue().get(turn), site.getKey());
                }
            }
        }
        return chosen;
    }

    /** Sites of the request in their order, then the others by name, each with its gateways as they are drawn. */
    private static Map<SiteId, List<GatewayId>> sites(Requested request, Map<GatewayId, SiteId> running) {
        Map<SiteId, List<GatewayId>> sites = new LinkedHashMap<>();
        request.sites().forEach(site -> sites.put(site, new ArrayList<>()));
        running.values().stream()
                .sorted(Comparator.comparing(SiteId::value))
                .forEach(site -> sites.putIfAbsent(site, new ArrayList<>()));
        running.forEach(
                (gateway, site) -> sites.getOrDefault(site, new ArrayList<>()).add(gateway));
        sites.values().forEach(gateways -> gateways.sort(Comparator.comparing(gateway -> lot(request, gateway))));
        return sites;
    }

    private static String lot(Requested request, GatewayId gateway) {
        return Digest.of((request.id() + "/" + gateway).getBytes(StandardCharsets.UTF_8))
                .hex();
    }
}
