package io.plumbline.contract.fleet;

import io.plumbline.contract.id.GatewayId;
import io.plumbline.contract.id.SiteId;
import io.plumbline.contract.wire.Require;
import java.util.List;

/**
 * The desired state of one gateway: {@code GET /api/v1/gateways/{gateway}/assignment}, ETag = generation.
 *
 * @param generation rises with every change; a gateway ignores anything older than what it has
 */
public record Assignment(GatewayId gateway, SiteId site, long generation, List<StreamAssignment> streams) {

    public Assignment {
        streams = List.copyOf(streams);
        Require.notNegative("generation", generation);
    }
}
