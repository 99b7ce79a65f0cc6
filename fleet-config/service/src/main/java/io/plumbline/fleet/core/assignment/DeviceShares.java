package io.plumbline.fleet.core.assignment;

import io.plumbline.contract.fleet.Neighbours;
import io.plumbline.contract.id.DeviceId;
import io.plumbline.contract.id.Digest;
import io.plumbline.contract.id.GatewayId;
import io.plumbline.fleet.core.spec.Site;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Which of a site's gateways answers which of its devices, by rendezvous hashing: of all gateways, the one whose hash with the
 * device is largest. So the choice is the same everywhere and for ever, and a gateway that comes or goes moves only the
 * devices that it gets or had.
 *
 * @see <a href="https://doi.org/10.1109/90.663936">Thaler and Ravishankar, Using name-based mappings to increase hit rates</a>
 */
final class DeviceShares {

    private DeviceShares() {}

    /** The devices that this gateway answers, in the order of the site. */
    static List<DeviceId> of(Site site, GatewayId gateway) {
        return site.devices().stream()
                .filter(device -> owner(site, device).equals(gateway))
                .toList();
    }

    /** What it leaves to the others; empty if it is alone. Strangers are the first gateway's. */
    static Optional<Neighbours> beside(Site site, GatewayId gateway) {
        if (site.gateways().size() == 1) {
            return Optional.empty();
        }
        var devices = site.devices().stream()
                .filter(device -> !owner(site, device).equals(gateway))
                .toList();
        return Optional.of(new Neighbours(devices, !site.gateways().get(0).equals(gateway)));
    }

    private static GatewayId owner(Site site, DeviceId device) {
        return site.gateways().stream()
                .max(Comparator.comparing(gateway -> weight(gateway, device)))
                .orElseThrow(() -> new IllegalStateException("a site without a gateway is a bug"));
    }

    private static String weight(GatewayId gateway, DeviceId device) {
        return Digest.of((gateway + "/" + device).getBytes(StandardCharsets.UTF_8))
                .value();
    }
}
