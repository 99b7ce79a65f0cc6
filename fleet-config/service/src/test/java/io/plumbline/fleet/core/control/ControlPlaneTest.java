package io.plumbline.fleet.core.control;

import static io.plumbline.fleet.testing.Fleets.BASELINE;
import static io.plumbline.fleet.testing.Fleets.CANDIDATE;
import static io.plumbline.fleet.testing.Fleets.GW_NORTH;
import static io.plumbline.fleet.testing.Fleets.GW_SOUTH;
import static io.plumbline.fleet.testing.Fleets.MODEL;
import static io.plumbline.fleet.testing.Fleets.T0;
import static io.plumbline.fleet.testing.Fleets.yaml;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.plumbline.contract.id.Digest;
import io.plumbline.contract.id.ModelName;
import io.plumbline.contract.message.RolloutEvent;
import io.plumbline.contract.message.RolloutStage;
import io.plumbline.database.StoreUnavailableException;
import io.plumbline.fleet.testing.Fleets;
import io.plumbline.rollout.log.Cause.Wish;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class ControlPlaneTest extends TwoSites {

    private static final Digest THIRD = Fleets.build("third");

    @Test
    void theSameFileTwiceChangesNothing() {
        // Given
        var first = apply(yaml(BASELINE));
        // When
        var again = apply(yaml(BASELINE));
        // Then
        assertThat(first.changed()).isTrue();
        assertThat(again.changed()).isFalse();
        assertThat(again.version()).isEqualTo(first.version());
        assertThat(generation(GW_NORTH)).isEqualTo(1);
        assertThat(store.commits()).isEqualTo(1);
    }

    @Test
    void onlyGatewaysWhoseWorkChangesGetANewGeneration() {
        // Given
        apply(yaml(BASELINE));
        // When
        apply(yaml(BASELINE).replace("devices: [south-1]", "devices: [south-1, south-2]"));
        // Then
        assertThat(generation(GW_NORTH)).isEqualTo(1);
        assertThat(generation(GW_SOUTH)).isEqualTo(2);
    }

    @Test
    void aGatewayThatLeavesAndReturnsNeverGoesBackInGeneration() {
        // Given
        apply(yaml(BASELINE));
        var without = yaml(BASELINE).replace("  south: {gateways: [gw-south], devices: [south-1]}\n", "");
        // When
        apply(without);
        var gone = control.state().inForce();
        apply(yaml(BASELINE).replace("devices: [south-1]", "devices: [south-9]"));
        // Then
        assertThat(gone).hasSize(1);
        assertThat(generation(GW_SOUTH)).isEqualTo(3);
    }

    @Test
    void aGatewayThatLeavesIsToldToRunNothing() {
        // Given
        apply(yaml(BASELINE));

        // When
        apply(yaml(BASELINE).replace("  south: {gateways: [gw-south], devices: [south-1]}\n", ""));
        apply(yaml(BASELINE).replace("  south: {gateways: [gw-south], devices: [south-1]}\n", "\n"));

        // Then
        assertThat(control.state().assigned().get(GW_SOUTH).streams()).isEmpty();
        assertThat(generation(GW_SOUTH)).isEqualTo(2);
    }

    @Test
    void aChangeThatTheStoreTookBeforeTheConnectionBrokeIsNotWrittenAgain() {
        // Given
        apply(yaml(BASELINE));
        store.breakDownAfterTaking();
        assertThatThrownBy(() -> apply(yaml(BASELINE).replace("devices: [south-1]", "devices: [south-9]")))
                .isInstanceOf(StoreUnavailableException.class);
        store.repair();

        // When
        control.look();

        // Then
        assertThat(generation(GW_SOUTH)).isEqualTo(2);
        assertThat(control.state()).isEqualTo(store.load());
    }

    @Test
    void outrunsAGatewayThatKnowsALaterGenerationThanAFreshDatabase() {
        // Given
        apply(yaml(BASELINE));
        heard.on(Fleets.beat(GW_NORTH, BASELINE, 41, 0, T0), T0);
        // When
        control.look();
        // Then
        assertThat(generation(GW_NORTH)).isEqualTo(42);
        assertThat(generation(GW_SOUTH)).isEqualTo(1);
    }

    @Test
    void outrunsAGatewayThatAcceptedALaterGenerationAndCouldNotBringItIntoForce() {
        // Given
        apply(yaml(BASELINE));
        heard.on(Fleets.beat(GW_NORTH, BASELINE, 1, 0, T0), T0);
        heard.accepted(GW_NORTH, 41);
        // When
        control.look();
        // Then
        assertThat(generation(GW_NORTH)).isEqualTo(42);
    }

    @Test
    void aRecalibrationRollsOutInStagesAndSurvivesTheSameFile() {
        // Given
        startClimateRollout();
        // When the canary proves it, then the other site
        control.look();
        assertThat(build(GW_NORTH)).isEqualTo(CANDIDATE);
        assertThat(build(GW_SOUTH)).isEqualTo(BASELINE);
        runsFaithfully(GW_NORTH);
        control.look();
        control.look();
        assertThat(build(GW_SOUTH)).isEqualTo(CANDIDATE);
        runsFaithfully(GW_NORTH);
        runsFaithfully(GW_SOUTH);
        control.look();
        control.look();
        apply(yaml(BASELINE));
        // Then
        assertThat(stages())
                .containsExactly(
                        RolloutStage.READY,
                        RolloutStage.CANARY,
                        RolloutStage.CANARY,
                        RolloutStage.WAVE,
                        RolloutStage.WAVE,
                        RolloutStage.COMPLETED);
        assertThat(store.announcements()).extracting(RolloutEvent::revision).containsExactly(1L, 2L, 3L, 4L, 5L, 6L);
        assertThat(build(GW_NORTH)).isEqualTo(CANDIDATE);
        assertThat(build(GW_SOUTH)).isEqualTo(CANDIDATE);
        assertThat(control.state().builds(MODEL).orElseThrow().settled()).isEqualTo(CANDIDATE);
    }

    @Test
    void theLoopTurnsThreeTimes() {
        // Given
        apply(yaml(BASELINE));
        var builds = List.of(BASELINE, CANDIDATE, THIRD, Fleets.build("fourth"));
        for (int turn = 1; turn < builds.size(); turn++) {
            // When
            control.request(accepted("verdict-" + turn, builds.get(turn - 1), builds.get(turn)));
            for (int look = 0; look < 6; look++) {
                control.look();
                runsFaithfully(GW_NORTH);
                runsFaithfully(GW_SOUTH);
            }
            // Then
            assertThat(build(GW_NORTH)).isEqualTo(builds.get(turn));
            assertThat(build(GW_SOUTH)).isEqualTo(builds.get(turn));
        }
        assertThat(stages().stream().filter(RolloutStage.COMPLETED::equals)).hasSize(3);
    }

    @Test
    void goesOnAfterARestartInEveryStage() {
        // Given
        startClimateRollout();
        for (var stage : List.of(
                RolloutStage.CANARY,
                RolloutStage.CANARY,
                RolloutStage.WAVE,
                RolloutStage.WAVE,
                RolloutStage.COMPLETED)) {
            // When
            control = restarted();
            control.request(accepted("verdict-1", BASELINE, CANDIDATE));
            control.look();
            runsFaithfully(GW_NORTH);
            runsFaithfully(GW_SOUTH);
            // Then
            assertThat(stages().get(stages().size() - 1)).isEqualTo(stage);
        }
        assertThat(store.announcements()).extracting(RolloutEvent::revision).containsExactly(1L, 2L, 3L, 4L, 5L, 6L);
    }

    @Test
    void aRefusalTakesEveryUpdatedGatewayBack() {
        // Given
        startClimateRollout();
        control.look();
        heard.on(Fleets.refused(GW_NORTH, CANDIDATE, generation(GW_NORTH), clock.instant()), clock.instant());
        // When
        control.look();
        // Then
        assertThat(build(GW_NORTH)).isEqualTo(BASELINE);
        assertThat(last().stage()).isEqualTo(RolloutStage.ROLLING_BACK);
        assertThat(last().because()).contains("nobody we trust");
        // When
        heard.on(Fleets.beat(GW_NORTH, BASELINE, generation(GW_NORTH), 0, clock.instant()), clock.instant());
        control.look();
        // Then
        assertThat(last().stage()).isEqualTo(RolloutStage.ROLLED_BACK);
    }

    @Test
    void anOldRefusalDoesNotFailANewAttempt() {
        // Given
        startClimateRollout();
        heard.on(Fleets.refused(GW_NORTH, CANDIDATE, 1, clock.instant()), clock.instant());
        control.look();
        // When
        control.look();
        // Then
        assertThat(last().stage()).isEqualTo(RolloutStage.CANARY);
    }

    @Test
    void pausesAtTheDeadlineWhenTheCanaryIsSilent() {
        // Given
        startClimateRollout();
        control.look();
        clock.advance(Duration.ofSeconds(61));
        // When
        control.look();
        // Then
        assertThat(last().stage()).isEqualTo(RolloutStage.PAUSED);
        assertThat(last().because()).contains("NO_DATA").contains("gw-north is silent");
        assertThat(build(GW_SOUTH)).isEqualTo(BASELINE);
    }

    @Test
    void aNewerRecalibrationWaitsForTheOneUnderWayAndIsKnownWhenItCameTooLate() {
        // Given
        startClimateRollout();
        control.look();
        control.request(accepted("verdict-2", BASELINE, THIRD));
        // When
        for (int look = 0; look < 6; look++) {
            control.look();
            runsFaithfully(GW_NORTH);
            runsFaithfully(GW_SOUTH);
        }
        // Then
        assertThat(build(GW_NORTH)).isEqualTo(CANDIDATE);
        assertThat(last().stage()).isEqualTo(RolloutStage.ABORTED);
        assertThat(last().rollout()).isEqualTo("recalibration-verdict-2");
        assertThat(last().because()).contains("it was proven against " + BASELINE);
        assertThat(stages().stream().filter(RolloutStage.ABORTED::equals)).hasSize(1);
    }

    @Test
    void aNewerRecalibrationStartsWhenTheOneUnderWayWentBackOrIsInDoubt() {
        // Given
        startClimateRollout();
        control.look();
        control.request(accepted("verdict-2", BASELINE, THIRD));
        clock.advance(Duration.ofSeconds(61));
        // When its evidence leaves it in doubt
        control.look();
        control.look();
        // Then
        assertThat(stages())
                .endsWith(RolloutStage.PAUSED, RolloutStage.ABORTED, RolloutStage.READY, RolloutStage.CANARY);
        assertThat(build(GW_NORTH)).isEqualTo(THIRD);
        assertThat(store.announcements())
                .anySatisfy(event -> assertThat(event.because()).contains("recalibration-verdict-2 takes over"));
    }

    @Test
    void aRolloutThatAPersonHoldsIsNotTakenOver() throws Exception {
        // Given
        startClimateRollout();
        control.look();
        control.ask(last().rollout(), Wish.PAUSE, "asked");
        // When
        control.request(accepted("verdict-2", BASELINE, THIRD));
        control.look();
        control.request(accepted("verdict-3", BASELINE, Fleets.build("fourth")));
        control.look();
        // Then the one that was replaced while it waited is known
        assertThat(control.state().active())
                .extracting(one -> one.plan().id())
                .containsExactly("recalibration-verdict-1");
        assertThat(last().rollout()).isEqualTo("recalibration-verdict-2");
        assertThat(last().because()).contains("a newer candidate was accepted while it waited");
    }

    @Test
    void whoKeepsACandidateRunsItUntilTheNextRolloutBegins() throws Exception {
        // Given
        startClimateRollout();
        control.look();
        // When
        control.ask(last().rollout(), Wish.ABORT_KEEP, "asked");
        control.look();
        // Then
        assertThat(build(GW_NORTH)).isEqualTo(CANDIDATE);
        assertThat(build(GW_SOUTH)).isEqualTo(BASELINE);
        assertThat(control.state().builds(MODEL).orElseThrow().settled()).isEqualTo(BASELINE);
        // When
        control.start(MODEL, THIRD, "asked");
        // Then
        assertThat(build(GW_NORTH)).isEqualTo(BASELINE);
    }

    @Test
    void aChangedDeclarationIsRolledOutInsteadOfJustAppearing() {
        // Given
        apply(yaml(BASELINE));
        // When
        apply(yaml(CANDIDATE));
        var before = build(GW_NORTH);
        control.look();
        // Then
        assertThat(before).isEqualTo(BASELINE);
        assertThat(build(GW_NORTH)).isEqualTo(CANDIDATE);
        assertThat(build(GW_SOUTH)).isEqualTo(BASELINE);
        assertThat(last().rollout()).isEqualTo("file-2-climate-event");
    }

    @Test
    void aModelThatLeavesTheFileTakesItsRolloutWithIt() {
        // Given
        startClimateRollout();
        control.look();
        // When
        apply(yaml(BASELINE).replace("climate-event", "other-model"));
        // Then
        assertThat(last().stage()).isEqualTo(RolloutStage.ABORTED);
        assertThat(control.state().active()).isEmpty();
        control.look();
    }

    @Test
    void nothingIsShownThatWasNotWritten() {
        // Given
        apply(yaml(BASELINE));
        store.breakDown();
        // When
        assertThatThrownBy(() -> apply(yaml(BASELINE).replace("south-1", "south-2")))
                .isInstanceOf(StoreUnavailableException.class);
        // Then
        assertThat(generation(GW_SOUTH)).isEqualTo(1);
        assertThat(control.state().version().orElseThrow().version()).isEqualTo(1);
        // When
        store.repair();
        apply(yaml(BASELINE).replace("south-1", "south-2"));
        // Then
        assertThat(generation(GW_SOUTH)).isEqualTo(2);
    }

    @Test
    void saysWhyARolloutCannotStart() throws Exception {
        assertThatThrownBy(() -> control.start(MODEL, CANDIDATE, "asked")).hasMessageContaining("no fleet file");
        apply(yaml(BASELINE));
        assertThatThrownBy(() -> control.start(new ModelName("climate-evnt"), CANDIDATE, "asked"))
                .isInstanceOf(UnknownNameException.class)
                .hasMessageContaining("did you mean 'climate-event'?");
        assertThatThrownBy(() -> control.start(MODEL, BASELINE, "asked"))
                .isInstanceOf(NotNowException.class)
                .hasMessageContaining("already the build");
        // When
        var first = control.start(MODEL, CANDIDATE, "asked");
        var second = control.start(MODEL, CANDIDATE, "asked");
        // Then
        assertThat(first.created()).isTrue();
        assertThat(second.created()).isFalse();
        assertThat(second.rollout().plan()).isEqualTo(first.rollout().plan());
    }

    @Test
    void aPersonCanHoldResumeAndEndARollout() throws Exception {
        // Given
        startClimateRollout();
        control.look();
        var id = last().rollout();
        // Then
        assertThat(control.ask(id, Wish.PAUSE, "asked").stage()).isEqualTo(RolloutStage.PAUSED);
        assertThatThrownBy(() -> control.ask(id, Wish.PAUSE, "asked"))
                .hasMessageContaining("a rollout that is paused cannot be paused");
        assertThat(control.ask(id, Wish.RESUME, "asked").stage()).isEqualTo(RolloutStage.CANARY);
        assertThat(control.ask(id, Wish.ABORT, "asked").stage()).isEqualTo(RolloutStage.ABORTED);
        assertThat(build(GW_NORTH)).isEqualTo(BASELINE);
        assertThatThrownBy(() -> control.ask(id, Wish.ABORT, "asked")).isInstanceOf(NotNowException.class);
        assertThatThrownBy(() -> control.ask("r-0", Wish.ABORT, "asked")).isInstanceOf(UnknownNameException.class);
    }
}
