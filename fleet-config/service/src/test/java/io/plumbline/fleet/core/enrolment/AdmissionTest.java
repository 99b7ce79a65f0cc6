package io.plumbline.fleet.core.enrolment;

import static io.plumbline.fleet.testing.Fleets.BASELINE;
import static io.plumbline.fleet.testing.Fleets.GW_NORTH;
import static io.plumbline.fleet.testing.Fleets.NORTH;
import static io.plumbline.fleet.testing.Fleets.SOUTH;
import static io.plumbline.fleet.testing.Fleets.T0;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.plumbline.contract.enrolment.EnrolmentRequest;
import io.plumbline.contract.id.Digest;
import io.plumbline.contract.id.GatewayId;
import io.plumbline.contract.id.SiteId;
import io.plumbline.fleet.core.spec.Joiner;
import io.plumbline.fleet.testing.Fleets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class AdmissionTest {

    private static final Digest TOKEN = Member.digest("token");
    private static final Digest SECRET = Member.digest("secret");
    private static final Instant EXPIRES = T0.plus(Duration.ofHours(1));
    private static final GatewayId EAST = new GatewayId("gw-east");
    private static final Map<String, String> LABELS = Map.of("hardware", "nuc");

    private final Invitation toNorth = new Invitation(TOKEN, Optional.of(NORTH), LABELS, EXPIRES, Optional.empty());
    private final Invitation toAnywhere = new Invitation(TOKEN, Optional.empty(), Map.of(), EXPIRES, Optional.empty());

    @Test
    void givesSiteAndLabelsOfTheInvitationAndTheNameThatWasAskedFor() {
        // When
        var member = at(T0).admit(toNorth, asking(Optional.of(EAST), Optional.empty()));

        // Then
        assertThat(member).isEqualTo(new Member(new Joiner(EAST, NORTH, LABELS), SECRET, T0, Optional.empty()));
    }

    @Test
    void makesANameForWhoAsksForNone() {
        // When
        var member = at(T0).admit(toNorth, asking(Optional.empty(), Optional.empty()));

        // Then
        assertThat(member.joiner().gateway().value()).isEqualTo("gw-" + SECRET.shortHex());
    }

    @Test
    void takesTheSiteThatTheGatewayNamesIfTheInvitationNamesNone() {
        assertThat(at(T0).admit(toAnywhere, asking(Optional.empty(), Optional.of(SOUTH)))
                        .joiner()
                        .site())
                .isEqualTo(SOUTH);
        assertThatThrownBy(() -> at(T0).admit(toAnywhere, asking(Optional.empty(), Optional.empty())))
                .hasMessage("neither the invitation nor the gateway says where it stands; set plumbline.gateway.site");
    }

    @Test
    void refusesAnotherSiteThanTheInvitations() {
        assertThatThrownBy(() -> at(T0).admit(toNorth, asking(Optional.empty(), Optional.of(SOUTH))))
                .isInstanceOf(EnrolmentRefusedException.class)
                .hasMessage("the invitation is for site 'north', and plumbline.gateway.site is 'south'");
    }

    @Test
    void refusesASiteThatTheFleetDoesNotHaveWithTheNearestOne() {
        assertThatThrownBy(() -> at(T0).admit(toAnywhere, asking(Optional.empty(), Optional.of(new SiteId("norht")))))
                .hasMessage("site 'norht' is not in the fleet; did you mean 'north'?");
    }

    @Test
    void refusesANameThatTheFleetHas() {
        assertThatThrownBy(() -> at(T0).admit(toNorth, asking(Optional.of(GW_NORTH), Optional.empty())))
                .hasMessage(
                        "gateway 'gw-north' is in the fleet already; give this one another plumbline.gateway.id, or none");
    }

    @Test
    void refusesTheNameOfAMemberWhoseSiteIsGoneForTheMoment() {
        // Given
        var lost = new Member(new Joiner(EAST, new SiteId("west"), Map.of()), SECRET, T0, Optional.empty());

        // Then
        assertThatThrownBy(() -> new Admission(Fleets.spec(), Map.of(EAST, lost), T0)
                        .admit(toNorth, asking(Optional.of(EAST), Optional.empty())))
                .hasMessageContaining("is in the fleet already");
    }

    @Test
    void refusesATokenFromTheMomentThatItExpires() {
        assertThat(at(EXPIRES.minusMillis(1)).admit(toNorth, asking(Optional.empty(), Optional.empty())))
                .isNotNull();
        assertThatThrownBy(() -> at(EXPIRES).admit(toNorth, asking(Optional.empty(), Optional.empty())))
                .isInstanceOfSatisfying(
                        EnrolmentRefusedException.class,
                        e -> assertThat(e.token()).isTrue())
                .hasMessage(
                        "this token expired at " + EXPIRES + "; ask for another one with: plumbline gateway invite");
    }

    @Test
    void answersTheOneWhoCameWithItAgainAndNobodyElse() {
        // Given
        var member = at(T0).admit(toNorth, asking(Optional.of(EAST), Optional.empty()));
        var used =
                new Invitation(TOKEN, Optional.of(NORTH), LABELS, EXPIRES, Optional.of(new Invitation.Use(EAST, T0)));
        var later = new Admission(Fleets.spec(), Map.of(EAST, member), EXPIRES.plusSeconds(1));
        var gone = new Admission(Fleets.spec(), Map.of(EAST, member.removed(T0)), T0);
        var other = new EnrolmentRequest(Digest.of(new byte[1]), Optional.empty(), Optional.empty());

        // Then
        assertThat(later.admit(used, asking(Optional.of(EAST), Optional.empty())))
                .isEqualTo(member);
        assertThatThrownBy(() -> later.admit(used, other))
                .hasMessage("this token was used by gateway 'gw-east' at " + T0
                        + ", and works once; ask for another one with: plumbline gateway invite");
        assertThatThrownBy(() -> gone.admit(used, asking(Optional.of(EAST), Optional.empty())))
                .isInstanceOf(EnrolmentRefusedException.class);
    }

    @Test
    void aSecretIsKnownAndAnotherIsNot() {
        // Given
        var member = at(T0).admit(toNorth, asking(Optional.empty(), Optional.empty()));

        // Then
        assertThat(member.knows("secret")).isTrue();
        assertThat(member.knows("secrets")).isFalse();
        assertThat(member.toString()).doesNotContain("secret=");
    }

    @Test
    void anInvitationLastsFromAMinuteToThirtyDays() {
        assertThat(Invitation.checked(Duration.ofMinutes(1))).isEqualTo(Duration.ofMinutes(1));
        assertThat(Invitation.checked(Duration.ofDays(30))).isEqualTo(Duration.ofDays(30));
        assertThatThrownBy(() -> Invitation.checked(Duration.ofSeconds(59)))
                .hasMessage("an invitation that lasts PT59S must last from PT1M to P30D");
        assertThatThrownBy(() -> Invitation.checked(Duration.ofDays(31))).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void joinersAreMatchedBySelectorsThroughTheirLabels() {
        // Given
        var spec = Fleets.parse(Fleets.yaml(BASELINE)
                .replace("gateways: [gw-north]", "gateways: {gw-north: {hardware: nuc}}")
                .replace("model: climate-event,", "model: climate-event, gateways: {hardware: nuc},"));
        var nuc = new Joiner(EAST, NORTH, LABELS);
        var pi = new Joiner(new GatewayId("gw-pi"), NORTH, Map.of("hardware", "pi"));

        // When
        var joined = spec.joinedBy(List.of(nuc, pi));

        // Then
        var stream = joined.streams().values().iterator().next();
        assertThat(joined.running(stream, NORTH)).containsExactly(GW_NORTH, EAST);
        assertThat(joined.gateways()).contains(EAST, pi.gateway());
        assertThat(spec.gateways()).doesNotContain(EAST);
    }

    private static Admission at(Instant now) {
        return new Admission(Fleets.spec(), Map.of(), now);
    }

    private static EnrolmentRequest asking(Optional<GatewayId> gateway, Optional<SiteId> site) {
        return new EnrolmentRequest(SECRET, gateway, site);
    }
}
