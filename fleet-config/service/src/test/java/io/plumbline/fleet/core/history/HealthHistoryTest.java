package io.plumbline.fleet.core.history;

import static io.plumbline.fleet.testing.Fleets.BASELINE;
import static io.plumbline.fleet.testing.Fleets.NORTH;
import static io.plumbline.fleet.testing.Fleets.T0;
import static io.plumbline.fleet.testing.Fleets.faithful;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.plumbline.contract.id.Digest;
import io.plumbline.contract.id.SiteId;
import io.plumbline.contract.message.Cohort;
import io.plumbline.contract.message.Evidence;
import io.plumbline.contract.message.ModelHealth;
import io.plumbline.fleet.testing.Fleets;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class HealthHistoryTest {

    private final HealthHistory history = new HealthHistory();

    @Test
    void keepsTheWholePastAndTheNewestFinest() {
        // When
        for (int second = 0; second <= 10_000; second++) {
            history.add(health(psi("humidity", second, 100)), T0.plusSeconds(second));
        }
        // Then
        var dots = tracks().get(0).dots();
        assertThat(dots).hasSizeBetween(CohortHistory.MOST_POINTS / 2, CohortHistory.MOST_POINTS);
        assertThat(dots.get(0).at()).isEqualTo(T0);
        assertThat(dots.subList(dots.size() - 3, dots.size()))
                .extracting(Dot::value)
                .containsExactly(9998.0, 9999.0, 10_000.0);
        assertThat(dots).extracting(Dot::at).isSorted();
    }

    @Test
    void aNightOfNewsEverySecondLeavesSomethingOfEveryAge() {
        // When
        var last = 60_000;
        for (int second = 0; second <= last; second++) {
            history.add(health(psi("humidity", second, 100)), T0.plusSeconds(second));
        }
        // Then: between any age and twice of it there are several points
        var ages = tracks().get(0).dots().stream()
                .map(dot -> Duration.between(dot.at(), T0.plusSeconds(last)).toSeconds())
                .toList();
        for (long age = 8; 2 * age < last; age *= 2) {
            var from = age;
            assertThat(ages.stream()
                            .filter(one -> one >= from && one < 2 * from)
                            .count())
                    .as("points from " + age + " to " + 2 * age + " seconds ago")
                    .isBetween(4L, 40L);
        }
    }

    @Test
    void whatCouldNotBeEvaluatedIsAGapAndWhatComesLaterBeginsLater() {
        // When
        history.add(health(psi("humidity", 0.1, 100)), T0);
        history.add(health(psi("humidity", 0, 0), psi("light", 0.3, 50)), T0.plusSeconds(5));
        // Then
        assertThat(tracks())
                .extracting(Track::subject, track -> track.dots().size())
                .containsExactly(tuple("humidity", 1), tuple("light", 1));
    }

    @Test
    void takesOnlySoManyCohortsAndSoManyTracks() {
        // When
        for (int site = 0; site <= HealthHistory.MOST_COHORTS; site++) {
            history.add(health(new SiteId("site-" + site), List.of(psi("humidity", 1, 1))), T0);
        }
        history.add(
                health(IntStream.range(0, 100)
                        .mapToObj(feature -> psi("feature-" + feature, 1, 1))
                        .toArray(Evidence[]::new)),
                T0);
        // Then
        assertThat(history.of(health(new SiteId("site-0"), List.of()).cohort())).isEmpty();
        assertThat(history.of(health(new SiteId("site-500"), List.of()).cohort()))
                .hasSize(1);
        assertThat(tracks()).hasSize(CohortHistory.MOST_TRACKS);
    }

    @Test
    void knowsWhatRanOnTheSiteBeforeButNotWhatRanElsewhere() {
        // Given
        history.add(health(NORTH, Fleets.build("before"), List.of(psi("humidity", 0.5, 100))), T0);
        history.add(health(Fleets.SOUTH, BASELINE, List.of(psi("humidity", 0.9, 100))), T0);
        history.add(health(psi("humidity", 0.1, 100)), T0.plusSeconds(5));
        // Then
        assertThat(tracks())
                .singleElement()
                .satisfies(track -> assertThat(track.dots())
                        .extracting(Dot::build)
                        .containsExactly(Fleets.build("before"), BASELINE));
    }

    private List<Track> tracks() {
        return history.of(health().cohort());
    }

    private static Evidence psi(String feature, double value, long samples) {
        return new Evidence("psi", feature, value, value, value, 0.2, samples, value > 0.2);
    }

    private static ModelHealth health(Evidence... evidence) {
        return health(NORTH, List.of(evidence));
    }

    private static ModelHealth health(SiteId site, List<Evidence> evidence) {
        return health(site, BASELINE, evidence);
    }

    private static ModelHealth health(SiteId site, Digest build, List<Evidence> evidence) {
        var some = Fleets.health(BASELINE, site, faithful(), T0);
        return new ModelHealth(
                new Cohort(some.cohort().model(), some.cohort().version(), build, site),
                some.from(),
                some.to(),
                some.readings(),
                some.fidelity(),
                some.labels(),
                some.latency(),
                some.verdict(),
                evidence,
                some.corrected());
    }
}
