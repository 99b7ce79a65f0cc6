package io.plumbline.fleet.core.console.recalibration;

import static io.plumbline.fleet.testing.Fleets.BASELINE;
import static io.plumbline.fleet.testing.Fleets.CANDIDATE;
import static io.plumbline.fleet.testing.Fleets.MODEL;
import static io.plumbline.fleet.testing.Fleets.NORTH;
import static io.plumbline.fleet.testing.Fleets.T0;
import static io.plumbline.fleet.testing.Fleets.VERSION;
import static io.plumbline.fleet.testing.Fleets.faithful;
import static io.plumbline.fleet.testing.Fleets.stale;
import static io.plumbline.fleet.testing.Fleets.yaml;
import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.contract.id.Digest;
import io.plumbline.contract.id.GatewayId;
import io.plumbline.contract.message.CandidateScore;
import io.plumbline.contract.message.Fidelity;
import io.plumbline.contract.message.LatencyHistogram;
import io.plumbline.contract.message.RecalibrationEvent;
import io.plumbline.contract.message.RecalibrationEvent.Progressed;
import io.plumbline.contract.message.RecalibrationEvent.Sent;
import io.plumbline.contract.message.RecalibrationEvent.SentKind;
import io.plumbline.fleet.core.console.recalibration.RecalibrationSheet.Stage;
import io.plumbline.fleet.core.control.ControlPlane;
import io.plumbline.fleet.core.view.FleetObservations;
import io.plumbline.fleet.testing.Fleets;
import io.plumbline.fleet.testing.InMemoryFleetStore;
import io.plumbline.fleet.testing.MutableClock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RecalibrationPictureTest {

    private final FleetObservations heard = new FleetObservations(Duration.ofSeconds(10));
    private final ControlPlane control =
            new ControlPlane(new InMemoryFleetStore(), heard, change -> {}, new MutableClock(T0));

    @BeforeEach
    void apply() {
        control.apply(yaml(BASELINE), Fleets.spec());
    }

    @Test
    void whatGatewaysSentStandsApartFromWhatElseHappened() {
        // Given
        request("r-1");
        progress("r-1", "OBSERVING", "begun");
        progress("r-1", "OBSERVING", "gw-north on north sent histograms of 512 windows");
        progress("r-1", "OBSERVING", "gw-north on north sent histograms of 512 windows");
        progress("r-1", "BUILDING", "gw-south on south declined: no windows");
        // When
        var sheet = sheet();
        // Then
        assertThat(sheet.state()).isEqualTo("under way");
        assertThat(sheet.sent())
                .extracting(Progressed::what)
                .as("once, though it was told twice")
                .containsExactly(
                        "gw-north on north sent histograms of 512 windows", "gw-south on south declined: no windows");
        assertThat(sheet.lines()).extracting(Progressed::what).containsExactly("begun");
        assertThat(sheet.stages()).extracting(Stage::state).containsExactly("done", "done", "now", "", "");
        assertThat(sheet.givers()).isEmpty();
    }

    @Test
    void whatLeftASiteIsKnownWhateverTheSentenceSays() {
        // Given: a registry of before took it up, and one that tells what was sent went on
        request("r-1");
        var north = new GatewayId("gw-north");
        progress("r-1", "OBSERVING", "gw-south on south sent histograms of 512 windows");
        progress(
                "r-1",
                "OBSERVING",
                "eight hours of gw-north came in",
                Optional.of(new Sent(north, NORTH, SentKind.HISTOGRAMS, 480)));
        progress("r-1", "BUILDING", "what gw-south on south gave up is not needed");
        progress(
                "r-1",
                "SCORING",
                "windows came from gw-north",
                Optional.of(new Sent(north, NORTH, SentKind.SAMPLES, 12)));
        // When
        var sheet = sheet();
        // Then
        assertThat(sheet.sent())
                .extracting(Progressed::what)
                .containsExactly(
                        "gw-south on south sent histograms of 512 windows",
                        "eight hours of gw-north came in",
                        "windows came from gw-north");
        assertThat(sheet.lines()).hasSize(1);
        assertThat(sheet.trail().departures().readings()).isTrue();
        assertThat(sheet.trail().departures().words())
                .isEqualTo("histograms of 480 windows, from 1 gateway; readings of 12 windows, from 1 gateway");
    }

    @Test
    void whatLeftTheSitesIsAddedUpOnceForEachGateway() {
        // Given: one answer came twice, before and after a restart of the registry
        request("r-1");
        sent("gw-north", SentKind.HISTOGRAMS, 100);
        sent("gw-north", SentKind.HISTOGRAMS, 100);
        sent("gw-south", SentKind.HISTOGRAMS, 50);
        sent("gw-south", SentKind.SCORES, 3);
        sent("gw-east", SentKind.NOTHING, 0);
        // Then
        assertThat(sheet().trail().departures().readings()).isFalse();
        assertThat(sheet().trail().departures().words())
                .isEqualTo("histograms of 150 windows, from 2 gateways; scores from 1 gateway; nothing from 1 gateway");
    }

    @Test
    void whatLeftTheSitesIsAddedUpBeyondTheLinesThatAreKept() {
        // Given
        request("r-1");
        IntStream.range(0, 150).forEach(number -> sent("gw-" + number, SentKind.SCORES, 3));
        // Then
        assertThat(sheet().sent()).hasSize(100);
        assertThat(sheet().trail().gone()).isEqualTo(50);
        assertThat(sheet().trail().departures().words()).isEqualTo("scores from 150 gateways");
    }

    @Test
    void wordsAloneAreNotAddedUp() {
        // Given
        request("r-1");
        progress("r-1", "OBSERVING", "gw-north on north sent histograms of 512 windows");
        // Then
        assertThat(sheet().trail().departures().isEmpty()).isTrue();
    }

    private void sent(String gateway, SentKind kind, long count) {
        progress("r-1", "OBSERVING", "an answer", Optional.of(new Sent(new GatewayId(gateway), NORTH, kind, count)));
    }

    @Test
    void anAcceptedOneShowsBeforeAndAfterAndLeadsToItsRollout() throws Exception {
        // Given
        request("r-1");
        heard.on(
                new RecalibrationEvent.Accepted(
                        "r-1",
                        MODEL,
                        BASELINE,
                        CANDIDATE,
                        "better",
                        List.of(score(CANDIDATE, faithful()), score(BASELINE, stale())),
                        T0),
                T0);
        control.start(MODEL, CANDIDATE, "accepted");
        // When
        var sheet = sheet();
        // Then
        assertThat(sheet.scores()).extracting(sheet::role).containsExactly("before", "after");
        assertThat(sheet.classes()).containsExactly("normal", "event");
        assertThat(sheet.rollout())
                .contains(control.state().newestRollouts().get(0).plan().id());
        assertThat(sheet.stages()).extracting(Stage::state).containsOnly("done");
    }

    @Test
    void aRefusedOneSaysWhyAndWhereItEnded() {
        // Given
        progress("r-1", "SCORING", "gw-north on north scored 3 builds");
        heard.on(new RecalibrationEvent.Refused("r-1", MODEL, BASELINE, "not better", List.of(), T0), T0);
        // When
        var sheet = sheet();
        // Then
        assertThat(sheet.because()).isEqualTo("not better");
        assertThat(sheet.stages()).extracting(Stage::state).containsExactly("done", "done", "done", "bad", "bad");
    }

    @Test
    void streamsThatMayGiveReadingsAreNamed() {
        // Given
        var text = yaml(BASELINE).replace("shadowShare: 0.5", "shadowShare: 0.5, samples: {windows: 8}");
        control.apply(text, Fleets.parse(text));
        request("r-1");
        // Then
        assertThat(sheet().givers()).containsExactly("climate");
    }

    @Test
    void memoryIsBounded() {
        // When
        for (int i = 0; i < 200; i++) {
            request("r-" + i);
            progress("r-199", "OBSERVING", "line " + i);
        }
        // Then
        var trails = heard.recalibrationTrails().newestFirst();
        assertThat(trails).hasSize(50);
        assertThat(trails).allSatisfy(trail -> assertThat(trail.lines()).hasSizeLessThanOrEqualTo(100));
        assertThat(RecalibrationPicture.board(trails, control.state(), 7).sheets())
                .hasSize(2);
    }

    private RecalibrationSheet sheet() {
        return RecalibrationPicture.board(heard.recalibrationTrails().newestFirst(), control.state(), 1)
                .sheets()
                .get(0);
    }

    private void request(String id) {
        heard.on(
                new RecalibrationEvent.Requested(id, MODEL, VERSION, BASELINE, List.of(NORTH), "ranges are stale", T0),
                T0);
    }

    private void progress(String id, String step, String what) {
        progress(id, step, what, Optional.empty());
    }

    private void progress(String id, String step, String what, Optional<Sent> sent) {
        heard.on(new Progressed(id, MODEL, BASELINE, step, what, T0, sent), T0);
    }

    private static CandidateScore score(Digest build, Fidelity fidelity) {
        return new CandidateScore(
                build,
                "static",
                740,
                fidelity,
                LatencyHistogram.EMPTY,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }
}
