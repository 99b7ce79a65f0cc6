package io.plumbline.fleet.core.assignment;

import io.plumbline.contract.fleet.Neighbours;
import io.plumbline.contract.id.DeviceId;
import io.plumbline.contract.id.Digest;
import io.plumbline.contract.id.GatewayId;
import io.plumbline.fleet.core.spec.Site;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Which of a site's gateways answers which of its devices, by rendezvous hashing: of all gateways, the one whose hash with the
 * device is largest. So the choice is the same everywhere and for ever, and a gateway that comes or goes moves only the
 * devices that it gets or had.
 *
 * @see <a href="https://doi.org/10.1109/90.663936">Thaler and Ravishankar, Using name-based mappings to increase hit rates</a>
 */
final class DeviceShares {

    private final Site site;
    private final Map<DeviceId, GatewayId> owners = new HashMap<>();

    /** Of a site with the gateways that share its devices; each device is hashed with each gateway once. */
    DeviceShares(Site site) {
        this.site = site;
        site.devices().forEach(device -> owners.put(device, owner(site, device)));
    }

    Site site() {
        return site;
    }

    /** The devices that this gateway answers, in the order of the site. */
    List<DeviceId> of(GatewayId gateway) {
        return site.devices().stream()
                .filter(device -> gateway.equals(owners.get(device)))
                .toList();
    }

    /** What it leaves to the others; empty if it is alone. Strangers are the first gateway's. */
    Optional<Neighbours> beside(GatewayId gateway) {
        if (site.gateways().size() == 1) {
            return Optional.empty();
        }
        var devices = site.devices().stream()
                .filter(device -> !gateway.equals(owners.get(device)))
                .toList();
        return Optional.of(new Neighbours(devices, !site.gateways().get(0).equals(gateway)));
    }

    private static GatewayId owner(Site site, DeviceId device) {
        if (site.gateways().size() == 1) {
            return site.gateways().get(0);
        }
        var weights = new HashMap<GatewayId, Digest>();
        site.gateways().forEach(gateway -> weights.put(gateway, weight(gateway, device)));
        return Collections.max(site.gateways(), Comparator.comparing(weights::get));
    }

    private static Digest weight(GatewayId gateway, DeviceId device) {
        return Digest.of((gateway + "/" + device).getBytes(StandardCharsets.UTF_8));
    }
}
