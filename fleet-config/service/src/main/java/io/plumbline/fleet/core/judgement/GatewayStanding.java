package io.plumbline.fleet.core.judgement;

import io.plumbline.contract.id.GatewayId;
import io.plumbline.contract.id.SiteId;

/**
 * Where one gateway stands in a rollout.
 *
 * @param because what it said when it refused; empty otherwise
 */
public record GatewayStanding(GatewayId gateway, SiteId site, Standing standing, String because) {}
