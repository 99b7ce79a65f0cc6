package io.plumbline.fleet.core.post;

import static io.plumbline.fleet.testing.Fleets.T0;
import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.contract.message.AlertChange;
import io.plumbline.fleet.testing.Alerts;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class ReplacementTest {

    private static final Instant LATER = T0.plus(Duration.ofHours(1));

    @Test
    void anAlertThatIsOverBeforeItSettledIsNotToldAtAll() {
        assertThat(Replacement.of(waiting(AlertChange.OPENED, true, LATER, 0), next(AlertChange.RESOLVED), T0))
                .isEmpty();
    }

    @Test
    void anAlertThatIsOverWhileTheSinkWasAwayIsTold() {
        // When
        var due = Replacement.of(waiting(AlertChange.OPENED, true, T0, 0), next(AlertChange.RESOLVED), T0);
        var tried = Replacement.of(waiting(AlertChange.OPENED, true, LATER, 1), next(AlertChange.RESOLVED), T0);
        // Then
        assertThat(due.orElseThrow().alert().change()).isEqualTo(AlertChange.RESOLVED);
        assertThat(tried.orElseThrow().alert().change()).isEqualTo(AlertChange.RESOLVED);
        assertThat(tried.orElseThrow().due()).isEqualTo(T0);
    }

    @ParameterizedTest
    @CsvSource({
        "OPENED, UPDATED, OPENED",
        "OPENED, ACKNOWLEDGED, OPENED",
        "REOPENED, REPEATED, REOPENED",
        "UNSILENCED, UPDATED, UNSILENCED",
        "UPDATED, REPEATED, REPEATED",
        "RESOLVED, REOPENED, REOPENED",
        "OPENED, SILENCED, SILENCED"
    })
    void aDetailDoesNotHideABeginningThatNobodyHeardOf(AlertChange before, AlertChange after, AlertChange label) {
        // When
        var letter =
                Replacement.of(waiting(before, false, T0, 0), next(after), T0).orElseThrow();
        // Then
        assertThat(letter.alert().change()).isEqualTo(label);
        assertThat(letter.alert().revision()).isEqualTo(2);
    }

    @ParameterizedTest
    @EnumSource(
            value = AlertChange.class,
            names = {"RESOLVED", "UNSILENCED"},
            mode = EnumSource.Mode.EXCLUDE)
    void keepsTheTimeThatTheFirstWasToWait(AlertChange change) {
        assertThat(Replacement.of(waiting(AlertChange.UPDATED, false, LATER, 3), next(change), T0)
                        .orElseThrow()
                        .due())
                .isEqualTo(LATER);
    }

    @Test
    void anAlertThatIsBackAndOverBeforeItSettledIsNotToldAtAll() {
        assertThat(Replacement.of(waiting(AlertChange.REOPENED, true, LATER, 0), next(AlertChange.RESOLVED), T0))
                .isEmpty();
    }

    @Test
    void theEndIsToldToASinkThatHasHeardTheBeginningEvenIfTheAlertWasBackInBetween() {
        // Given
        var back = Replacement.of(
                        waiting(AlertChange.RESOLVED, false, T0, 0),
                        new Letter("ops", Alerts.alert(2, AlertChange.REOPENED), true, LATER),
                        T0)
                .orElseThrow();
        // Then
        assertThat(back.due()).isEqualTo(LATER);
        assertThat(Replacement.of(new Waiting(1, back, T0, 0), next(AlertChange.RESOLVED), T0))
                .get()
                .satisfies(letter -> assertThat(letter.alert().open()).isFalse());
    }

    @Test
    void whatNoSilenceHoldsAnyLongerGoesAtOnce() {
        assertThat(Replacement.of(waiting(AlertChange.UPDATED, false, LATER, 0), next(AlertChange.UNSILENCED), T0)
                        .orElseThrow()
                        .due())
                .isEqualTo(T0);
    }

    private static Waiting waiting(AlertChange change, boolean opening, Instant due, int attempts) {
        return new Waiting(1, new Letter("ops", Alerts.alert(1, change), opening, due), T0, attempts);
    }

    private static Letter next(AlertChange change) {
        return new Letter("ops", Alerts.alert(2, change), false, T0);
    }
}
