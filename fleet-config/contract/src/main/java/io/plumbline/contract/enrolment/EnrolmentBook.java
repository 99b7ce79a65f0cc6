package io.plumbline.contract.enrolment;

import io.plumbline.contract.id.GatewayId;
import io.plumbline.contract.id.SiteId;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Who came by invitation, and who may: {@code GET /api/v1/enrolments}.
 *
 * @param gateways by name, those that were removed too
 * @param invitations that nobody has used and that have not expired, the next to expire first
 */
public record EnrolmentBook(List<Entry> gateways, List<Open> invitations) {

    public EnrolmentBook {
        gateways = List.copyOf(gateways);
        invitations = List.copyOf(invitations);
    }

    /**
     * A gateway.
     *
     * @param labels its own, without those of its site
     * @param removed since when it is no longer in the fleet; empty if it is
     */
    public record Entry(
            GatewayId gateway, SiteId site, Map<String, String> labels, Instant enrolled, Optional<Instant> removed) {

        public Entry {
            labels = Collections.unmodifiableMap(new TreeMap<>(labels));
        }
    }

    /** An invitation, without its token. */
    public record Open(
            Optional<SiteId> site, Map<String, String> labels, Instant expires, String author, String reason) {

        public Open {
            labels = Collections.unmodifiableMap(new TreeMap<>(labels));
        }
    }
}
