package io.plumbline.fleet.core.console.drift;

import static io.plumbline.fleet.testing.Fleets.BASELINE;
import static io.plumbline.fleet.testing.Fleets.CANDIDATE;
import static io.plumbline.fleet.testing.Fleets.MODEL;
import static io.plumbline.fleet.testing.Fleets.NORTH;
import static io.plumbline.fleet.testing.Fleets.T0;
import static io.plumbline.fleet.testing.Fleets.VERSION;
import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.contract.id.GatewayId;
import io.plumbline.contract.message.Alert;
import io.plumbline.contract.message.AlertChange;
import io.plumbline.contract.message.AlertKind;
import io.plumbline.contract.message.Cohort;
import io.plumbline.contract.message.RolloutEvent;
import io.plumbline.contract.message.RolloutStage;
import io.plumbline.contract.message.Verdict;
import io.plumbline.fleet.core.console.chart.Mark;
import io.plumbline.fleet.core.view.Heard;
import io.plumbline.fleet.testing.Alerts;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class DriftMarksTest {

    private static final Cohort COHORT = new Cohort(MODEL, VERSION, BASELINE, NORTH);

    @Test
    void gatewaysThatComeAndGoPushOutNothingThatHappenedToTheModel() {
        // Given
        var flapping = IntStream.range(0, 20)
                .mapToObj(i -> Alerts.alert(
                        AlertKind.GATEWAY_SILENT,
                        Alert.Subject.of(NORTH, new GatewayId("gw-" + i)),
                        1,
                        AlertChange.RESOLVED));
        var verdict = new Heard<>(Alerts.verdict(Verdict.CALIBRATION_STALE, T0), T0.minusSeconds(600));
        var step = new RolloutEvent(
                "ro-1",
                1,
                MODEL,
                BASELINE,
                CANDIDATE,
                RolloutStage.CANARY,
                List.of(),
                "told",
                List.of(),
                T0.minusSeconds(60));
        // When: the verdict is not among those that were heard of late
        var marks = new DriftMarks(COHORT)
                .verdicts(List.of(), Optional.of(verdict))
                .rollouts(List.of(step))
                .alerts(flapping)
                .newestFirst();
        // Then
        assertThat(marks).hasSize(2 + DriftMarks.MOST_OF_GATEWAYS);
        assertThat(marks)
                .extracting(Mark::words)
                .anyMatch(words -> words.startsWith("verdict on"))
                .anyMatch(words -> words.startsWith("rollout of"));
    }
}
