package io.plumbline.fleet.core.console.drift;

import static io.plumbline.fleet.testing.Fleets.BASELINE;
import static io.plumbline.fleet.testing.Fleets.CANDIDATE;
import static io.plumbline.fleet.testing.Fleets.MODEL;
import static io.plumbline.fleet.testing.Fleets.NORTH;
import static io.plumbline.fleet.testing.Fleets.SOUTH;
import static io.plumbline.fleet.testing.Fleets.T0;
import static io.plumbline.fleet.testing.Fleets.faithful;
import static io.plumbline.fleet.testing.Fleets.health;
import static io.plumbline.fleet.testing.Fleets.stale;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.plumbline.contract.id.SiteId;
import io.plumbline.contract.message.Evidence;
import io.plumbline.contract.message.ModelHealth;
import io.plumbline.contract.message.RecalibrationEvent;
import io.plumbline.contract.message.Verdict;
import io.plumbline.contract.message.VerdictEvent;
import io.plumbline.fleet.core.alert.AlertBook;
import io.plumbline.fleet.core.console.chart.Mark;
import io.plumbline.fleet.core.console.chart.Span;
import io.plumbline.fleet.core.view.FleetObservations;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class DriftPictureTest {

    private static final DriftQuery WORST = new DriftQuery("", "", "", Optional.empty(), 0, 1);

    private final FleetObservations heard = new FleetObservations(Duration.ofSeconds(10));

    @Test
    void saysWhichIsWorstWhyWhereAndWhatHappenedBefore() {
        // Given
        var north = health(BASELINE, NORTH, stale(), Verdict.CALIBRATION_STALE, T0);
        var south = health(BASELINE, SOUTH, faithful(), Verdict.STABLE, T0);
        var verdict = VerdictEvent.of(
                        north.cohort(), T0, Verdict.CALIBRATION_STALE, Verdict.STABLE, "it clips", List.of())
                .resting(
                        new VerdictEvent.Horizon(T0.minusSeconds(60), T0, 10, 10, 0),
                        List.of(new VerdictEvent.Carrier(VerdictEvent.Carrier.Part.FEATURE, "humidity")));
        heard.on(verdict, T0.plusSeconds(10));
        heard.on(
                new RecalibrationEvent.Accepted("r", MODEL, BASELINE, CANDIDATE, "better", List.of(), T0),
                T0.plusSeconds(20));
        // When
        var board = new DriftPicture(
                        List.of(north, south), heard, AlertBook.EMPTY, model -> List.of(), T0.plusSeconds(600))
                .board(WORST);
        // Then
        var drift = board.chosen().orElseThrow();
        assertThat(drift.because()).isEqualTo("it clips");
        assertThat(drift.carriers())
                .singleElement()
                .extracting(VerdictEvent.Carrier::name)
                .isEqualTo("humidity");
        assertThat(drift.elsewhereTroubled()).isZero();
        assertThat(drift.elsewhere())
                .singleElement()
                .extracting(line -> line.health().cohort().site())
                .isEqualTo(SOUTH);
        assertThat(drift.marks()).extracting(Mark::number).containsExactly(2, 1);
        assertThat(drift.marks().get(0).words()).isEqualTo("recalibration accepted: better");
        assertThat(drift.charts()).isEmpty();
    }

    @Test
    void showsTheCohortThatIsAskedForAndTheWorstForANameThatNobodyHas() {
        // Given
        var north = health(BASELINE, NORTH, stale(), Verdict.CALIBRATION_STALE, T0);
        var south = health(BASELINE, SOUTH, faithful(), Verdict.STABLE, T0);
        var picture = new DriftPicture(
                List.of(north, south), heard, AlertBook.EMPTY, model -> List.of(), T0.plusSeconds(600));
        // Then
        assertThat(chosen(
                        picture, new DriftQuery("climate-event", "south", BASELINE.shortHex(), Optional.empty(), 0, 1)))
                .isEqualTo(Verdict.STABLE);
        assertThat(picture.board(new DriftQuery("climate-event", "south", "", Optional.empty(), 0, 1))
                        .missed())
                .isFalse();
        var missed = picture.board(new DriftQuery("other", "", "", Optional.empty(), 0, 9));
        assertThat(missed.chosen().orElseThrow().health().verdict()).isEqualTo(Verdict.CALIBRATION_STALE);
        assertThat(missed.missed()).as("and it is said").isTrue();
        assertThat(new DriftPicture(List.of(), heard, AlertBook.EMPTY, model -> List.of(), T0.plusSeconds(600))
                        .board(WORST)
                        .chosen())
                .isEmpty();
    }

    @Test
    void theLinkOfAnAlertLeadsToItsSiteAndItsMomentAfterItsBuildWasReplaced() {
        // Given: the other site is worse, and what the alert was about runs nowhere
        var opened = T0.minusSeconds(300);
        var north = health(BASELINE, NORTH, stale(), Verdict.CALIBRATION_STALE, T0);
        var south = moved(SOUTH, T0);
        var gone = health(CANDIDATE, SOUTH, stale(), Verdict.CALIBRATION_STALE, opened)
                .cohort();
        heard.on(south, T0);
        heard.on(
                VerdictEvent.of(gone, opened, Verdict.CALIBRATION_STALE, Verdict.STABLE, "it clips", List.of()),
                opened);
        var picture = new DriftPicture(
                List.of(north, south), heard, AlertBook.EMPTY, model -> List.of(), T0.plusSeconds(600));
        // When
        var board = picture.board(
                new DriftQuery("climate-event", "south", CANDIDATE.shortHex(), Optional.of(opened), 0, 1));
        // Then
        var drift = board.chosen().orElseThrow();
        assertThat(board.missed()).isTrue();
        assertThat(drift.health().cohort()).isEqualTo(south.cohort());
        assertThat(drift.charts())
                .isNotEmpty()
                .allSatisfy(chart ->
                        assertThat(chart.flags()).anyMatch(flag -> flag.mark().sought()));
        assertThat(drift.marks())
                .filteredOn(Mark::sought)
                .singleElement()
                .satisfies(mark -> assertThat(mark.words()).contains("calibration stale, it clips"));
    }

    @Test
    void aVerdictThatStandsThoughNothingIsBeyondItsLimitSaysWhatItBeganWith() {
        // Given
        var now = health(BASELINE, NORTH, faithful(), Verdict.DATA_DRIFT, T0);
        var calm = new Evidence("psi", "humidity", 0.1, 0.1, 0.1, 0.2, 1440, false);
        var then = new Evidence("psi", "humidity", 0.31, 0.31, 0.31, 0.2, 1440, true);
        var health = new ModelHealth(
                now.cohort(),
                now.from(),
                now.to(),
                now.readings(),
                now.fidelity(),
                now.labels(),
                now.latency(),
                now.verdict(),
                List.of(calm),
                now.corrected());
        heard.on(
                VerdictEvent.of(now.cohort(), T0, Verdict.DATA_DRIFT, Verdict.STABLE, "it moved", List.of(then, calm)),
                T0);
        // When
        var drift = new DriftPicture(List.of(health), heard, AlertBook.EMPTY, model -> List.of(), T0.plusSeconds(600))
                .board(WORST)
                .chosen()
                .orElseThrow();
        // Then
        assertThat(drift.calm()).isTrue();
        assertThat(drift.began())
                .singleElement()
                .satisfies(fact -> assertThat(fact.words()).contains("PSI of 0.310"));
    }

    @Test
    void showsTheTimeAroundAMomentAndMarksIt() {
        // Given: a day of measurements, and an alert in the middle
        var moment = T0.plus(Duration.ofHours(12));
        var one = Optional.<ModelHealth>empty();
        for (int i = 0; i <= 288; i++) {
            var at = T0.plus(Duration.ofMinutes(5L * i));
            one = Optional.of(moved(at));
            heard.on(one.get(), at);
        }
        var now = T0.plus(Duration.ofHours(24));
        heard.on(
                VerdictEvent.of(one.get().cohort(), T0, Verdict.DATA_DRIFT, Verdict.STABLE, "it moved", List.of()),
                moment.minusSeconds(60));
        heard.on(
                new RecalibrationEvent.Accepted("r", MODEL, BASELINE, CANDIDATE, "better", List.of(), T0),
                now.minusSeconds(60));
        var picture = new DriftPicture(List.of(one.get()), heard, AlertBook.EMPTY, model -> List.of(), now);
        // When
        var board = picture.board(new DriftQuery("", "", "", Optional.of(moment), 0, 1));
        // Then: an hour, with the moment in the middle
        var drift = board.chosen().orElseThrow();
        assertThat(drift.at()).contains(moment);
        assertThat(drift.charts())
                .extracting(chart -> chart.span())
                .containsOnly(new Span(moment.minusSeconds(1800), moment.plusSeconds(1800)));
        assertThat(drift.marks())
                .extracting(Mark::at, Mark::words, Mark::sought)
                .containsExactly(
                        tuple(moment, "the moment that was asked for", true),
                        tuple(
                                moment.minusSeconds(60),
                                "verdict on " + BASELINE.shortHex() + ": data drift, it moved",
                                false));
        assertThat(drift.charts().get(0).flags())
                .extracting(flag -> flag.mark().sought())
                .containsExactly(true, false);
        assertThat(drift.spans()).extracting(CohortDrift.Choice::chosen).containsExactly(true, false, false, false);
        assertThat(drift.spans().get(1).link()).contains("&at=" + moment + "&hours=6");
        assertThat(drift.spans().get(3).link()).doesNotContain("&at=");
        assertThat(board.before()).contains("at=" + moment + "&");
        // When: it is just now
        var late = picture.board(new DriftQuery("", "", "", Optional.of(now), 6, 1));
        // Then
        assertThat(late.chosen().orElseThrow().charts().get(0).span())
                .isEqualTo(new Span(now.minus(Duration.ofHours(3)), now));
        // When: long before anything was measured
        var never = picture.board(new DriftQuery("", "", "", Optional.of(T0.minus(Duration.ofDays(9))), 6, 1));
        // Then
        assertThat(never.chosen().orElseThrow().charts()).isEmpty();
    }

    @Test
    void anAlertThatIsLookedForIsTheMark() {
        // Given
        heard.on(moved(T0), T0);
        heard.on(
                VerdictEvent.of(moved(T0).cohort(), T0, Verdict.DATA_DRIFT, Verdict.STABLE, "it moved", List.of()), T0);
        // When
        var drift = new DriftPicture(
                        List.of(moved(T0)), heard, AlertBook.EMPTY, model -> List.of(), T0.plusSeconds(600))
                .board(new DriftQuery("", "", "", Optional.of(T0), 1, 1))
                .chosen()
                .orElseThrow();
        // Then
        assertThat(drift.marks())
                .extracting(Mark::words, Mark::sought)
                .containsExactly(tuple("verdict on " + BASELINE.shortHex() + ": data drift, it moved", true));
    }

    private static ModelHealth moved(Instant at) {
        return moved(NORTH, at);
    }

    private static ModelHealth moved(SiteId site, Instant at) {
        var one = health(BASELINE, site, faithful(), Verdict.DATA_DRIFT, at);
        return new ModelHealth(
                one.cohort(),
                one.from(),
                one.to(),
                one.readings(),
                one.fidelity(),
                one.labels(),
                one.latency(),
                one.verdict(),
                List.of(new Evidence("psi", "humidity", 0.31, 0.31, 0.31, 0.2, 1440, true)),
                one.corrected());
    }

    @Test
    void saysEachFactInWordsThoseBeyondTheirLimitsFirst() {
        // When
        var facts = Fact.of(List.of(
                new Evidence("agreement", "all", 0.958, 0.94, 0.97, 0.98, 740, false),
                new Evidence("estimated-accuracy", "all", 0, 0, 1, 0.9, 0, false),
                new Evidence("clipping", "act0", 0.486, 0.45, 0.523, 0.25, 740, true),
                new Evidence("psi", "humidity", 0.31, 0.31, 0.31, 0.2, 1440, true)));
        // Then
        assertThat(facts)
                .extracting(fact -> fact.words() + " (" + fact.detail() + ")")
                .containsExactly(
                        "48.6 % of the inputs leave the calibrated range of tensor “act0” (45.0 % to 52.3 %, from 740 observations; should be at most 25.0 %)",
                        "Feature “humidity” has moved by a PSI of 0.310 (from 1,440 observations; should be at most 0.200)",
                        "INT8 gives FP32's answer on 95.8 % of all inputs (94.0 % to 97.0 %, from 740 observations; should be at least 98.0 %)",
                        "estimated accuracy (nothing has been seen yet)");
    }

    private static Verdict chosen(DriftPicture picture, DriftQuery query) {
        return picture.board(query).chosen().orElseThrow().health().verdict();
    }
}
