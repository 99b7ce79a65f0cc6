package io.plumbline.processor.topology;

import static io.plumbline.processor.topology.Given.NORTH;
import static io.plumbline.processor.topology.Given.STALE;
import static io.plumbline.processor.topology.Given.label;
import static io.plumbline.processor.topology.Given.quiet;
import static io.plumbline.processor.topology.Given.result;
import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.contract.Topics;
import io.plumbline.contract.id.DeviceId;
import io.plumbline.contract.message.ConfidenceSketch;
import io.plumbline.contract.message.LabelScore;
import io.plumbline.contract.message.SensorFaults;
import io.plumbline.contract.message.StatsDelta;
import io.plumbline.contract.message.Verdict;
import io.plumbline.contract.wire.Counts;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LabelTopologyTest {

    private static final DeviceId ONE = new DeviceId("north-1");
    private static final DeviceId TWO = new DeviceId("north-2");

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
    void labelsCountWhicheverSideComesFirst() {
        // Given: one result before and one after its label
        bench.send(result(ONE, 5, "normal"));
        bench.send(label(ONE, 5, "event"), label(TWO, 5, "event"));
        bench.send(result(TWO, 5, "event"));

        // When
        bench.send(quiet(STALE, NORTH, 0));

        // Then
        var health = bench.health();
        assertThat(health.labels())
                .containsExactlyInAnyOrder(new LabelScore("event", 2, 1, 1), new LabelScore("normal", 0, 0, 1));
        assertThat(health.accuracy()).contains(0.5);
    }

    @Test
    void repeatedResultsAndLabelsCountOnce() {
        bench.send(result(ONE, 5, "event"), result(ONE, 5, "event"));
        bench.send(label(ONE, 5, "event"), label(ONE, 5, "event"), label(ONE, 5, "normal"));
        bench.send(result(ONE, 5, "normal"));
        bench.send(quiet(STALE, NORTH, 0));

        assertThat(bench.health().labels()).containsExactly(new LabelScore("event", 1, 1, 1));
        assertThat(bench.metrics.paired).isEqualTo(1);
        assertThat(bench.metrics.repeated).isEqualTo(4);
    }

    @Test
    void aResultWithoutAPredictionHasNothingToBeRightAbout() {
        bench.send(result(ONE, 5, ""));
        bench.send(label(ONE, 5, "normal"));
        bench.send(quiet(STALE, NORTH, 0));

        assertThat(bench.health().labels()).isEmpty();
        assertThat(bench.metrics.paired).isZero();
    }

    @Test
    void labelsThatComeAfterTheStatisticsAreToldWithinASecond() {
        // Given
        bench.send(quiet(STALE, NORTH, 0));
        bench.send(result(ONE, 5, "event"));
        assertThat(bench.health().labels()).isEmpty();

        // When
        bench.send(label(ONE, 5, "event"));
        bench.waits(Duration.ofSeconds(1));

        // Then
        assertThat(bench.health().labels()).containsExactly(new LabelScore("event", 1, 1, 1));
    }

    @Test
    void labelsTwoMinutesBehindTheirReadingsAreInTheHealthOfTheFirstWindowAndInEveryOneAfter() {
        // Given: a reading every five seconds, its label two minutes later, statistics at the end of each window
        for (int second = 0; second < 1500; second += 5) {
            bench.send(result(ONE, second, "event"));
            if (second >= 120) {
                bench.send(label(ONE, second - 120, "event"));
            }
            if (second % 300 == 295) {
                // When
                bench.send(quiet(STALE, NORTH, second / 300));

                // Then
                var health = bench.health();
                assertThat(health.accuracy()).contains(1.0);
                assertThat(health.labels().get(0).labelled()).isEqualTo((second - 120) / 5 + 1);
            }
        }
    }

    @Test
    void labelsTeachWhatConfidencePromisesOnceTheyStop() {
        // Given: answers of score 0.9, half of them right
        for (int second = 0; second < 1500; second += 5) {
            bench.send(result(ONE, second, "event"));
            bench.send(label(ONE, second, second % 2 == 0 ? "event" : "normal"));
        }
        for (int w = 0; w < 5; w++) {
            bench.send(sure(w));
        }

        // When: nobody labels any more
        for (int w = 20; w < 28; w++) {
            bench.send(sure(w));
        }

        // Then
        var health = bench.health();
        assertThat(health.labels()).isEmpty();
        assertThat(health.evidence())
                .filteredOn(e -> e.measure().equals("estimated-accuracy"))
                .singleElement()
                .satisfies(e -> {
                    assertThat(e.value()).isEqualTo(0.5);
                    assertThat(e.samples()).isEqualTo((6 + 5) * 240);
                    assertThat(e.breached()).isTrue();
                });
        assertThat(health.verdict()).isEqualTo(Verdict.CONCEPT_DRIFT);
    }

    /** A quiet window whose answers have the score of all results. */
    private static StatsDelta sure(int window) {
        var quiet = quiet(STALE, NORTH, window);
        var bins = new long[ConfidenceSketch.BINS];
        bins[ConfidenceSketch.binOf(0.9)] = quiet.readings();
        return new StatsDelta(
                quiet.key(),
                quiet.readings(),
                quiet.predictions(),
                quiet.fidelity(),
                quiet.features(),
                quiet.latency(),
                SensorFaults.NONE,
                List.of(new ConfidenceSketch("event", new Counts(bins), 0, 0)));
    }

    @Test
    void healthIsNotToldAgainWhenNoLabelCame() {
        bench.send(quiet(STALE, NORTH, 0));
        bench.health();

        bench.waits(Duration.ofSeconds(10));

        assertThat(bench.records(Topics.MODEL_HEALTH)).isEmpty();
    }

    @Test
    void onlyLabelsOfTheHorizonCount() {
        // Given: a label in window 0, and a horizon that has moved past it
        bench.send(result(ONE, 5, "event"));
        bench.send(label(ONE, 5, "event"));
        for (int w = 0; w < 7; w++) {
            bench.send(quiet(STALE, NORTH, w));
        }

        assertThat(bench.health().labels()).isEmpty();
    }

    @Test
    void aLabelLaterThanTheRetentionIsLeftOut() {
        var day = 24 * 3600;
        bench.send(result(ONE, 5, "event"), result(ONE, day + 10, "event"));

        bench.send(label(ONE, 5, "event"), label(ONE, day + 10, "event"));

        assertThat(bench.metrics.refused).containsExactly(Topics.LABELS);
        assertThat(bench.metrics.paired).isEqualTo(1);
    }

    @Test
    void whatWaitsForItsOtherSideIsForgottenInTheTimeOfItsOwnDevice() {
        // Given: a day of results of one device, one result of another
        bench.send(result(TWO, 0, "normal"));
        var hour = 3600;
        for (int h = 0; h < 24 * 5; h++) {
            bench.send(result(ONE, h * hour, "normal"));
        }

        // Then: no more than the retention and one sweep are kept, and the device that stands still loses nothing
        assertThat(bench.size(Stores.PAIRS)).isBetween(24, 28);
        bench.send(label(TWO, 0, "normal"));
        assertThat(bench.metrics.paired).isEqualTo(1);
    }
}
