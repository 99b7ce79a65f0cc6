package io.plumbline.fleet.core.alert;

import static io.plumbline.fleet.testing.Fleets.BASELINE;
import static io.plumbline.fleet.testing.Fleets.GW_NORTH;
import static io.plumbline.fleet.testing.Fleets.MODEL;
import static io.plumbline.fleet.testing.Fleets.NORTH;
import static io.plumbline.fleet.testing.Fleets.T0;
import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.contract.message.AlertKind;
import io.plumbline.contract.message.GatewayEvent;
import io.plumbline.contract.message.RolloutStage;
import io.plumbline.contract.message.Verdict;
import io.plumbline.fleet.testing.Fleets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** How long it is remembered what was looked at. */
class MarksTest extends DeskStory {

    private static final Duration YEAR = Duration.ofDays(365);

    @Test
    void lossesOfLastYearAreNotToldAgain() {
        // Given
        losing(30);
        now = now.plus(YEAR);
        losing(30);
        assertThat(open()).isEmpty();
        // When
        desk = restarted();
        losing(30);
        // Then
        assertThat(open()).isEmpty();
        assertThat(desk.book().marks()).containsKey("lost|" + GW_NORTH);
    }

    @Test
    void aRolloutThatWasCompleteLastYearDoesNotEndTheFailureOfANewerOne() {
        // Given
        rollouts = List.of(rollout("old", 4, RolloutStage.COMPLETED));
        look();
        now = now.plus(YEAR);
        look();
        rollouts =
                List.of(rollout("old", 4, RolloutStage.COMPLETED), rollout("new", 3, RolloutStage.ROLLING_BACK, now));
        look();
        // When
        desk = restarted();
        pass(Duration.ofSeconds(1));
        // Then
        assertThat(open()).extracting(alert -> alert.kind()).containsExactly(AlertKind.ROLLOUT_FAILED);
    }

    @Test
    void aVerdictThatHasBeenBadForAYearComesBackWithItsBuild() {
        // Given
        hear(Verdict.CALIBRATION_STALE, T0);
        pass(YEAR);
        places = List.of();
        pass(Duration.ofDays(1));
        // When
        places = List.of(PLACE);
        look();
        // Then
        assertThat(open()).extracting(alert -> alert.kind()).containsExactly(AlertKind.CALIBRATION_STALE);
    }

    @Test
    void whatAGatewaySaidThatLeftLongAgoIsForgotten() {
        // Given
        losing(30);
        for (int i = 0; i < 3; i++) {
            var at = T0.plusSeconds(i);
            hear(Signs.of(Fleets.refused(GW_NORTH, BASELINE, i, at)).orElseThrow());
            hear(Signs.of(new GatewayEvent.BuildActivated(
                            GW_NORTH, NORTH, at, Fleets.STREAM, MODEL, BASELINE, i, Optional.empty()))
                    .orElseThrow());
        }
        assertThat(desk.book().marks()).hasSize(7);
        // When
        gateways = List.of();
        places = List.of();
        pass(Sweep.REMEMBERED);
        // Then
        assertThat(desk.book().marks()).isEmpty();
        assertThat(store.changes().get(store.changes().size() - 1).forgottenMarks())
                .hasSize(7);
    }
}
