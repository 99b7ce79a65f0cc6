package io.plumbline.fleet.adapter.store;

import static io.plumbline.fleet.testing.Fleets.BASELINE;
import static io.plumbline.fleet.testing.Fleets.GW_NORTH;
import static io.plumbline.fleet.testing.Fleets.NORTH;
import static io.plumbline.fleet.testing.Fleets.T0;
import static io.plumbline.fleet.testing.Fleets.parse;
import static io.plumbline.fleet.testing.Fleets.yaml;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.plumbline.contract.declared.AuditEntry;
import io.plumbline.contract.enrolment.EnrolmentRequest;
import io.plumbline.contract.fleet.Assignment;
import io.plumbline.contract.id.Digest;
import io.plumbline.contract.id.GatewayId;
import io.plumbline.database.Database;
import io.plumbline.database.Transaction;
import io.plumbline.fleet.core.control.Authorship;
import io.plumbline.fleet.core.control.ControlPlane;
import io.plumbline.fleet.core.enrolment.EnrolmentRefusedException;
import io.plumbline.fleet.core.enrolment.Invitation;
import io.plumbline.fleet.core.enrolment.Member;
import io.plumbline.fleet.core.view.FleetObservations;
import io.plumbline.fleet.testing.MutableClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class EnrolmentTest extends EitherDatabase {

    private static final GatewayId EAST = new GatewayId("gw-east");
    private static final Digest TOKEN = Member.digest("a token");
    private static final Authorship ADA = new Authorship("ada", "a new room");

    private final MutableClock clock = new MutableClock(T0);

    @ParameterizedTest
    @EnumSource(Kind.class)
    void aGatewayIsInTheFleetFromTheMomentThatItComesAlsoAfterARestart(Kind kind) throws Exception {
        try (var database = empty(kind)) {
            // Given
            var control = invited(database);

            // When
            var member = control.enrol(TOKEN, asking(EAST, "secret"));

            // Then
            var restarted = control(database);
            assertThat(restarted.state()).isEqualTo(control.state());
            assertThat(restarted.state().member(EAST)).contains(member);
            assertThat(restarted.state().inForce())
                    .extracting(Assignment::gateway)
                    .contains(EAST);
            var devices = restarted.state().inForce().stream()
                    .filter(one -> one.site().equals(NORTH))
                    .flatMap(one -> one.streams().get(0).devices().stream())
                    .toList();
            assertThat(devices).as("each device is one gateway's").hasSize(2).doesNotHaveDuplicates();
            assertThat(new SqlHistory(database).versions()).as("no new file").hasSize(1);
        }
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void aTokenWorksOnceAndIsAnsweredAgainForTheOneWhoCameWithIt(Kind kind) throws Exception {
        try (var database = empty(kind)) {
            // Given
            var control = invited(database);
            var member = control.enrol(TOKEN, asking(EAST, "secret"));
            var before = control.state();

            // Then
            assertThat(control.enrol(TOKEN, asking(EAST, "secret"))).isEqualTo(member);
            assertThatThrownBy(() -> control.enrol(TOKEN, asking(new GatewayId("gw-west"), "another")))
                    .isInstanceOf(EnrolmentRefusedException.class)
                    .hasMessageContaining("was used by gateway 'gw-east' at " + T0);
            assertThatThrownBy(() -> control.enrol(Member.digest("guessed"), asking(EAST, "another")))
                    .hasMessage("this token is not one of this control plane; ask for another one with:"
                            + " plumbline gateway invite");
            assertThat(control.state()).isEqualTo(before);
        }
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void aFleetMayBeMadeOfInvitedGatewaysAlone(Kind kind) throws Exception {
        try (var database = empty(kind)) {
            // Given
            var file = yaml(BASELINE)
                    .replace("gateways: [gw-north], ", "")
                    .replace("gateways: [gw-south]", "gateways: []")
                    .replace("canary: gw-north, ", "");
            var control = control(database);
            control.apply(file, parse(file));
            control.invite(invitation(TOKEN), ADA);
            assertThat(control.state().inForce()).isEmpty();

            // When
            control.enrol(TOKEN, asking(EAST, "secret"));

            // Then
            assertThat(control.state().inForce()).singleElement().satisfies(one -> {
                assertThat(one.gateway()).isEqualTo(EAST);
                assertThat(one.streams().get(0).devices()).hasSize(2);
            });
            assertThat(control(database).state()).isEqualTo(control.state());

            // When
            control.remove(EAST, ADA);

            // Then
            assertThat(control.state().inForce())
                    .allSatisfy(one -> assertThat(one.streams()).isEmpty());
            assertThat(control(database).state()).isEqualTo(control.state());
        }
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void anExpiredTokenIsRefused(Kind kind) throws Exception {
        try (var database = empty(kind)) {
            // Given
            var control = invited(database);

            // When
            clock.advance(Duration.ofHours(1));

            // Then
            assertThatThrownBy(() -> control.enrol(TOKEN, asking(EAST, "secret")))
                    .hasMessageContaining("this token expired at");
            assertThat(new SqlHistory(database).enrolments(clock.instant()).invitations())
                    .isEmpty();
        }
    }

    /** Two control planes on one database, so that nothing but the database is between the two. */
    @ParameterizedTest
    @EnumSource(Kind.class)
    void ofTwoWhoShowATokenAtOnceOneComesIn(Kind kind) throws Exception {
        try (var database = empty(kind)) {
            var first = invited(database);
            for (int round = 1; round <= 10; round++) {
                // Given
                var token = Member.digest("round " + round);
                first.invite(invitation(token), ADA);
                var planes = List.of(control(database), control(database));
                var names = List.of(new GatewayId("gw-a" + round), new GatewayId("gw-b" + round));

                // When
                var came = together(planes, names, token);

                // Then
                assertThat(came).as("round " + round).hasSize(1);
                var stored = control(database).state().members();
                assertThat(stored).hasSize(round).containsKey(came.get(0));
                first = control(database);
            }
        }
    }

    private List<GatewayId> together(List<ControlPlane> planes, List<GatewayId> names, Digest token) throws Exception {
        var start = new CyclicBarrier(planes.size());
        var threads = Executors.newFixedThreadPool(planes.size());
        try {
            var asked = new ArrayList<Future<Optional<GatewayId>>>();
            for (int i = 0; i < planes.size(); i++) {
                var plane = planes.get(i);
                var name = names.get(i);
                asked.add(threads.submit(() -> {
                    start.await();
                    try {
                        return Optional.of(plane.enrol(token, asking(name, name.value()))
                                .joiner()
                                .gateway());
                    } catch (EnrolmentRefusedException refused) {
                        return Optional.<GatewayId>empty();
                    }
                }));
            }
            var came = new ArrayList<GatewayId>();
            for (var one : asked) {
                one.get().ifPresent(came::add);
            }
            return came;
        } finally {
            threads.shutdown();
        }
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void whoIsRemovedIsToldToRunNothingAndMayBeInvitedAgain(Kind kind) throws Exception {
        try (var database = empty(kind)) {
            // Given
            var control = invited(database);
            control.enrol(TOKEN, asking(EAST, "secret"));

            // When
            control.remove(EAST, new Authorship("ada", "it was lent"));

            // Then
            var restarted = control(database);
            assertThat(restarted.state().inForce())
                    .extracting(Assignment::gateway)
                    .doesNotContain(EAST);
            assertThat(restarted.state().assigned().get(EAST).streams()).isEmpty();
            assertThat(restarted.state().member(EAST).orElseThrow().removed()).contains(T0);
            assertThatThrownBy(() -> restarted.remove(EAST, ADA)).hasMessageContaining("gw-east");
            assertThatThrownBy(() -> restarted.remove(GW_NORTH, ADA))
                    .hasMessageContaining("the fleet file names the others");
            var again = Member.digest("another token");
            restarted.invite(invitation(again), ADA);
            assertThat(restarted.enrol(again, asking(EAST, "new secret")).knows("new secret"))
                    .isTrue();
            assertThat(control(database).state()).isEqualTo(restarted.state());
        }
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void aFileKeepsThoseWhoCameAndLosesThemWithTheirSiteOnly(Kind kind) throws Exception {
        try (var database = empty(kind)) {
            // Given
            var control = invited(database);
            control.enrol(TOKEN, asking(EAST, "secret"));
            var more = yaml(BASELINE).replace("north-2", "north-3");
            var named = yaml(BASELINE).replace("[gw-south]", "[gw-south, gw-east]");
            var without = yaml(BASELINE).replace("  north: {", "  west: {");

            // When, Then
            control.apply(more, parse(more));
            assertThat(control.state().inForce())
                    .extracting(Assignment::gateway)
                    .contains(EAST);
            control.apply(without, parse(without));
            assertThat(control.state().assigned().get(EAST).streams()).isEmpty();
            control.apply(named, parse(named));
            assertThat(control.state().assigned().get(EAST).site().value())
                    .as("the file says where")
                    .isEqualTo("south");
            assertThat(control(database).state()).isEqualTo(control.state());
        }
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void keepsWhoDidWhatWhenAndWhyAndOfSecretsNothing(Kind kind) throws Exception {
        try (var database = empty(kind)) {
            // Given
            var control = invited(database);
            control.enrol(TOKEN, asking(EAST, "secret"));
            clock.advance(Duration.ofMinutes(5));
            control.remove(EAST, new Authorship("bob", "broken"));

            // When
            var audit = new SqlHistory(database).audit(10);

            // Then
            assertThat(audit)
                    .containsExactly(
                            new AuditEntry(clock.instant(), "bob", "GATEWAY_REMOVED", "gw-east", "broken"),
                            new AuditEntry(T0, "gateway gw-east", "GATEWAY_ENROLLED", "gw-east", "a new room"),
                            new AuditEntry(T0, "ada", "GATEWAY_INVITED", "site north", "a new room"),
                            new AuditEntry(T0, "", "FILE_APPLIED", "version 1", ""));
            List<String> kept = Transaction.run(
                    database.source(),
                    tx -> tx.query(
                            "select i.token, m.credential from invitation i, member m",
                            row -> row.getString(1) + row.getString(2)));
            assertThat(kept).singleElement().asString().isEqualTo(TOKEN.value() + Member.digest("secret"));
        }
    }

    private ControlPlane invited(Database database) throws Exception {
        var control = control(database);
        control.apply(yaml(BASELINE), parse(yaml(BASELINE)));
        control.invite(invitation(TOKEN), ADA);
        return control;
    }

    private Invitation invitation(Digest token) {
        return new Invitation(
                token,
                Optional.of(NORTH),
                Map.of("hardware", "nuc"),
                clock.instant().plus(Duration.ofHours(1)),
                Optional.empty());
    }

    private static EnrolmentRequest asking(GatewayId name, String secret) {
        return new EnrolmentRequest(Member.digest(secret), Optional.of(name), Optional.empty());
    }

    private ControlPlane control(Database database) {
        return new ControlPlane(
                new SqlFleetStore(database), new FleetObservations(Duration.ofSeconds(10)), change -> {}, clock);
    }
}
