package io.plumbline.fleet.core.control;

import static io.plumbline.fleet.testing.Fleets.BASELINE;
import static io.plumbline.fleet.testing.Fleets.CANDIDATE;
import static io.plumbline.fleet.testing.Fleets.GW_NORTH;
import static io.plumbline.fleet.testing.Fleets.MODEL;
import static io.plumbline.fleet.testing.Fleets.yaml;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.plumbline.contract.message.RolloutStage;
import io.plumbline.rollout.log.Cause.Wish;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class SecondThoughtsTest extends TwoSites {

    @Test
    void theSameRecalibrationIsOneRolloutHoweverOftenItIsHeard() throws Exception {
        // Given
        startClimateRollout();
        control.ask(last().rollout(), Wish.ABORT, "asked");
        // When
        control = restarted();
        control.request(accepted("verdict-1", BASELINE, CANDIDATE));
        control.look();
        control.look();
        // Then
        assertThat(control.state().active()).isEmpty();
    }

    @Test
    void aFileThatDeclaresWhatIsOnItsWayLetsTheRolloutGoOn() {
        // Given
        startClimateRollout();
        control.look();
        var running = last().rollout();
        // When
        apply(yaml(CANDIDATE));
        control.look();
        // Then
        assertThat(control.state().active())
                .extracting(active -> active.plan().id())
                .containsExactly(running);
        assertThat(stages()).doesNotContain(RolloutStage.ABORTED);
        assertThat(control.state().models().get(MODEL).declared()).isEqualTo(CANDIDATE);
    }

    @Test
    void twoRequestsThatWereAnsweredWithOneCandidateAreOneRollout() {
        // Given
        startClimateRollout();
        control.look();
        // When
        control.request(accepted("verdict-2", BASELINE, CANDIDATE));
        control.look();
        // Then
        assertThat(stages()).doesNotContain(RolloutStage.ABORTED);
        assertThat(control.state().active())
                .extracting(active -> active.plan().id())
                .containsExactly("recalibration-verdict-1");
    }

    @Test
    void aRequestThatJoinedARolloutIsAnsweredByItsEndEvenAfterARestart() throws Exception {
        // Given
        startClimateRollout();
        control.look();
        var joining = accepted("verdict-2", BASELINE, CANDIDATE);
        control.request(joining);
        control.look();
        clock.advance(Duration.ofSeconds(1));
        control.ask(last().rollout(), Wish.ABORT, "asked");
        // When
        control = restarted();
        control.request(joining);
        control.look();
        // Then
        assertThat(control.state().active()).isEmpty();
        // When
        control.request(accepted("verdict-3", BASELINE, CANDIDATE));
        control.look();
        // Then
        assertThat(control.state().active()).hasSize(1);
    }

    @Test
    void aRolloutGoesByThePolicyOfItsModel() throws Exception {
        // Given
        var frozen = yaml(BASELINE).replace("climate-event: {", "climate-event: {rollout: {freeze: true}, ");
        apply(frozen);

        // When
        control.start(MODEL, CANDIDATE, "asked");
        control.look();

        // Then
        assertThat(last().because()).isEqualTo("the first wave waits until the freeze is lifted");
        assertThat(last().progress().orElseThrow().thresholds()).containsEntry("freeze", "true");

        // When
        apply(yaml(BASELINE));
        control.look();

        // Then
        assertThat(last().stage()).isEqualTo(RolloutStage.CANARY);
    }

    @Test
    void aFileThatGoesBackEndsTheRolloutOfTheOneBefore() {
        // Given
        apply(yaml(BASELINE));
        apply(yaml(CANDIDATE));
        control.look();
        assertThat(build(GW_NORTH)).isEqualTo(CANDIDATE);
        // When
        apply(yaml(BASELINE));
        // Then
        assertThat(last().stage()).isEqualTo(RolloutStage.ABORTED);
        assertThat(control.state().active()).isEmpty();
        assertThat(build(GW_NORTH)).isEqualTo(BASELINE);
    }

    @Test
    void whatGatewaysKeptIsTakenBackByStartingTheBuildThatRuns() throws Exception {
        // Given
        startClimateRollout();
        control.look();
        control.ask(last().rollout(), Wish.ABORT_KEEP, "asked");
        assertThat(build(GW_NORTH)).isEqualTo(CANDIDATE);
        // When
        var started = control.start(MODEL, BASELINE, "ada asked for it");
        // Then
        assertThat(build(GW_NORTH)).isEqualTo(BASELINE);
        assertThat(started.rollout().event().because())
                .isEqualTo("ada asked for it: taken back from 1 gateway that had kept " + CANDIDATE.shortHex());
        assertThatThrownBy(() -> control.start(MODEL, BASELINE, "again")).isInstanceOf(NotNowException.class);
    }
}
