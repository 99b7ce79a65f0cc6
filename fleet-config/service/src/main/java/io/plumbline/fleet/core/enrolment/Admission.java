package io.plumbline.fleet.core.enrolment;

import io.plumbline.contract.enrolment.EnrolmentRequest;
import io.plumbline.contract.id.GatewayId;
import io.plumbline.contract.id.SiteId;
import io.plumbline.fleet.core.spec.FleetSpec;
import io.plumbline.fleet.core.spec.Joiner;
import io.plumbline.fleet.core.spec.NearestName;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * Whether a gateway is let in, and as whom. Pure.
 *
 * @param fleet in force, with those that came before
 * @param members by name, also those that were removed
 */
public record Admission(FleetSpec fleet, Map<GatewayId, Member> members, Instant now) {

    /**
     * @return the member that it becomes, or is already, because its answer was lost
     * @throws EnrolmentRefusedException if it is not let in
     */
    public Member admit(Invitation invitation, EnrolmentRequest asked) {
        if (invitation.used().isPresent()) {
            return again(invitation.used().get(), asked);
        }
        if (!now.isBefore(invitation.expires())) {
            throw EnrolmentRefusedException.ofToken("expired at " + invitation.expires());
        }
        var site = site(invitation, asked);
        var gateway = asked.gateway()
                .orElseGet(() -> new GatewayId("gw-" + asked.credential().shortHex()));
        if (fleet.siteOf(gateway).isPresent() || isMember(gateway)) {
            throw EnrolmentRefusedException.ofWish("gateway '" + gateway
                    + "' is in the fleet already; give this one another plumbline.gateway.id, or none");
        }
        return new Member(new Joiner(gateway, site, invitation.labels()), asked.credential(), now, Optional.empty());
    }

    private boolean isMember(GatewayId gateway) {
        var member = members.get(gateway);
        return member != null && member.removed().isEmpty();
    }

    private Member again(Invitation.Use use, EnrolmentRequest asked) {
        var member = members.get(use.gateway());
        if (member != null && member.removed().isEmpty() && member.credential().equals(asked.credential())) {
            return member;
        }
        throw EnrolmentRefusedException.ofToken(
                "was used by gateway '" + use.gateway() + "' at " + use.at() + ", and works once");
    }

    private SiteId site(Invitation invitation, EnrolmentRequest asked) {
        var site = invitation
                .site()
                .or(asked::site)
                .orElseThrow(() -> EnrolmentRefusedException.ofWish(
                        "neither the invitation nor the gateway says where it stands; set plumbline.gateway.site"));
        if (asked.site().isPresent() && !asked.site().get().equals(site)) {
            throw EnrolmentRefusedException.ofWish("the invitation is for site '" + site
                    + "', and plumbline.gateway.site is '" + asked.site().get() + "'");
        }
        if (!fleet.sites().containsKey(site)) {
            throw EnrolmentRefusedException.ofWish(unknown(fleet, site));
        }
        return site;
    }

    /** What is said of a site that the fleet does not have. */
    public static String unknown(FleetSpec fleet, SiteId site) {
        var names = fleet.sites().keySet().stream().map(SiteId::value).toList();
        return "site '" + site + "' is not in the fleet; "
                + NearestName.of(site.value(), names)
                        .map(name -> "did you mean '" + name + "'?")
                        .orElse("there are: " + String.join(", ", names));
    }
}
