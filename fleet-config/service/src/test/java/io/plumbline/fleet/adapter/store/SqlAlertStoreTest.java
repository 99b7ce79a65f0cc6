package io.plumbline.fleet.adapter.store;

import static io.plumbline.fleet.testing.Fleets.NORTH;
import static io.plumbline.fleet.testing.Fleets.T0;
import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.contract.declared.AuditEntry;
import io.plumbline.contract.fleet.AlertSilence;
import io.plumbline.contract.message.AlertChange;
import io.plumbline.contract.message.AlertKind;
import io.plumbline.fleet.core.alert.AlertBook;
import io.plumbline.fleet.core.alert.BookChange;
import io.plumbline.fleet.core.alert.Mark;
import io.plumbline.fleet.core.alert.Trouble;
import io.plumbline.fleet.testing.Alerts;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SqlAlertStoreTest extends AlertTables {
    private static final Trouble TROUBLE = new Trouble(
            AlertKind.CONCEPT_DRIFT,
            Alerts.SUBJECT,
            "accuracy fell",
            Alerts.alert(1, AlertChange.OPENED).proof());

    @ParameterizedTest
    @EnumSource(Kind.class)
    void givesBackAfterARestartWhatWasWritten(Kind kind) throws Exception {
        // Given
        var entry = new AlertBook.Entry(Alerts.alert(1, AlertChange.OPENED), Map.of("ops", T0));
        var mark = new Mark("verdict|a", T0, Set.of("v-1", "v-2"), T0, Optional.of(TROUBLE));
        var silence = silence("s-1", T0.plusSeconds(60));
        var book = new AlertBook(
                Map.of(entry.alert().id(), entry), Map.of(mark.source(), mark), Map.of(silence.id(), silence));
        // When
        try (var database = empty(kind)) {
            store(database).commit(change(book, List.of(entry), List.of(mark), List.of(silence), List.of()));
        }
        // Then
        try (var database = open()) {
            assertThat(store(database).load()).isEqualTo(book);
            // When
            clock.advance(Duration.ofDays(91));
            // Then
            assertThat(store(database).load().silences()).isEmpty();
            assertThat(store(database).load().entries()).hasSize(1);
        }
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void marksAreForgottenWhenItIsSaidAndNotByThemselves(Kind kind) throws Exception {
        try (var database = empty(kind)) {
            // Given
            var lost = new Mark("lost|gw-north", T0, Set.of("30"), T0, Optional.empty());
            var gone = new Mark("lost|gw-gone", T0, Set.of("30"), T0, Optional.empty());
            store(database).commit(change(AlertBook.EMPTY, List.of(), List.of(lost, gone), List.of(), List.of()));
            // When
            clock.advance(Duration.ofDays(365));
            store(database)
                    .commit(new BookChange(
                            AlertBook.EMPTY,
                            List.of(),
                            List.of(),
                            List.of(),
                            List.of(),
                            List.of(),
                            Set.of(),
                            Set.of(gone.source()),
                            T0));
            // Then
            assertThat(store(database).load().marks()).containsOnlyKeys(lost.source());
        }
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void whoHeldAlertsBackAndWhoEndedThatIsInTheAuditWithWhatElseWasDone(Kind kind) throws Exception {
        try (var database = empty(kind)) {
            // Given
            var silence = silence("s-1", T0.plusSeconds(60));
            var other = silence("s-2", T0.plusSeconds(90));
            var ended = new AlertSilence(
                    silence.id(),
                    silence.model(),
                    silence.site(),
                    silence.kind(),
                    silence.severity(),
                    silence.from(),
                    T0.plusSeconds(30),
                    silence.by(),
                    silence.reason(),
                    Optional.of(new AlertSilence.Ended("bob", T0.plusSeconds(30))));
            // When
            for (var one : List.of(silence, other, ended)) {
                store(database).commit(change(AlertBook.EMPTY, List.of(), List.of(), List.of(one), List.of()));
            }
            // Then, a page at a time
            var history = new SqlHistory(database);
            var newest = history.audit(AuditTrail.Cursor.NEWEST, 2);
            var rest = history.audit(newest.next().orElseThrow(), 2);
            assertThat(newest.entries())
                    .containsExactly(
                            new AuditEntry(T0.plusSeconds(30), "bob", "ALERTS_TOLD_AGAIN", "silence s-1", ""),
                            new AuditEntry(T0, "ada", "ALERTS_HELD_BACK", "silence s-2", "maintenance"));
            assertThat(rest)
                    .isEqualTo(new AuditTrail.Page(
                            List.of(new AuditEntry(T0, "ada", "ALERTS_HELD_BACK", "silence s-1", "maintenance")),
                            Optional.empty()));
        }
    }

    private static AlertSilence silence(String id, Instant until) {
        return new AlertSilence(
                id,
                Optional.empty(),
                Optional.of(NORTH),
                Optional.empty(),
                Optional.empty(),
                T0,
                until,
                "ada",
                "maintenance");
    }
}
