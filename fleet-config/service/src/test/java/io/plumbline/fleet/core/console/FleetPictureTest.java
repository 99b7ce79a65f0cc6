package io.plumbline.fleet.core.console;

import static io.plumbline.fleet.testing.Fleets.BASELINE;
import static io.plumbline.fleet.testing.Fleets.CANDIDATE;
import static io.plumbline.fleet.testing.Fleets.MODEL;
import static io.plumbline.fleet.testing.Fleets.T0;
import static io.plumbline.fleet.testing.Fleets.faithful;
import static io.plumbline.fleet.testing.Fleets.health;
import static io.plumbline.fleet.testing.Fleets.stale;
import static io.plumbline.fleet.testing.ManyGateways.PER_SITE;
import static io.plumbline.fleet.testing.ManyGateways.SITES;
import static io.plumbline.fleet.testing.ManyGateways.gateway;
import static io.plumbline.fleet.testing.ManyGateways.site;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.plumbline.contract.message.Cohort;
import io.plumbline.contract.message.RecalibrationEvent;
import io.plumbline.contract.message.Verdict;
import io.plumbline.contract.message.VerdictEvent;
import io.plumbline.fleet.core.alert.AlertBook;
import io.plumbline.fleet.core.control.ControlPlane;
import io.plumbline.fleet.core.view.FleetObservations;
import io.plumbline.fleet.testing.Fleets;
import io.plumbline.fleet.testing.InMemoryFleetStore;
import io.plumbline.fleet.testing.ManyGateways;
import io.plumbline.fleet.testing.MutableClock;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class FleetPictureTest {

    private static final FleetQuery ALL = new FleetQuery("", "", 1, 1);

    private final FleetObservations heard = new FleetObservations(Duration.ofSeconds(10));
    private final ControlPlane control =
            new ControlPlane(new InMemoryFleetStore(), heard, change -> {}, new MutableClock(T0));

    @BeforeEach
    void everybodyIsFine() {
        control.apply(ManyGateways.yaml(), Fleets.parse(ManyGateways.yaml()));
        for (int site = 0; site < SITES; site++) {
            for (int gateway = 0; gateway < PER_SITE; gateway++) {
                heard.on(ManyGateways.beat(site, gateway, 1, 10, T0), T0);
            }
        }
    }

    @Test
    void theTroubledComeFirstAndEveryoneIsOnSomePage() {
        // Given
        heard.on(ManyGateways.beat(50, 5, 1, 10, T0.minusSeconds(60)), T0.minusSeconds(60));
        heard.on(ManyGateways.beat(40, 4, 1, 5000, T0), T0);
        heard.on(ManyGateways.beat(30, 3, 0, 10, T0), T0);
        // When
        var board = board(ALL);
        // Then
        assertThat(board.gateways().subList(0, 3))
                .extracting(line -> line.gateway().gateway(), GatewayLine::condition)
                .containsExactly(
                        tuple(gateway(50, 5), Condition.SILENT),
                        tuple(gateway(40, 4), Condition.DEGRADED),
                        tuple(gateway(30, 3), Condition.BEHIND));
        assertThat(board.gateways().get(1).because()).containsExactly("5000 records wait in its outbox for Kafka");
        assertThat(board.gateways()).hasSize(FleetPicture.GATEWAYS);
        assertThat(board.gatewayPages().pages()).isEqualTo(20);
        assertThat(board.sites())
                .hasSize(FleetPicture.SITES)
                .extracting(SiteLine::site)
                .startsWith(site(50), site(40), site(30));
        assertThat(board.totals()).isEqualTo(new FleetBoard.Totals(100, 1000, 1, 1, 1, 0, 5000, 14_990));
    }

    @Test
    void showsOnePartAndTheNearestPageThereIs() {
        var board = board(new FleetQuery("site-007", "-9", 99, 99));

        assertThat(board.gateways())
                .singleElement()
                .extracting(line -> line.gateway().gateway())
                .isEqualTo(gateway(7, 9));
        assertThat(board.gatewayPages()).isEqualTo(new Paging(1, 1, 1, FleetPicture.GATEWAYS));
        assertThat(board.sitePages().page()).isEqualTo(4);
        assertThat(board.pageLink()).isEqualTo("/?site=site-007&gateway=-9&page=");
    }

    @Test
    void whenAGatewayWasHeardIsToldByThisClockAndNotByItsOwn() {
        // When: its own is an hour slow
        heard.on(ManyGateways.beat(7, 9, 1, 0, T0.minusSeconds(3600)), T0);
        // Then
        assertThat(board(new FleetQuery("site-007", "-9", 1, 1))
                        .gateways()
                        .get(0)
                        .seen())
                .contains(T0);
    }

    @Test
    void theWorstModelIsShownFirstWithWhatItsVerdictSays() {
        // Given
        heard.on(health(BASELINE, site(1), faithful(), Verdict.STABLE, T0), T0);
        var worse = health(BASELINE, site(2), stale(), Verdict.CALIBRATION_STALE, T0);
        heard.on(worse, T0);
        heard.on(verdict(worse.cohort(), Verdict.CALIBRATION_STALE, "it clips"), T0);
        // When
        var cards = board(ALL).cards();
        // Then
        assertThat(cards)
                .extracting(card -> card.health().verdict())
                .containsExactly(Verdict.CALIBRATION_STALE, Verdict.STABLE);
        assertThat(cards.get(0).because()).isEqualTo("it clips");
        assertThat(cards.get(1).because()).isEqualTo(Wording.meaning(Verdict.STABLE));
        assertThat(cards.get(0).poor(cards.get(0).health().fidelity().classes().get(1)))
                .isTrue();
    }

    @Test
    void tellsTheStepsOfTheLoopByTheWallClock() throws Exception {
        // Given
        var cohort = health(BASELINE, site(1), stale(), T0).cohort();
        heard.on(verdict(cohort, Verdict.CALIBRATION_STALE, "it clips"), T0.minusSeconds(30));
        heard.on(
                new RecalibrationEvent.Accepted(
                        "r", MODEL, BASELINE, CANDIDATE, "better", List.of(), T0.plusSeconds(9999)),
                T0.minusSeconds(20));
        control.start(MODEL, CANDIDATE, "asked");
        // When
        var happenings = board(ALL).happenings();
        // Then
        assertThat(happenings)
                .extracting(Happening::kind, Happening::state)
                .containsExactly(
                        tuple("rollout", "ready"),
                        tuple("recalibration", "accepted"),
                        tuple("verdict", "calibration stale"));
    }

    private static VerdictEvent verdict(Cohort cohort, Verdict verdict, String because) {
        return VerdictEvent.of(cohort, T0, verdict, Verdict.STABLE, because, List.of());
    }

    private FleetBoard board(FleetQuery query) {
        return new FleetPicture(control.state(), heard, AlertBook.EMPTY, T0).board(query);
    }
}
