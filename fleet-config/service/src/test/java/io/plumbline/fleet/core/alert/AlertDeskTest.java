package io.plumbline.fleet.core.alert;

import static io.plumbline.fleet.testing.Fleets.BASELINE;
import static io.plumbline.fleet.testing.Fleets.CANDIDATE;
import static io.plumbline.fleet.testing.Fleets.GW_NORTH;
import static io.plumbline.fleet.testing.Fleets.MODEL;
import static io.plumbline.fleet.testing.Fleets.NORTH;
import static io.plumbline.fleet.testing.Fleets.SOUTH;
import static io.plumbline.fleet.testing.Fleets.T0;
import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.contract.id.Digest;
import io.plumbline.contract.message.Alert;
import io.plumbline.contract.message.AlertChange;
import io.plumbline.contract.message.AlertKind;
import io.plumbline.contract.message.AlertSeverity;
import io.plumbline.contract.message.RecalibrationEvent;
import io.plumbline.contract.message.RolloutStage;
import io.plumbline.contract.message.Verdict;
import io.plumbline.fleet.core.spec.alert.AlertSpec;
import io.plumbline.fleet.testing.Alerts;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AlertDeskTest extends DeskStory {

    @ParameterizedTest
    @CsvSource({
        "CALIBRATION_STALE, CALIBRATION_STALE, WARNING",
        "RUNTIME_MISMATCH, RUNTIME_MISMATCH, CRITICAL",
        "DATA_DRIFT, DATA_DRIFT, INFO",
        "CONCEPT_DRIFT, CONCEPT_DRIFT, CRITICAL",
        "SENSOR_FAULT, SENSOR_FAULT, WARNING"
    })
    void aBadVerdictOpensAnAlertWithItsEvidence(Verdict verdict, AlertKind kind, AlertSeverity severity) {
        // When
        var event = hear(verdict, T0);
        // Then
        var alert = only();
        assertThat(alert.kind()).isEqualTo(kind);
        assertThat(alert.severity()).isEqualTo(severity);
        assertThat(alert.change()).isEqualTo(AlertChange.OPENED);
        assertThat(alert.subject()).isEqualTo(Alerts.SUBJECT);
        assertThat(alert.because()).isEqualTo(event.because());
        assertThat(alert.proof().evidence()).isEqualTo(event.evidence());
        assertThat(alert.proof().horizon()).isEqualTo(event.horizon());
        assertThat(alert.proof().reference()).contains(event.id());
        assertThat(alert.proof().command()).contains("plumbline explain " + event.id());
    }

    @Test
    void theLinkLeadsToThePageWhereTheFileSaysWhereThatIs() {
        // Given
        spec = new AlertSpec(withPage(URI.create("https://plumbline.example/")), List.of());
        // When
        hear(Verdict.CONCEPT_DRIFT, T0);
        // Then
        assertThat(only().proof().link()).contains("https://plumbline.example/#alert-" + only().id());
    }

    @Test
    void theSameTroubleAgainIsTheSameAlert() {
        // Given
        hear(Verdict.CONCEPT_DRIFT, T0);
        pass(Duration.ofMinutes(5));
        // When
        hear(Verdict.INSUFFICIENT, T0.plusSeconds(300));
        hear(Verdict.CONCEPT_DRIFT, T0.plusSeconds(600));
        // Then
        assertThat(only().count()).isEqualTo(2);
        assertThat(only().change()).isEqualTo(AlertChange.UPDATED);
        assertThat(only().openedAt()).isEqualTo(T0);
        assertThat(only().lastSeen()).isEqualTo(now);
    }

    @Test
    void tooLittleDataDoesNotEndAnAlert() {
        // Given
        hear(Verdict.CONCEPT_DRIFT, T0);
        // When
        hear(Verdict.INSUFFICIENT, T0.plusSeconds(300));
        // Then
        assertThat(only().open()).isTrue();
    }

    @Test
    void aStableVerdictEndsAllAlertsOfItsCohortAndNoOther() {
        // Given
        places = List.of(PLACE, southern());
        hear(Verdict.CONCEPT_DRIFT, T0);
        desk.hear(Signs.of(Alerts.verdict(SOUTH, Verdict.CONCEPT_DRIFT, T0)).orElseThrow());
        look();
        // When
        hear(Verdict.STABLE, T0.plusSeconds(300));
        // Then
        assertThat(open())
                .singleElement()
                .satisfies(alert -> assertThat(alert.subject().site()).contains(SOUTH));
        assertThat(all()).filteredOn(alert -> !alert.open()).singleElement().satisfies(alert -> {
            assertThat(alert.resolved().orElseThrow().because()).isEqualTo("the verdict is STABLE");
            assertThat(alert.change()).isEqualTo(AlertChange.RESOLVED);
        });
    }

    @Test
    void anotherBadVerdictTakesThePlaceOfTheFirst() {
        // Given
        hear(Verdict.CALIBRATION_STALE, T0);
        // When
        hear(Verdict.CONCEPT_DRIFT, T0.plusSeconds(300));
        // Then
        assertThat(open()).extracting(Alert::kind).containsExactly(AlertKind.CONCEPT_DRIFT);
    }

    @Test
    void theSameTroubleSoonAfterItWasOverIsTheSameEpisode() {
        // Given
        hear(Verdict.CONCEPT_DRIFT, T0);
        hear(Verdict.STABLE, T0.plusSeconds(300));
        // When
        pass(POLICY.hold().minusMillis(1));
        hear(Verdict.CONCEPT_DRIFT, T0.plusSeconds(600));
        // Then
        assertThat(only().change()).isEqualTo(AlertChange.REOPENED);
        assertThat(only().episode()).isEqualTo(1);
        assertThat(only().count()).isEqualTo(2);
        assertThat(only().open()).isTrue();
    }

    @Test
    void theSameTroubleAfterTheHoldTimeIsANewEpisodeThatNobodyLooksAfter() throws Exception {
        // Given
        hear(Verdict.CONCEPT_DRIFT, T0);
        desk.acknowledge(only().id(), "ada", "");
        hear(Verdict.STABLE, T0.plusSeconds(300));
        var before = only();
        // When
        pass(POLICY.hold());
        hear(Verdict.CONCEPT_DRIFT, T0.plusSeconds(600));
        // Then
        assertThat(only().id()).isEqualTo(before.id());
        assertThat(only().revision()).isEqualTo(before.revision() + 1);
        assertThat(only().episode()).isEqualTo(2);
        assertThat(only().count()).isEqualTo(1);
        assertThat(only().openedAt()).isEqualTo(now);
        assertThat(only().acknowledged()).isEmpty();
    }

    @Test
    void aTopicThatIsReadAgainChangesNothing() {
        // Given
        var events = List.of(
                Alerts.verdict(Verdict.CONCEPT_DRIFT, T0),
                Alerts.verdict(Verdict.STABLE, T0),
                Alerts.verdict(Verdict.CALIBRATION_STALE, T0.plusSeconds(300)));
        events.forEach(event -> desk.hear(Signs.of(event).orElseThrow()));
        look();
        var before = store.load();
        var changes = store.changes().size();
        // When
        desk = restarted();
        events.forEach(event -> desk.hear(Signs.of(event).orElseThrow()));
        look();
        // Then
        assertThat(desk.book()).isEqualTo(before);
        assertThat(store.changes()).hasSize(changes);
    }

    @Test
    void aVerdictOnABuildThatIsNotInTheFleetWaitsUntilItIs() {
        // Given
        places = List.of();
        hear(Verdict.CONCEPT_DRIFT, T0);
        assertThat(all()).isEmpty();
        // When
        places = List.of(PLACE);
        look();
        // Then
        assertThat(only().kind()).isEqualTo(AlertKind.CONCEPT_DRIFT);
    }

    @Test
    void anAlertIsOverWhenItsBuildIsNoLongerAssigned() {
        // Given
        hear(Verdict.CALIBRATION_STALE, T0);
        // When
        places = List.of(withBuild(CANDIDATE));
        look();
        // Then
        assertThat(only().resolved().orElseThrow().because()).isEqualTo("the build is no longer assigned there");
    }

    @Test
    void aVerdictThatIsStillBadIsAnAlertAgainWhenARollbackBringsItsBuildBack() {
        // Given
        var verdict = hear(Verdict.CALIBRATION_STALE, T0);
        places = List.of(withBuild(CANDIDATE));
        pass(Duration.ofMinutes(1));
        assertThat(open()).isEmpty();
        // When
        desk = restarted();
        places = List.of(PLACE);
        pass(Duration.ofMinutes(1));
        pass(Duration.ofMinutes(1));
        // Then
        assertThat(only().open()).isTrue();
        assertThat(only().change()).isEqualTo(AlertChange.REOPENED);
        assertThat(only().proof().reference()).contains(verdict.id());
    }

    @Test
    void aVerdictThatIsStillBadIsANewEpisodeWhenItsBuildComesBackLate() {
        // Given
        hear(Verdict.CALIBRATION_STALE, T0);
        places = List.of(withBuild(CANDIDATE));
        look();
        // When
        places = List.of(PLACE);
        pass(POLICY.hold());
        // Then
        assertThat(only().episode()).isEqualTo(2);
        assertThat(told("ops"))
                .containsExactly("CALIBRATION_STALE OPENED", "CALIBRATION_STALE RESOLVED", "CALIBRATION_STALE OPENED");
    }

    @Test
    void aVerdictThatBecameBetterMeanwhileIsNoAlertWhenItsBuildComesBack() {
        // Given
        hear(Verdict.CALIBRATION_STALE, T0);
        places = List.of(withBuild(CANDIDATE));
        look();
        hear(Verdict.STABLE, T0.plusSeconds(300));
        // When
        places = List.of(PLACE);
        look();
        // Then
        assertThat(open()).isEmpty();
    }

    private static Alert.Subject withBuild(Digest build) {
        return new Alert.Subject(Optional.of(MODEL), Optional.of(build), Optional.of(NORTH), Optional.of(GW_NORTH));
    }

    @Test
    void aRefusedRecalibrationIsOverWhenACandidateIsLetThrough() {
        // When
        hear(Signs.of(new RecalibrationEvent.Refused("r-1", MODEL, BASELINE, "no candidate is better", List.of(), T0))
                .orElseThrow());
        // Then
        assertThat(only().kind()).isEqualTo(AlertKind.RECALIBRATION_REFUSED);
        assertThat(only().because()).isEqualTo("no candidate is better");
        // When
        hear(Signs.of(new RecalibrationEvent.Accepted(
                        "r-2", MODEL, BASELINE, CANDIDATE, "better", List.of(), T0.plusSeconds(9)))
                .orElseThrow());
        // Then
        assertThat(only().open()).isFalse();
    }

    @Test
    void aRolloutThatWaitsIsAnAlertUntilItGoesOn() {
        // When
        rollouts = List.of(rollout("r", 3, RolloutStage.PAUSED));
        look();
        // Then
        assertThat(only().kind()).isEqualTo(AlertKind.ROLLOUT_PAUSED);
        // When
        rollouts = List.of(rollout("r", 4, RolloutStage.CANARY));
        look();
        // Then
        assertThat(only().open()).isFalse();
        assertThat(only().resolved().orElseThrow().because()).isEqualTo("rollout r goes on with its first wave");
    }

    @Test
    void aFailedRolloutStaysAnAlertUntilALaterOneIsThrough() {
        // Given
        rollouts = List.of(rollout("r", 3, RolloutStage.ROLLING_BACK));
        look();
        // When
        rollouts = List.of(rollout("r", 4, RolloutStage.ROLLED_BACK));
        look();
        // Then
        assertThat(only().kind()).isEqualTo(AlertKind.ROLLOUT_FAILED);
        assertThat(only().count()).isEqualTo(1);
        assertThat(only().because()).isEqualTo("because ROLLING_BACK");
        // When
        rollouts = List.of(rollouts.get(0), rollout("later", 4, RolloutStage.COMPLETED));
        look();
        // Then
        assertThat(only().open()).isFalse();
    }

    @Test
    void aRolloutThatFailedLongBeforeAnybodyLookedIsHistory() {
        // Given
        rollouts = List.of(rollout("r", 4, RolloutStage.ROLLED_BACK));
        // When
        pass(POLICY.quiet());
        // Then
        assertThat(all()).isEmpty();
    }

    @Test
    void noRevisionComesTwiceThoughTheAlertWasForgotten() {
        // Given
        hear(Verdict.CONCEPT_DRIFT, T0);
        hear(Verdict.STABLE, T0.plusSeconds(1));
        var last = only().revision();
        pass(Sweep.REMEMBERED);
        // When
        hear(Verdict.CONCEPT_DRIFT, T0.plusSeconds(2));
        // Then
        assertThat(only().revision()).isGreaterThan(last);
    }

    @Test
    void whatIsOverForLongIsForgotten() {
        // Given
        hear(Verdict.CONCEPT_DRIFT, T0);
        hear(Verdict.STABLE, T0.plusSeconds(1));
        // When
        pass(Sweep.REMEMBERED);
        // Then
        assertThat(all()).isEmpty();
        assertThat(store.changes().get(store.changes().size() - 1).forgotten()).hasSize(1);
    }
}
