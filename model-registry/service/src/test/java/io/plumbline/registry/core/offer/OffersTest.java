package io.plumbline.registry.core.offer;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.contract.id.Digest;
import io.plumbline.contract.id.ModelName;
import io.plumbline.contract.id.SiteId;
import io.plumbline.contract.message.RecalibrationEvent;
import io.plumbline.contract.message.RolloutEvent;
import io.plumbline.contract.message.RolloutStage;
import io.plumbline.registry.core.choice.Choice;
import io.plumbline.registry.core.job.JobEvent;
import io.plumbline.registry.core.job.MemoryJobStore;
import io.plumbline.registry.core.job.Pace;
import io.plumbline.registry.core.job.Recalibrations;
import io.plumbline.registry.core.job.Surroundings;
import io.plumbline.registry.core.recalibration.Coordinator;
import io.plumbline.registry.core.recalibration.Gate;
import io.plumbline.registry.core.recalibration.GatePolicy;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class OffersTest {

    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    private static final ModelName MODEL = new ModelName("one");
    private static final Digest BUILD = Digest.of(new byte[] {0});
    private static final Digest CANDIDATE = Digest.of(new byte[] {1});

    private final MemoryJobStore store = new MemoryJobStore();
    private final Recalibrations recalibrations = new Recalibrations(
            new Coordinator(new Gate(GatePolicy.DEFAULT), Choice.DEFAULT, Duration.ofSeconds(15)),
            new Pace(Duration.ZERO, 12),
            store,
            new Surroundings(
                    task -> {},
                    outcome -> {},
                    progress -> {},
                    order -> {
                        throw new IllegalStateException("nothing is built here");
                    },
                    Runnable::run),
            () -> NOW);
    private final Offers offers = new Offers(store);

    @BeforeEach
    void request() {
        recalibrations.requested(new RecalibrationEvent.Requested(
                "r-1", MODEL, BUILD, BUILD, List.of(new SiteId("north")), "stale", NOW));
    }

    @Test
    void eachStepOfTheRolloutIsInTheHistoryOnce() {
        // Given
        var canary = step("recalibration-r-1", 1, RolloutStage.CANARY, "one gateway first");
        var paused = step("recalibration-r-1", 2, RolloutStage.PAUSED, "too little evidence");
        var again = step("recalibration-r-1", 4, RolloutStage.PAUSED, "too little evidence");
        var wave = step("recalibration-r-1", 5, RolloutStage.WAVE, "it is no worse")
                .with(new RolloutEvent.Progress("OFFERING", 2, 5, Map.of(), Map.of(), "rules", BUILD));

        // When
        for (var event : List.of(canary, paused, again, wave, canary, wave)) {
            offers.heard(event, recalibrations);
        }

        // Then
        assertThat(told())
                .extracting(JobEvent::what)
                .containsExactly(
                        "its rollout: CANARY: one gateway first",
                        "its rollout: PAUSED: too little evidence",
                        "its rollout: PAUSED: too little evidence",
                        "its rollout: WAVE 2 of 5: it is no worse");
        assertThat(told()).extracting(JobEvent::at).contains(wave.at());
    }

    @Test
    void rolloutsOfPeopleAndOfJobsThatAreNotKnownAreNobodysHistory() {
        offers.heard(step("friday", 1, RolloutStage.CANARY, "by hand"), recalibrations);
        offers.heard(step("recalibration-r-2", 1, RolloutStage.CANARY, "of another registry"), recalibrations);

        assertThat(told()).isEmpty();
        assertThat(store.find("r-2")).isEmpty();
    }

    private List<JobEvent> told() {
        return store.history("r-1").stream()
                .filter(line -> line.what().startsWith("its rollout"))
                .toList();
    }

    private static RolloutEvent step(String rollout, long revision, RolloutStage stage, String because) {
        return new RolloutEvent(
                rollout,
                revision,
                MODEL,
                BUILD,
                CANDIDATE,
                stage,
                List.of(),
                because,
                List.of(),
                NOW.plusSeconds(revision));
    }
}
