package io.plumbline.fleet.adapter.store;

import static io.plumbline.fleet.testing.Fleets.BASELINE;
import static io.plumbline.fleet.testing.Fleets.MODEL;
import static io.plumbline.fleet.testing.Fleets.NORTH;
import static io.plumbline.fleet.testing.Fleets.T0;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.plumbline.contract.fleet.AlertSilence;
import io.plumbline.contract.id.SiteId;
import io.plumbline.contract.message.Alert;
import io.plumbline.contract.message.AlertChange;
import io.plumbline.contract.message.AlertKind;
import io.plumbline.fleet.core.alert.AlertBook;
import io.plumbline.fleet.core.alert.BookChange;
import io.plumbline.fleet.core.alert.Mark;
import io.plumbline.fleet.core.alert.Trouble;
import io.plumbline.fleet.core.post.Letter;
import io.plumbline.fleet.testing.Alerts;
import io.plumbline.fleet.testing.MutableClock;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SqlAlertStoreTest {

    private static final Trouble TROUBLE = new Trouble(
            AlertKind.CONCEPT_DRIFT,
            Alerts.SUBJECT,
            "accuracy fell",
            Alerts.alert(1, AlertChange.OPENED).proof());

    private final MutableClock clock = new MutableClock(T0);

    enum Kind {
        H2,
        POSTGRESQL
    }

    @TempDir
    Path folder;

    @ParameterizedTest
    @EnumSource(Kind.class)
    void givesBackAfterARestartWhatWasWritten(Kind kind) {
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
        try (var database = open(kind)) {
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
    void marksAreForgottenWhenItIsSaidAndNotByThemselves(Kind kind) {
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
    void ofOneAlertOnlyTheNewestLetterWaits(Kind kind) {
        try (var database = empty(kind)) {
            // Given
            post(database, letter(1, AlertChange.OPENED, false, T0));
            // When
            post(database, letter(2, AlertChange.UPDATED, false, T0.plusSeconds(9)));
            // Then
            var waiting = box(database).due("ops", T0, 10);
            assertThat(waiting).singleElement().satisfies(one -> {
                assertThat(one.letter().alert().revision()).isEqualTo(2);
                assertThat(one.letter().alert().change()).isEqualTo(AlertChange.OPENED);
                assertThat(one.written()).isEqualTo(T0);
            });
        }
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void whatChangesWhileALetterIsOnItsWayGoesNext(Kind kind) {
        try (var database = empty(kind)) {
            // Given
            post(database, letter(1, AlertChange.OPENED, true, T0));
            var first = box(database).due("ops", T0, 10).get(0);
            box(database).attempt(first);
            // When
            post(database, letter(2, AlertChange.RESOLVED, false, T0));
            box(database).delivered(first, T0.plusSeconds(1));
            // Then
            var next = box(database).due("ops", T0.plusSeconds(1), 10);
            assertThat(next).singleElement().satisfies(one -> {
                assertThat(one.letter().alert().revision()).isEqualTo(2);
                assertThat(one.attempts()).isZero();
            });
            // When
            box(database).delivered(next.get(0), T0.plusSeconds(2));
            // Then
            assertThat(box(database).due("ops", T0.plusSeconds(9), 10)).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void anAlertThatIsOverBeforeItSettledIsSpared(Kind kind) {
        try (var database = empty(kind)) {
            // Given
            post(database, letter(1, AlertChange.OPENED, true, T0.plusSeconds(5)));
            // When
            post(database, letter(2, AlertChange.RESOLVED, false, T0));
            // Then
            assertThat(box(database).due("ops", T0.plusSeconds(60), 10)).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void heldLettersDoNotStandInTheWayOfOthers(Kind kind) {
        try (var database = empty(kind)) {
            // Given
            var until = T0.plus(Duration.ofHours(1));
            for (int i = 0; i < 200; i++) {
                var alert = alert(i, AlertChange.OPENED);
                post(database, new Letter("ops", alert, true, T0));
                post(database, new Letter("kafka", alert, false, T0));
                hold(database, alert.id(), until);
            }
            // When
            post(database, letter(1, AlertChange.OPENED, true, T0.plusSeconds(1)));
            // Then
            assertThat(box(database).due("ops", T0.plusSeconds(1), 50))
                    .extracting(one -> one.letter().alert().id())
                    .containsExactly(
                            letter(1, AlertChange.OPENED, true, T0).alert().id());
            assertThat(box(database).due("kafka", T0, 500)).hasSize(200);
            assertThat(box(database).due("ops", until, 500)).hasSize(201);
        }
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void aFailureUnderASilenceDoesNotBringALetterForward(Kind kind) {
        try (var database = empty(kind)) {
            // Given
            post(database, letter(1, AlertChange.OPENED, true, T0));
            var first = box(database).due("ops", T0, 10).get(0);
            box(database).attempt(first);
            // When
            hold(database, first.letter().alert().id(), T0.plusSeconds(3600));
            box(database).failed(first, "no answer", T0.plusSeconds(1));
            // Then
            assertThat(box(database).due("ops", T0.plusSeconds(3599), 10)).isEmpty();
            assertThat(box(database).due("ops", T0.plusSeconds(3600), 10)).hasSize(1);
        }
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void saysHowTheTellingGoes(Kind kind) {
        try (var database = empty(kind)) {
            // Given
            IntStream.range(0, 3)
                    .forEach(i -> post(database, new Letter("ops", alert(i, AlertChange.OPENED), true, T0)));
            var letters = box(database).due("ops", T0, 10);
            // When
            box(database).failed(letters.get(0), "x".repeat(5000), T0.plusSeconds(1));
            box(database).gaveUp(letters.get(1), "answers 400", T0);
            // Then
            var standing = box(database).standing(List.of("ops")).get(0);
            assertThat(standing.waiting()).isEqualTo(2);
            assertThat(standing.oldest()).contains(T0);
            assertThat(standing.undeliverable()).isEqualTo(1);
            assertThat(standing.problem()).contains("answers 400");
            assertThat(box(database).standing(List.of("other")).get(0).problem())
                    .isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void takesBackWhatIsForNobodyAndForgetsWhatIsLongSettled(Kind kind) {
        try (var database = empty(kind)) {
            // Given
            post(database, letter(1, AlertChange.OPENED, true, T0));
            // When
            var kept = box(database).tidy(Set.of("ops"), T0);
            var taken = box(database).tidy(Set.of("kafka"), T0);
            // Then
            assertThat(kept).isZero();
            assertThat(taken).isEqualTo(1);
            assertThat(box(database).due("ops", T0, 10)).isEmpty();
            assertThat(rows(database)).isEqualTo(1);
            // When
            box(database).tidy(Set.of("kafka"), T0.plus(Duration.ofDays(31)));
            // Then
            assertThat(rows(database)).isZero();
        }
    }

    private static long rows(Database database) {
        return Transaction.run(
                database.source(),
                tx -> tx.query("select count(*) from letter", row -> row.getLong(1))
                        .get(0));
    }

    private static Letter letter(long revision, AlertChange change, boolean opening, Instant due) {
        return new Letter("ops", Alerts.alert(revision, change), opening, due);
    }

    private static Alert alert(int site, AlertChange change) {
        return Alerts.alert(Alert.Subject.of(MODEL, BASELINE, new SiteId("site-" + site)), 1, change);
    }

    private void post(Database database, Letter letter) {
        store(database).commit(change(AlertBook.EMPTY, List.of(), List.of(), List.of(), List.of(letter)));
    }

    private void hold(Database database, String alert, Instant until) {
        store(database)
                .commit(new BookChange(
                        AlertBook.EMPTY,
                        List.of(),
                        List.of(),
                        List.of(),
                        List.of(),
                        List.of(new BookChange.Hold(alert, until)),
                        Set.of(),
                        Set.of(),
                        T0));
    }

    private static BookChange change(
            AlertBook after,
            List<AlertBook.Entry> entries,
            List<Mark> marks,
            List<AlertSilence> silences,
            List<Letter> letters) {
        return new BookChange(after, entries, marks, silences, letters, List.of(), Set.of(), Set.of(), T0);
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

    private SqlAlertStore store(Database database) {
        return new SqlAlertStore(database, clock);
    }

    private static SqlLetterBox box(Database database) {
        return new SqlLetterBox(database);
    }

    private Database empty(Kind kind) {
        var database = open(kind);
        for (var table : List.of("alert", "alert_mark", "alert_silence", "letter")) {
            Transaction.run(database.source(), tx -> tx.update("delete from " + table));
        }
        return database;
    }

    private Database open(Kind kind) {
        if (kind == Kind.H2) {
            return Database.open("jdbc:h2:file:" + folder.resolve("fleet") + ";WRITE_DELAY=0", "plumbline", "");
        }
        var url = System.getProperty("plumbline.test.postgresql");
        assumeThat(url).as("-Dplumbline.test.postgresql, see SqlFleetStoreTest").isNotNull();
        return Database.open(url, "", "");
    }
}
