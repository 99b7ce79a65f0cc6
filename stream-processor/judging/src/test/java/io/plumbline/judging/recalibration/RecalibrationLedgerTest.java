package io.plumbline.judging.recalibration;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.contract.id.Digest;
import io.plumbline.contract.id.ModelName;
import io.plumbline.contract.id.SiteId;
import io.plumbline.contract.message.Cohort;
import io.plumbline.contract.message.RecalibrationEvent.Requested;
import io.plumbline.contract.wire.Json;
import io.plumbline.judging.policy.RecalibrationPolicy;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RecalibrationLedgerTest {

    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
    private static final RecalibrationPolicy POLICY =
            new RecalibrationPolicy(Duration.ofHours(4), 3, Duration.ofMinutes(30));

    private final List<Requested> requests = new ArrayList<>();
    private RecalibrationLedger ledger = RecalibrationLedger.EMPTY;

    @Test
    void theFirstSignalAsksAtOnce() {
        signal("a", "north", 0);

        assertThat(requests).hasSize(1);
    }

    @Test
    void theSameSignalAgainAsksForNothingEvenWithoutACooldown() {
        var eager = new RecalibrationPolicy(Duration.ZERO, 10, Duration.ofMinutes(30));
        var signal = signalOf("a", "north", 0);

        var first = RecalibrationLedger.EMPTY.decide(signal, eager);
        var second = first.ledger().decide(signal, eager);

        assertThat(first.request()).isPresent();
        assertThat(second.request()).isEmpty();
    }

    @Test
    void theCooldownIsPerBuildAndEndsOnTheMinute() {
        signal("a", "north", 0);
        signal("a", "north", 239);
        assertThat(requests).hasSize(1);

        signal("a", "north", 240);

        assertThat(requests).hasSize(2);
    }

    @Test
    void anOldBuildThatStillRunsElsewhereKeepsItsCooldownWhenANewOneIsStaleToo() {
        signal("a", "north", 0);
        signal("b", "north", 60);
        signal("a", "south", 65);
        signal("b", "north", 70);

        assertThat(requests).extracting(Requested::build).containsExactly(build("a"), build("b"));
    }

    @Test
    void theBudgetHoldsForAnyDay() {
        for (int hour = 0; hour < 30; hour += 2) {
            signal("build-" + hour, "north", 60 * hour);
        }

        assertThat(requests)
                .extracting(r -> Duration.between(START, r.at()).toHours())
                .containsExactly(0L, 2L, 4L, 24L, 26L, 28L);
    }

    @Test
    void sitesThatWereStaleALongTimeAgoAreNotNamed() {
        signal("a", "south", 0);
        signal("a", "west", 220);
        signal("a", "north", 245);

        assertThat(requests.get(1).sites()).containsExactly(new SiteId("north"), new SiteId("west"));
    }

    @Test
    void aSignalFromThePastAsksForNothing() {
        signal("a", "north", 600);
        signal("a", "south", 0);

        assertThat(requests).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void noSequenceOfSignalsGrowsTheLedgerOrBreaksTheBudget(long seed) {
        // Given
        var random = new Random(seed);

        // When
        for (int i = 0; i < 2_000; i++) {
            signal("build-" + random.nextInt(40), "site-" + random.nextInt(5), i * 7 + random.nextInt(300));
        }

        // Then
        assertThat(ledger.builds()).as("seed %d", seed).hasSizeLessThanOrEqualTo(RecalibrationLedger.MOST_BUILDS);
        for (var request : requests) {
            var day = requests.stream()
                    .filter(r -> !r.at().isAfter(request.at()))
                    .filter(r -> r.at().isAfter(request.at().minus(Duration.ofDays(1))))
                    .count();
            assertThat(day).as("seed %d at %s", seed, request.at()).isLessThanOrEqualTo(POLICY.dailyBudget());
        }
    }

    private void signal(String build, String site, int minute) {
        var decision = ledger.decide(signalOf(build, site, minute), POLICY);
        ledger = Json.decode(Json.encode(decision.ledger()), RecalibrationLedger.class);
        decision.request().ifPresent(requests::add);
    }

    private static StaleSignal signalOf(String build, String site, int minute) {
        var cohort = new Cohort(new ModelName("m"), build("version"), build(build), new SiteId(site));
        return new StaleSignal(build + site + minute, cohort, START.plusSeconds(60L * minute), "it clips");
    }

    private static Digest build(String name) {
        return Digest.of(name.getBytes(StandardCharsets.UTF_8));
    }
}
