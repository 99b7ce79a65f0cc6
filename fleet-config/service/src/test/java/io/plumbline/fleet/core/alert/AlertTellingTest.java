package io.plumbline.fleet.core.alert;

import static io.plumbline.fleet.testing.Fleets.MODEL;
import static io.plumbline.fleet.testing.Fleets.SOUTH;
import static io.plumbline.fleet.testing.Fleets.T0;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.plumbline.contract.fleet.AlertSilence;
import io.plumbline.contract.message.Alert;
import io.plumbline.contract.message.AlertKind;
import io.plumbline.contract.message.AlertSeverity;
import io.plumbline.contract.message.Verdict;
import io.plumbline.database.StoreUnavailableException;
import io.plumbline.fleet.core.control.NotNowException;
import io.plumbline.fleet.core.control.UnknownNameException;
import io.plumbline.fleet.core.post.Letter;
import io.plumbline.fleet.core.spec.alert.AlertSpec;
import io.plumbline.fleet.testing.Alerts;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class AlertTellingTest extends DeskStory {

    @Test
    void theTopicIsToldEveryChangeAndOthersWhatTheyWant() {
        // When
        hear(Verdict.CALIBRATION_STALE, T0);
        hear(Verdict.CONCEPT_DRIFT, T0.plusSeconds(1));
        hear(Verdict.STABLE, T0.plusSeconds(2));
        // Then
        assertThat(told("kafka"))
                .containsExactlyInAnyOrder(
                        "CALIBRATION_STALE OPENED",
                        "CALIBRATION_STALE RESOLVED",
                        "CONCEPT_DRIFT OPENED",
                        "CONCEPT_DRIFT RESOLVED");
        assertThat(told("ops")).containsExactlyInAnyOrderElementsOf(told("kafka"));
        assertThat(told("pager")).containsExactly("CONCEPT_DRIFT OPENED", "CONCEPT_DRIFT RESOLVED");
    }

    @Test
    void aNewAlertIsToldAfterTheSettleTime() {
        // When
        hear(Verdict.CONCEPT_DRIFT, T0);
        // Then
        assertThat(store.letters("ops")).containsExactly(new Letter("ops", only(), true, T0.plus(POLICY.settle())));
        assertThat(store.letters("kafka")).containsExactly(new Letter("kafka", only(), false, T0));
    }

    @Test
    void anAlertThatIsBackIsToldAfterTheSettleTimeToo() {
        // Given
        hear(Verdict.CONCEPT_DRIFT, T0);
        hear(Verdict.STABLE, T0.plusSeconds(1));
        // When
        pass(Duration.ofMinutes(1));
        hear(Verdict.CONCEPT_DRIFT, T0.plusSeconds(2));
        // Then
        assertThat(store.letters("ops")).last().isEqualTo(new Letter("ops", only(), true, now.plus(POLICY.settle())));
        assertThat(store.letters("kafka")).last().isEqualTo(new Letter("kafka", only(), false, now));
    }

    @Test
    void whatWasOverAndBackBetweenTwoLooksWasNeverOver() {
        // Given
        hear(Verdict.CONCEPT_DRIFT, T0);
        // When
        desk.hear(Signs.of(Alerts.verdict(Verdict.STABLE, T0.plusSeconds(1))).orElseThrow());
        hear(Verdict.CONCEPT_DRIFT, T0.plusSeconds(2));
        // Then
        assertThat(told("ops")).containsExactly("CONCEPT_DRIFT OPENED", "CONCEPT_DRIFT UPDATED");
    }

    @Test
    void aSinkThatIsToldEveryDetailDoesNotKeepRepetitionsFromTheOthers() {
        // Given
        spec = new AlertSpec(POLICY, List.of(Alerts.webhook("ops"), Alerts.mail("mail")));
        hear(Verdict.CONCEPT_DRIFT, T0);
        // When
        for (int i = 1; i <= 5; i++) {
            pass(Duration.ofHours(1));
            hear(Verdict.CONCEPT_DRIFT, T0.plusSeconds(i));
        }
        // Then
        assertThat(told("mail")).containsExactly("CONCEPT_DRIFT OPENED", "CONCEPT_DRIFT REPEATED");
    }

    @Test
    void aSinkThatIsAddedLaterIsToldWhatIsOpen() {
        // Given
        hear(Verdict.CONCEPT_DRIFT, T0);
        // When
        spec = new AlertSpec(POLICY, List.of(Alerts.webhook("late")));
        look();
        look();
        // Then
        assertThat(told("late")).containsExactly("CONCEPT_DRIFT OPENED");
        assertThat(told("kafka")).hasSize(1);
    }

    @Test
    void anOpenAlertIsRepeatedUntilSomebodyLooksAfterIt() throws Exception {
        // Given
        hear(Verdict.CONCEPT_DRIFT, T0);
        // When
        pass(POLICY.repeat().minusMillis(1));
        assertThat(told("ops")).hasSize(1);
        pass(Duration.ofMillis(1));
        pass(Duration.ofMinutes(1));
        pass(POLICY.repeat());
        desk.acknowledge(only().id(), "ada", "on it");
        pass(POLICY.repeat().multipliedBy(3));
        hear(Verdict.STABLE, T0.plusSeconds(1));
        // Then
        assertThat(told("ops"))
                .containsExactly(
                        "CONCEPT_DRIFT OPENED",
                        "CONCEPT_DRIFT REPEATED",
                        "CONCEPT_DRIFT REPEATED",
                        "CONCEPT_DRIFT ACKNOWLEDGED",
                        "CONCEPT_DRIFT RESOLVED");
        assertThat(told("kafka")).doesNotContain("CONCEPT_DRIFT REPEATED");
        assertThat(only().acknowledged())
                .contains(new Alert.Acknowledgement(
                        "ada", T0.plus(POLICY.repeat().multipliedBy(2)).plusSeconds(60), "on it"));
    }

    @Test
    void onlyWhatIsOpenCanBeAcknowledged() {
        // Given
        hear(Verdict.CONCEPT_DRIFT, T0);
        hear(Verdict.STABLE, T0.plusSeconds(1));
        // Then
        assertThatThrownBy(() -> desk.acknowledge(only().id(), "ada", "")).isInstanceOf(NotNowException.class);
        assertThatThrownBy(() -> desk.acknowledge("nothing", "ada", ""))
                .isInstanceOf(UnknownNameException.class)
                .hasMessageContaining("nothing");
    }

    @Test
    void aSilencedAlertIsRecordedAndHeldBackUntilTheSilenceEnds() throws Exception {
        // Given
        desk.silence(silence("s-1", Duration.ofHours(1)));
        // When
        hear(Verdict.CONCEPT_DRIFT, T0);
        pass(Duration.ofMinutes(59));
        // Then
        assertThat(only().silencedBy()).contains("s-1");
        assertThat(told("kafka")).containsExactly("CONCEPT_DRIFT SILENCED");
        assertThat(told("ops")).isEmpty();
        // When
        pass(Duration.ofMinutes(1));
        // Then
        assertThat(only().silencedBy()).isEmpty();
        assertThat(told("ops")).containsExactly("CONCEPT_DRIFT UNSILENCED");
        assertThat(desk.book().silences()).isEmpty();
    }

    @Test
    void whatIsOverUnderASilenceIsToldToThoseWhoKnewOfIt() throws Exception {
        // Given
        hear(Verdict.CONCEPT_DRIFT, T0);
        desk.silence(silence("s-1", Duration.ofHours(1)));
        spec = new AlertSpec(POLICY, List.of(Alerts.webhook("ops"), Alerts.webhook("late")));
        // When
        hear(Verdict.STABLE, T0.plusSeconds(1));
        pass(Duration.ofHours(2));
        // Then
        assertThat(told("ops")).containsExactly("CONCEPT_DRIFT OPENED", "CONCEPT_DRIFT RESOLVED");
        assertThat(told("late")).isEmpty();
    }

    @Test
    void lettersThatWaitAreHeldByASilence() throws Exception {
        // Given
        hear(Verdict.CONCEPT_DRIFT, T0);
        // When
        desk.silence(silence("s-1", Duration.ofHours(1)));
        // Then
        var last = store.changes().get(store.changes().size() - 1);
        assertThat(last.holds()).containsExactly(new BookChange.Hold(only().id(), T0.plus(Duration.ofHours(1))));
    }

    @Test
    void aSilenceThatIsEndedEarlyLetsGo() throws Exception {
        // Given
        desk.silence(silence("s-1", Duration.ofHours(1)));
        hear(Verdict.CONCEPT_DRIFT, T0);
        pass(Duration.ofMinutes(1));
        // When
        desk.unsilence("s-1", "bob");
        // Then
        assertThat(only().silencedBy()).isEmpty();
        assertThat(told("ops")).containsExactly("CONCEPT_DRIFT UNSILENCED");
        var last = store.changes().get(store.changes().size() - 1);
        assertThat(last.silences()).singleElement().satisfies(silence -> {
            assertThat(silence.until()).isEqualTo(now);
            assertThat(silence.by()).isEqualTo("ada");
            assertThat(silence.ended()).contains(new AlertSilence.Ended("bob", now));
        });
        assertThatThrownBy(() -> desk.unsilence("s-1", "bob")).isInstanceOf(UnknownNameException.class);
    }

    @Test
    void aSilenceHoldsOnlyWhatItNames() throws Exception {
        // Given
        desk.silence(new AlertSilence(
                "s-1",
                Optional.of(MODEL),
                Optional.of(SOUTH),
                Optional.of(AlertKind.CONCEPT_DRIFT),
                Optional.of(AlertSeverity.CRITICAL),
                T0,
                T0.plusSeconds(60),
                "ada",
                "maintenance"));
        // When
        hear(Verdict.CONCEPT_DRIFT, T0);
        // Then
        assertThat(only().silencedBy()).isEmpty();
    }

    @Test
    void aSilenceThatIsOverBeforeItBeginsIsRefused() {
        // Given
        now = T0.plus(Duration.ofDays(1));
        // Then
        assertThatThrownBy(() -> desk.silence(silence("s-1", Duration.ofHours(1))))
                .isInstanceOf(NotNowException.class)
                .hasMessageContaining("is past");
    }

    @Test
    void whatTheStoreDidNotTakeIsDecidedAgain() {
        // Given
        store.breakDown();
        assertThatThrownBy(() -> hear(Verdict.CONCEPT_DRIFT, T0)).isInstanceOf(StoreUnavailableException.class);
        assertThat(all()).isEmpty();
        // When
        store.repair();
        look();
        // Then
        assertThat(only().count()).isEqualTo(1);
    }

    @Test
    void whatTheStoreTookBeforeTheConnectionBrokeIsNotDecidedTwice() {
        // Given
        store.breakDownAfterTaking();
        assertThatThrownBy(() -> hear(Verdict.CONCEPT_DRIFT, T0)).isInstanceOf(StoreUnavailableException.class);
        // When
        store.repair();
        look();
        // Then
        assertThat(only().count()).isEqualTo(1);
        assertThat(told("kafka")).hasSize(1);
    }
}
