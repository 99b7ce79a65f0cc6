package io.plumbline.gateway.core.build;

import io.plumbline.contract.id.GatewayId;
import io.plumbline.contract.id.SiteId;
import java.time.Clock;

/**
 * Who this gateway is.
 *
 * @param clock the gateway's wall clock
 */
public record Self(GatewayId gateway, SiteId site, Clock clock) {}
