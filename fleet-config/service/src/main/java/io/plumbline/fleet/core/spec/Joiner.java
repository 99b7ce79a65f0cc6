package io.plumbline.fleet.core.spec;

import io.plumbline.contract.id.GatewayId;
import io.plumbline.contract.id.SiteId;
import java.util.Map;

/**
 * A gateway of the fleet that its file does not name.
 *
 * @param labels its own, beside those of its site
 */
public record Joiner(GatewayId gateway, SiteId site, Map<String, String> labels) {

    public Joiner {
        labels = Labels.checked(labels);
    }
}
