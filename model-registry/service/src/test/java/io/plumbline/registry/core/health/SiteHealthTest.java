package io.plumbline.registry.core.health;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.contract.id.Digest;
import io.plumbline.contract.id.ModelName;
import io.plumbline.contract.id.SiteId;
import io.plumbline.contract.message.Cohort;
import io.plumbline.contract.message.Fidelity;
import io.plumbline.contract.message.InputHistogram;
import io.plumbline.contract.message.LatencyHistogram;
import io.plumbline.contract.message.ModelHealth;
import io.plumbline.contract.message.RecalibrationEvent.Requested;
import io.plumbline.contract.message.Verdict;
import io.plumbline.contract.wire.Counts;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SiteHealthTest {

    private static final ModelName MODEL = new ModelName("m");
    private static final Digest VERSION = Digest.of(new byte[] {1});
    private static final Digest BUILD = Digest.of(new byte[] {2});
    private static final Digest OTHER = Digest.of(new byte[] {3});
    private static final SiteId NORTH = new SiteId("north");
    private static final SiteId SOUTH = new SiteId("south");

    private final SiteHealth health = new SiteHealth();

    @Test
    void whatTheSitesOfARequestReadIsTakenTogether() {
        // When
        health.hear(of(BUILD, NORTH, live("t", 1, 2), live("rh", 3, 4)));
        health.hear(of(BUILD, SOUTH, live("t", 10, 20)));
        health.hear(of(BUILD, new SiteId("elsewhere"), live("t", 100, 200)));
        health.hear(of(OTHER, NORTH, live("t", 1000, 2000)));

        // Then
        assertThat(health.live(request())).containsExactlyInAnyOrder(live("t", 11, 22), live("rh", 3, 4));
    }

    @Test
    void theNewestWordOfASiteReplacesTheOneBefore() {
        health.hear(of(BUILD, NORTH, live("t", 1, 2)));
        health.hear(of(BUILD, NORTH, live("t", 5, 6)));
        assertThat(health.live(request())).containsExactly(live("t", 5, 6));
        health.hear(of(BUILD, NORTH));
        assertThat(health.live(request())).isEmpty();
    }

    @Test
    void whatIsGoneOrIsToBeHeardAnewIsForgotten() {
        var north = of(BUILD, NORTH, live("t", 1, 2));
        health.hear(north);
        health.forget(north.cohort().key());
        assertThat(health.live(request())).isEmpty();
        health.hear(north);
        health.unknown();
        assertThat(health.live(request())).isEmpty();
    }

    @Test
    void binsOfAnotherProfileAreNotAddedToThem() {
        health.hear(of(BUILD, NORTH, live("t", 1, 2)));
        health.hear(of(BUILD, SOUTH, new InputHistogram("t", List.of(8.0), new Counts(1, 1), new Counts(7, 7), 0)));
        assertThat(health.live(request())).containsExactly(live("t", 1, 2));
    }

    private static InputHistogram live(String feature, long low, long high) {
        return new InputHistogram(feature, List.of(0.5), new Counts(1, 1), new Counts(low, high), 0);
    }

    private static Requested request() {
        return new Requested("r-1", MODEL, VERSION, BUILD, List.of(NORTH, SOUTH), "stale", Instant.EPOCH);
    }

    private static ModelHealth of(Digest build, SiteId site, InputHistogram... inputs) {
        return new ModelHealth(
                        new Cohort(MODEL, VERSION, build, site),
                        Instant.EPOCH,
                        Instant.EPOCH.plusSeconds(300),
                        800,
                        Fidelity.NONE,
                        List.of(),
                        LatencyHistogram.EMPTY,
                        Verdict.CALIBRATION_STALE,
                        List.of(),
                        Optional.empty())
                .with(Optional.of(List.of(inputs)));
    }
}
