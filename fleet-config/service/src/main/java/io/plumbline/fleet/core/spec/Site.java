package io.plumbline.fleet.core.spec;

import io.plumbline.contract.id.DeviceId;
import io.plumbline.contract.id.GatewayId;
import io.plumbline.contract.wire.Require;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A place with gateways and devices. Every device is answered by one of the site's gateways, as soon as it has one.
 *
 * @param gateways no repetitions; none where all come by invitation
 * @param devices no repetitions
 * @param labels of every gateway of the site
 * @param own labels of gateways that have some of their own
 */
public record Site(
        List<GatewayId> gateways,
        List<DeviceId> devices,
        Map<String, String> labels,
        Map<GatewayId, Map<String, String>> own) {

    public Site {
        gateways = List.copyOf(gateways);
        devices = List.copyOf(devices);
        labels = Labels.checked(labels);
        var checked = new LinkedHashMap<GatewayId, Map<String, String>>();
        own.forEach((gateway, said) -> checked.put(gateway, Labels.checked(said)));
        own = Collections.unmodifiableMap(checked);
        Require.that(Set.copyOf(gateways).size() == gateways.size(), "gateways " + gateways + " must not repeat");
        Require.that(Set.copyOf(devices).size() == devices.size(), "devices must not repeat");
    }

    /** The same place with these gateways too. */
    Site joinedBy(List<Joiner> joiners) {
        var all = new ArrayList<>(gateways);
        var labelled = new LinkedHashMap<>(own);
        joiners.forEach(joiner -> {
            all.add(joiner.gateway());
            labelled.put(joiner.gateway(), joiner.labels());
        });
        return new Site(all, devices, labels, labelled);
    }

    /** The same place as if these were all of its gateways. */
    public Site only(List<GatewayId> some) {
        return some.equals(gateways) ? this : new Site(some, devices, labels, own);
    }
}
