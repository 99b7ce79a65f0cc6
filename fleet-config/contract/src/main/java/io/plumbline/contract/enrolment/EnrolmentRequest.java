package io.plumbline.contract.enrolment;

import io.plumbline.contract.id.Digest;
import io.plumbline.contract.id.GatewayId;
import io.plumbline.contract.id.SiteId;
import java.util.Optional;

/**
 * {@code POST /api/v1/enrolments} with the token as bearer token. The same request again is answered as it was before, so that a lost
 * answer costs nothing.
 *
 * @param credential of the secret that the gateway made and will show with every later request
 * @param gateway the name that it would like; empty for any
 * @param site where it stands; empty if the invitation says it
 */
public record EnrolmentRequest(Digest credential, Optional<GatewayId> gateway, Optional<SiteId> site) {}
