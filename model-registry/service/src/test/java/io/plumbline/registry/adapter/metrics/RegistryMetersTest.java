package io.plumbline.registry.adapter.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.plumbline.contract.id.Digest;
import io.plumbline.contract.id.GatewayId;
import io.plumbline.contract.id.ModelName;
import io.plumbline.contract.id.SiteId;
import io.plumbline.contract.id.StreamId;
import io.plumbline.contract.message.GatewayCounters;
import io.plumbline.contract.message.GatewayEvent;
import io.plumbline.contract.message.RecalibrationEvent;
import io.plumbline.registry.core.choice.Choice;
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
import org.junit.jupiter.api.Test;

class RegistryMetersTest {

    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    private static final SiteId NORTH = new SiteId("north");
    private static final ModelName MODEL = new ModelName("m");
    private static final Digest BUILD = Digest.of(new byte[] {0});

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final RegistryMeters meters = new RegistryMeters(registry);
    private Instant now = NOW;
    private final Recalibrations recalibrations = new Recalibrations(
            new Coordinator(new Gate(GatePolicy.DEFAULT), Choice.DEFAULT, Duration.ofHours(2)),
            new Pace(Duration.ZERO, 12),
            new MemoryJobStore(),
            new Surroundings(
                    task -> {},
                    outcome -> {},
                    progress -> {},
                    order -> {
                        throw new IllegalStateException("nothing is built here");
                    },
                    Runnable::run),
            () -> now);

    @Test
    void whatARuleLooksForIsCountedFromZeroSoThatItSeesTheFirst() {
        // Then
        var failed = registry.get("plumbline.registry.versions.built")
                .tags("outcome", "failed")
                .counter();
        var malformed = registry.get("plumbline.registry.malformed").counter();
        var waits = registry.get("plumbline.registry.waits").counter();
        assertThat(List.of(failed, malformed, waits)).allMatch(counter -> counter.count() == 0);

        // When
        meters.built(false);
        meters.malformed();
        meters.waits();

        // Then
        assertThat(List.of(failed, malformed, waits)).allMatch(counter -> counter.count() == 1);
    }

    @Test
    void theAgeIsThatOfTheOneThatHasStoodStillForLongest() {
        // Given
        meters.watch(recalibrations, () -> now);
        assertThat(value("plumbline.registry.recalibrations.open")).isZero();
        assertThat(value("plumbline.registry.recalibrations.age")).isZero();
        recalibrations.listening();
        recalibrations.heard(new GatewayEvent.Heartbeat(
                new GatewayId("gw-north"),
                NORTH,
                NOW,
                1,
                List.of(new GatewayEvent.RunningStream(new StreamId("s"), MODEL, BUILD)),
                new GatewayCounters(0, 0, 0, 0, 0)));
        // When
        recalibrations.requested(new RecalibrationEvent.Requested(
                "r-1", MODEL, Digest.of(new byte[] {1}), BUILD, List.of(NORTH), "stale", NOW));
        now = NOW.plusSeconds(90);
        // Then
        assertThat(value("plumbline.registry.recalibrations.open")).isEqualTo(1);
        assertThat(value("plumbline.registry.recalibrations.age")).isEqualTo(90);
    }

    private double value(String name) {
        return registry.get(name).gauge().value();
    }
}
