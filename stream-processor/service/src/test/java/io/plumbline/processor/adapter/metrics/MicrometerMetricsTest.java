package io.plumbline.processor.adapter.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.plumbline.contract.Topics;
import io.plumbline.contract.message.Verdict;
import org.junit.jupiter.api.Test;

class MicrometerMetricsTest {

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final MicrometerMetrics metrics = new MicrometerMetrics(registry);

    @Test
    void whatARuleLooksForIsCountedFromZeroSoThatItSeesTheFirst() {
        // Then
        var before = registry.getMeters().size();
        assertThat(count("plumbline.processor.refused", "topic", Topics.LABELS)).isZero();
        assertThat(count("plumbline.processor.repeated", "topic", Topics.RESULTS))
                .isZero();
        assertThat(count("plumbline.processor.verdicts", "verdict", "CONCEPT_DRIFT"))
                .isZero();

        // When
        metrics.refused(Topics.LABELS);
        metrics.repeated(Topics.RESULTS);
        metrics.verdictChanged(Verdict.CONCEPT_DRIFT);

        // Then
        assertThat(registry.getMeters()).as("the same counters").hasSize(before);
        assertThat(count("plumbline.processor.refused", "topic", Topics.LABELS)).isEqualTo(1);
        assertThat(count("plumbline.processor.repeated", "topic", Topics.RESULTS))
                .isEqualTo(1);
        assertThat(count("plumbline.processor.verdicts", "verdict", "CONCEPT_DRIFT"))
                .isEqualTo(1);
    }

    private double count(String name, String... tags) {
        return registry.get(name).tags(tags).counter().count();
    }
}
