package io.plumbline.contract.enrolment;

import io.plumbline.contract.id.SiteId;
import java.time.Duration;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * {@code POST /api/v1/invitations}.
 *
 * @param site where the gateway will stand; empty if it says so itself
 * @param labels that it will have, beside those of its site
 * @param lasting how long the token can be used
 * @param by who invites
 * @param reason why
 */
public record InvitationRequest(
        Optional<SiteId> site, Map<String, String> labels, Duration lasting, String by, String reason) {

    public InvitationRequest {
        labels = Collections.unmodifiableMap(new TreeMap<>(labels));
    }
}
