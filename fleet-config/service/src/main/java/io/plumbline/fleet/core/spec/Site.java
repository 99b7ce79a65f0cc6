package io.plumbline.fleet.core.spec;

import io.plumbline.contract.id.DeviceId;
import io.plumbline.contract.id.GatewayId;
import io.plumbline.contract.wire.Require;
import java.util.List;
import java.util.Set;

/**
 * A place with gateways and devices. Every device is answered by one of the site's gateways.
 *
 * @param gateways at least one, no repetitions
 * @param devices no repetitions
 */
public record Site(List<GatewayId> gateways, List<DeviceId> devices) {

    public Site {
        gateways = List.copyOf(gateways);
        devices = List.copyOf(devices);
        Require.that(!gateways.isEmpty(), "gateways must name at least one gateway");
        Require.that(Set.copyOf(gateways).size() == gateways.size(), "gateways " + gateways + " must not repeat");
        Require.that(Set.copyOf(devices).size() == devices.size(), "devices must not repeat");
    }
}
