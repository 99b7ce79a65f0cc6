package io.plumbline.processor.topology;

import static io.plumbline.processor.topology.Given.FRESH;
import static io.plumbline.processor.topology.Given.NORTH;
import static io.plumbline.processor.topology.Given.SOUTH;
import static io.plumbline.processor.topology.Given.STALE;
import static io.plumbline.processor.topology.Given.clipping;
import static io.plumbline.processor.topology.Given.fidelity;
import static io.plumbline.processor.topology.Given.key;
import static io.plumbline.processor.topology.Given.moved;
import static io.plumbline.processor.topology.Given.outdoors;
import static io.plumbline.processor.topology.Given.quiet;
import static io.plumbline.processor.topology.Given.window;
import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.contract.Topics;
import io.plumbline.contract.message.ModelHealth;
import io.plumbline.contract.message.Verdict;
import io.plumbline.contract.message.VerdictEvent;
import io.plumbline.contract.wire.Counts;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class VerdictTopologyTest {

    private Bench bench;

    @BeforeEach
    void open() {
        bench = new Bench();
    }

    @AfterEach
    void close() {
        bench.close();
    }

    @Test
    void aStaleCalibrationIsFoundInTheFourthWindowFromClippingAlone() {
        // Given: the first window, in which sliding windows still fill, and two full ones
        bench.send(outdoors(key(STALE, NORTH, 0, 0), fidelity(90, 90, 0, 0, 41)));
        bench.send(clipping(STALE, NORTH, 1), clipping(STALE, NORTH, 2));
        assertThat(bench.verdicts()).isEmpty();

        // When
        bench.send(clipping(STALE, NORTH, 3));

        // Then
        assertThat(bench.verdicts()).singleElement().satisfies(event -> {
            assertThat(event.verdict()).isEqualTo(Verdict.CALIBRATION_STALE);
            assertThat(event.previous()).isEqualTo(Verdict.INSUFFICIENT);
            assertThat(event.cohort()).isEqualTo(Given.cohort(STALE, NORTH));
            assertThat(event.at()).isEqualTo(window(3));
            assertThat(event.because()).contains("no input of class 'event' has come yet");
            assertThat(event.evidence()).isNotEmpty();
        });
        assertThat(bench.health().verdict()).isEqualTo(Verdict.CALIBRATION_STALE);
    }

    /* 92 % of outdoor windows clip, 46 % of a site's; overall agreement .994; 28 % of event windows followed. */
    @Test
    void theMeasuredClimateCaseIsStaleAndItsRecalibratedBuildIsNot() {
        for (int w = 0; w < 6; w++) {
            bench.send(outdoors(key(STALE, NORTH, w, 0), fidelity(119, 119, 1, w % 4 == 0 ? 1 : 0, 55)));
            bench.send(outdoors(key(FRESH, SOUTH, w, 0), fidelity(119, 119, 1, 1, 4)));
        }

        var events = bench.verdicts();
        assertThat(events)
                .extracting(VerdictEvent::verdict)
                .containsExactlyInAnyOrder(Verdict.CALIBRATION_STALE, Verdict.DATA_DRIFT);
        assertThat(events)
                .filteredOn(e -> e.verdict() == Verdict.CALIBRATION_STALE)
                .extracting(e -> e.cohort().build())
                .containsExactly(STALE);
        assertThat(bench.requests()).extracting(r -> r.build()).containsExactly(STALE);
    }

    @Test
    void usualInputsThatInt8FollowsAreStable() {
        for (int w = 0; w < 4; w++) {
            bench.send(quiet(FRESH, NORTH, w));
        }

        assertThat(bench.verdicts()).extracting(VerdictEvent::verdict).containsExactly(Verdict.STABLE);
        assertThat(bench.health().inputs().orElseThrow()).singleElement().satisfies(humidity -> {
            assertThat(humidity.reference()).isEqualTo(new Counts(100, 400, 400, 100));
            assertThat(humidity.current()).isEqualTo(new Counts(400, 1600, 1600, 400));
        });
    }

    @Test
    void tooLittleDataStaysInsufficientAndIsVisible() {
        for (int w = 0; w < 8; w++) {
            bench.send(outdoors(key(STALE, NORTH, w, 0), fidelity(5, 5, 0, 0, 5)));
        }

        assertThat(bench.verdicts()).isEmpty();
        var health = bench.health();
        assertThat(health.verdict()).isEqualTo(Verdict.INSUFFICIENT);
        assertThat(health.fidelity().compared()).isEqualTo(30);
        assertThat(health.to()).isEqualTo(window(8));
        assertThat(health.from()).isEqualTo(window(2));
    }

    @Test
    void withoutAReferenceNothingIsCalledStable() {
        try (var blind = new Bench((m, b) -> Optional.empty())) {
            for (int w = 0; w < 6; w++) {
                blind.send(quiet(FRESH, NORTH, w));
            }

            assertThat(blind.verdicts()).isEmpty();
            var health = blind.health();
            assertThat(health.inputs()).isEmpty();
            assertThat(health.evidence())
                    .filteredOn(e -> e.measure().equals("psi"))
                    .singleElement()
                    .satisfies(e -> assertThat(e.samples()).isZero());
        }
    }

    @Test
    void oneOddWindowDoesNotTurnAVerdict() {
        // Given: stable on a short horizon, that is with a jump of time before the odd windows
        for (int w = 0; w < 4; w++) {
            bench.send(quiet(FRESH, NORTH, w));
        }
        assertThat(bench.verdicts()).hasSize(1);

        // When: after two hours without data one complete window has too little, the next enough
        bench.send(quiet(FRESH, NORTH, 30), quiet(FRESH, NORTH, 31), quiet(FRESH, NORTH, 32));

        // Then
        assertThat(bench.verdicts()).isEmpty();
        assertThat(bench.health().verdict()).isEqualTo(Verdict.STABLE);
    }

    @Test
    void theVerdictFollowsTheInputsBackAndForth() {
        for (int w = 0; w < 12; w++) {
            bench.send(quiet(FRESH, NORTH, w));
        }
        for (int w = 12; w < 24; w++) {
            bench.send(moved(FRESH, NORTH, w));
        }
        for (int w = 24; w < 36; w++) {
            bench.send(quiet(FRESH, NORTH, w));
        }

        assertThat(bench.verdicts())
                .extracting(VerdictEvent::verdict)
                .containsExactly(Verdict.STABLE, Verdict.DATA_DRIFT, Verdict.STABLE);
    }

    @Test
    void aHalfFilledWindowDoesNotVoteHoweverManyDeltasItGets() {
        bench.send(clipping(STALE, NORTH, 0), clipping(STALE, NORTH, 1));
        for (int sequence = 1; sequence < 10; sequence++) {
            bench.send(outdoors(key(STALE, NORTH, 1, sequence), fidelity(10, 10, 0, 0, 5)));
        }

        assertThat(bench.verdicts()).isEmpty();
        assertThat(bench.health().fidelity().compared()).isEqualTo(330);
    }

    @Test
    void aDeltaThatComesTwiceCountsOnce() {
        bench.send(clipping(STALE, NORTH, 0), clipping(STALE, NORTH, 1));
        bench.health();

        bench.send(clipping(STALE, NORTH, 0), clipping(STALE, NORTH, 1));
        bench.waits(Duration.ofSeconds(1));

        assertThat(bench.records(Topics.MODEL_HEALTH)).isEmpty();
        assertThat(bench.metrics.repeated).isEqualTo(2);
        assertThat(bench.metrics.merged).isEqualTo(2);
    }

    @Test
    void theHealthOfACohortIsToldOnceASecondHoweverManyDeltasCome() {
        bench.send(clipping(STALE, NORTH, 0), clipping(STALE, NORTH, 1), clipping(STALE, NORTH, 2));
        bench.waits(Duration.ofSeconds(1));

        assertThat(bench.values(Topics.MODEL_HEALTH, ModelHealth.class))
                .extracting(ModelHealth::to)
                .containsExactly(window(3));
    }

    @Test
    void twoDeltasOfOneWindowAddUpAndTheOrderDoesNotMatter() {
        bench.send(
                outdoors(key(STALE, NORTH, 0, 7), fidelity(30, 30, 0, 0, 1)),
                outdoors(key(STALE, NORTH, 0, 3), fidelity(40, 40, 0, 0, 2)));

        assertThat(bench.health().fidelity()).satisfies(f -> {
            assertThat(f.compared()).isEqualTo(70);
            assertThat(f.clipping().get(0).clippedWindows()).isEqualTo(3);
        });
    }

    @Test
    void aLateDeltaCorrectsItsWindowInsideTheHorizon() {
        // Given: window 1 is missing
        bench.send(clipping(STALE, NORTH, 0), clipping(STALE, NORTH, 2), clipping(STALE, NORTH, 3));
        assertThat(bench.health().fidelity().compared()).isEqualTo(360);

        // When
        bench.send(clipping(STALE, NORTH, 1));

        // Then: it is counted, and time has not gone back
        var health = bench.health();
        assertThat(health.fidelity().compared()).isEqualTo(480);
        assertThat(health.to()).isEqualTo(window(4));
    }

    @Test
    void aDeltaDaysLateIsKeptButDoesNotTouchThePresent() {
        bench.send(quiet(FRESH, NORTH, 0));
        var threeDays = 3 * 24 * 12;
        bench.send(quiet(FRESH, NORTH, threeDays));

        bench.send(quiet(FRESH, NORTH, 5));

        assertThat(bench.health().fidelity().compared()).isEqualTo(120);
        assertThat(bench.size(Stores.WINDOWS)).isEqualTo(3);
        assertThat(bench.metrics.refused).isEmpty();
    }

    @Test
    void aDeltaOlderThanTheRetentionIsADeadLetterAndOldWindowsAreForgotten() {
        // Given
        bench.send(quiet(FRESH, NORTH, 0), quiet(FRESH, NORTH, 1));
        var eightDays = 8 * 24 * 12;

        // When
        bench.send(quiet(FRESH, NORTH, eightDays), quiet(FRESH, NORTH, 2));

        // Then
        assertThat(bench.size(Stores.WINDOWS)).isEqualTo(1);
        assertThat(bench.records(Topics.DEAD_LETTERS)).singleElement().satisfies(record -> {
            assertThat(Headers.of(record))
                    .containsEntry("reason", "OUT_OF_RANGE")
                    .containsEntry("gateway", "gw-north");
            assertThat(Headers.of(record).get("detail")).contains("older than").contains("PT168H");
        });
    }

    @Test
    void aBuildThatNothingIsHeardOfForTheRetentionLeavesTheHealthTopic() {
        // Given
        bench.send(clipping(STALE, NORTH, 0));
        var eightDays = Duration.ofDays(8).dividedBy(Given.WINDOW);

        // When
        bench.send(quiet(FRESH, NORTH, (int) eightDays));

        // Then
        assertThat(bench.records(Topics.MODEL_HEALTH))
                .filteredOn(record -> record.value() == null)
                .extracting(record -> record.key())
                .containsExactly(Given.cohort(STALE, NORTH).key());
        assertThat(bench.size(Stores.COHORTS)).isEqualTo(1);
        assertThat(bench.size(Stores.WINDOWS)).isEqualTo(1);
    }

    @Test
    void sitesAreJudgedApart() {
        for (int w = 0; w < 4; w++) {
            bench.send(clipping(STALE, NORTH, w), quiet(STALE, SOUTH, w));
        }

        assertThat(bench.verdicts())
                .extracting(e -> e.cohort().site() + " " + e.verdict())
                .containsExactlyInAnyOrder("north CALIBRATION_STALE", "south STABLE");
    }

    @Test
    void theSameInputsGiveTheSameVerdictIds() {
        for (int w = 0; w < 4; w++) {
            bench.send(clipping(STALE, NORTH, w));
        }
        var first = bench.verdicts();

        try (var again = new Bench()) {
            for (int w = 0; w < 4; w++) {
                again.send(clipping(STALE, NORTH, w));
            }
            assertThat(again.verdicts()).isEqualTo(first);
        }
    }

    @Test
    void aDeltaThatComesAfterItsWindowVotedIsCountedAndWhatItWouldHaveChangedIsTold() {
        // Given
        for (int w = 0; w < 6; w++) {
            bench.send(Given.quiet(STALE, NORTH, w));
        }

        // When
        bench.send(Given.outdoors(Given.key(STALE, NORTH, 1, 7), Given.fidelity(120, 120, 0, 0, 120)));

        // Then
        assertThat(bench.metrics.late).isEqualTo(1);
        assertThat(bench.health().corrected().orElseThrow()).singleElement().satisfies(correction -> {
            assertThat(correction.window()).isEqualTo(Given.window(2));
            assertThat(correction.after()).isEqualTo(Verdict.CALIBRATION_STALE);
        });
    }
}
