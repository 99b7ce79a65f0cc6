package io.plumbline.contract.enrolment;

import io.plumbline.contract.id.GatewayId;
import io.plumbline.contract.id.SiteId;

/** Who a gateway is that has been let in. */
public record Enrolled(GatewayId gateway, SiteId site) {}
