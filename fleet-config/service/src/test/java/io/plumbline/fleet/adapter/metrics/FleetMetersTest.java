package io.plumbline.fleet.adapter.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.plumbline.contract.Topics;
import org.junit.jupiter.api.Test;

class FleetMetersTest {

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final FleetMeters meters = new FleetMeters(registry);

    @Test
    void whatARuleLooksForIsCountedFromZeroSoThatItSeesTheFirst() {
        // Then
        var before = registry.getMeters().size();
        assertThat(count("plumbline.fleet.malformed", "topic", Topics.VERDICTS)).isZero();
        assertThat(count("plumbline.fleet.failed", "topic", Topics.VERDICTS)).isZero();
        assertThat(count("plumbline.fleet.looks.failed")).isZero();
        assertThat(count("plumbline.fleet.announcements", "confirmed", "false")).isZero();
        assertThat(count("plumbline.fleet.rollout.steps", "stage", "rolling_back"))
                .isZero();

        // When
        meters.malformed(Topics.VERDICTS);
        meters.failed(Topics.VERDICTS);
        meters.lookFailed();
        meters.announced(false);

        // Then
        assertThat(registry.getMeters()).as("the same counters").hasSize(before);
        assertThat(count("plumbline.fleet.malformed", "topic", Topics.VERDICTS)).isEqualTo(1);
        assertThat(count("plumbline.fleet.failed", "topic", Topics.VERDICTS)).isEqualTo(1);
        assertThat(count("plumbline.fleet.looks.failed")).isEqualTo(1);
        assertThat(count("plumbline.fleet.announcements", "confirmed", "false")).isEqualTo(1);
    }

    private double count(String name, String... tags) {
        return registry.get(name).tags(tags).counter().count();
    }
}
