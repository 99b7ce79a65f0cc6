package io.plumbline.gateway.adapter.enrolment;

import io.plumbline.contract.id.GatewayId;
import io.plumbline.contract.id.SiteId;
import java.util.Optional;

/**
 * Who this gateway is.
 *
 * @param secret shown to the control plane; empty for a gateway that the fleet file names
 */
public record Identity(GatewayId gateway, SiteId site, Optional<String> secret) {

    @Override
    public String toString() {
        return gateway + " on " + site;
    }
}
