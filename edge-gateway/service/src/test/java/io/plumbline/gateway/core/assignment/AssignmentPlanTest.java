package io.plumbline.gateway.core.assignment;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.contract.fleet.Assignment;
import io.plumbline.contract.fleet.PayloadLayout;
import io.plumbline.contract.fleet.StreamAssignment;
import io.plumbline.contract.id.GatewayId;
import io.plumbline.contract.id.SiteId;
import io.plumbline.gateway.testing.Motes;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class AssignmentPlanTest {

    private static final StreamAssignment NOW = Motes.stream("one");

    @Test
    void aStreamThatReadsOtherPayloadsIsLoadedAgainSinceTheyAreCheckedAgainstTheCard() {
        // When
        var plan = plan(stream(NOW.statsWindow(), Optional.of(PayloadLayout.JSON)));

        // Then
        assertThat(plan.load()).hasSize(1);
        assertThat(plan.adjust()).isEmpty();
    }

    @Test
    void otherSettingsAreAdjusted() {
        // When
        var plan = plan(stream(Duration.ofMinutes(1), NOW.payload()));

        // Then
        assertThat(plan.load()).isEmpty();
        assertThat(plan.adjust()).hasSize(1);
    }

    private static AssignmentPlan plan(StreamAssignment wanted) {
        return AssignmentPlan.of(
                Map.of(NOW.stream(), NOW),
                new Assignment(new GatewayId("gw"), new SiteId("north"), 2, List.of(wanted)));
    }

    private static StreamAssignment stream(Duration window, Optional<PayloadLayout> payload) {
        return new StreamAssignment(
                NOW.stream(),
                NOW.topic(),
                NOW.devices(),
                NOW.model(),
                NOW.build(),
                NOW.shadowShare(),
                window,
                NOW.neighbours(),
                NOW.frames(),
                payload,
                NOW.subscription(),
                NOW.sources());
    }
}
