package io.plumbline.contract.fleet;

import io.plumbline.contract.id.DeviceId;
import java.util.List;

/**
 * What a gateway leaves to the other gateways of its site: it acknowledges such messages and says nothing of them.
 *
 * @param devices devices of the site that another gateway answers
 * @param strangers whether another gateway sends the devices that nobody knows to the dead letters; true for all gateways of
 *     a site but one
 */
public record Neighbours(List<DeviceId> devices, boolean strangers) {

    /** There are other gateways, and the broker says which of them answers a message. */
    public static final Neighbours NOTHING = new Neighbours(List.of(), false);

    public Neighbours {
        devices = List.copyOf(devices);
    }
}
