package io.plumbline.fleet.core.enrolment;

import io.plumbline.contract.id.Digest;
import io.plumbline.contract.id.GatewayId;
import io.plumbline.contract.id.SiteId;
import io.plumbline.contract.wire.Require;
import io.plumbline.fleet.core.spec.Labels;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * A token that is good for one gateway.
 *
 * @param token its digest
 * @param site where the gateway is to stand; empty if it says so itself
 * @param labels that it will have
 * @param expires after which the token is refused
 * @param used by whom and when; empty for a token that is still good
 */
public record Invitation(
        Digest token, Optional<SiteId> site, Map<String, String> labels, Instant expires, Optional<Use> used) {

    private static final Duration SHORTEST = Duration.ofMinutes(1);
    private static final Duration LONGEST = Duration.ofDays(30);

    public Invitation {
        labels = Labels.checked(labels);
    }

    /** Who came with it. */
    public record Use(GatewayId gateway, Instant at) {}

    /** @throws IllegalArgumentException unless it is one minute to 30 days */
    public static Duration checked(Duration lasting) {
        Require.that(
                lasting.compareTo(SHORTEST) >= 0 && lasting.compareTo(LONGEST) <= 0,
                "an invitation that lasts " + lasting + " must last from " + SHORTEST + " to P30D");
        return lasting;
    }
}
