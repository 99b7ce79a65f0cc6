package io.plumbline.fleet.adapter.store;

import static io.plumbline.fleet.testing.Fleets.T0;
import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.contract.message.AlertChange;
import io.plumbline.database.Database;
import io.plumbline.database.Transaction;
import io.plumbline.fleet.core.post.Letter;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SqlLetterBoxTest extends AlertTables {
    @ParameterizedTest
    @EnumSource(Kind.class)
    void ofOneAlertOnlyTheNewestLetterWaits(Kind kind) throws Exception {
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
    void whatChangesWhileALetterIsOnItsWayGoesNext(Kind kind) throws Exception {
        try (var database = empty(kind)) {
            // Given
            post(database, letter(1, AlertChange.OPENED, true, T0));
            var first = box(database).due("ops", T0, 10).get(0);
            box(database).attempt(first, T0);
            // When
            post(database, letter(2, AlertChange.RESOLVED, false, T0));
            box(database).delivered(first, Optional.empty(), T0.plusSeconds(1));
            // Then
            var next = box(database).due("ops", T0.plusSeconds(1), 10);
            assertThat(next).singleElement().satisfies(one -> {
                assertThat(one.letter().alert().revision()).isEqualTo(2);
                assertThat(one.attempts()).isZero();
            });
            // When
            box(database).delivered(next.get(0), Optional.empty(), T0.plusSeconds(2));
            // Then
            assertThat(box(database).due("ops", T0.plusSeconds(9), 10)).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void anAlertThatIsOverBeforeItSettledIsSpared(Kind kind) throws Exception {
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
    void heldLettersDoNotStandInTheWayOfOthers(Kind kind) throws Exception {
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
    void aFailureUnderASilenceDoesNotBringALetterForward(Kind kind) throws Exception {
        try (var database = empty(kind)) {
            // Given
            post(database, letter(1, AlertChange.OPENED, true, T0));
            var first = box(database).due("ops", T0, 10).get(0);
            box(database).attempt(first, T0);
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
    void aLetterThatIsNewerByTheTimeOfItsAttemptIsNotTried(Kind kind) throws Exception {
        try (var database = empty(kind)) {
            // Given
            post(database, letter(1, AlertChange.OPENED, true, T0));
            var seen = box(database).due("ops", T0, 10).get(0);
            // When
            post(database, letter(2, AlertChange.RESOLVED, false, T0));
            // Then
            assertThat(box(database).attempt(seen, T0)).isFalse();
            var next = box(database).due("ops", T0, 10).get(0);
            assertThat(next.attempts()).isZero();
            assertThat(box(database).attempt(next, T0)).isTrue();
        }
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void aLetterThatIsHeldSparedOrTakenBackByTheTimeOfItsAttemptIsNotTried(Kind kind) throws Exception {
        try (var database = empty(kind)) {
            // Given
            post(database, new Letter("ops", alert(1, AlertChange.OPENED), true, T0));
            post(database, new Letter("ops", alert(2, AlertChange.OPENED), true, T0));
            var letters = box(database).due("ops", T0, 10);
            // When
            hold(database, letters.get(0).letter().alert().id(), T0.plusSeconds(60));
            // Then
            assertThat(box(database).attempt(letters.get(0), T0)).isFalse();
            assertThat(box(database).attempt(letters.get(0), T0.plusSeconds(60)))
                    .isTrue();
            // When
            box(database).tidy(Set.of("kafka"), T0);
            // Then
            assertThat(box(database).attempt(letters.get(1), T0)).isFalse();
        }
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void whatASilenceHeldWhileAnOlderLetterWasOnItsWayStaysHeld(Kind kind) throws Exception {
        try (var database = empty(kind)) {
            // Given
            post(database, letter(1, AlertChange.OPENED, true, T0));
            var first = box(database).due("ops", T0, 10).get(0);
            box(database).attempt(first, T0);
            // When
            post(database, letter(2, AlertChange.UPDATED, false, T0));
            hold(database, first.letter().alert().id(), T0.plusSeconds(3600));
            box(database).delivered(first, Optional.empty(), T0.plusSeconds(1));
            // Then
            assertThat(box(database).due("ops", T0.plusSeconds(3599), 10)).isEmpty();
            assertThat(box(database).due("ops", T0.plusSeconds(3600), 10)).hasSize(1);
        }
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void whatIsNewerWhenAnOlderLetterIsGivenUpIsStillTried(Kind kind) throws Exception {
        try (var database = empty(kind)) {
            // Given
            post(database, letter(1, AlertChange.OPENED, true, T0));
            var first = box(database).due("ops", T0, 10).get(0);
            box(database).attempt(first, T0);
            // When
            post(database, letter(2, AlertChange.RESOLVED, false, T0));
            box(database).gaveUp(first, "answers 400", T0);
            // Then
            assertThat(box(database).due("ops", T0, 10))
                    .singleElement()
                    .satisfies(one -> assertThat(one.letter().alert().change()).isEqualTo(AlertChange.RESOLVED));
        }
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void aLetterThatWasTakenBackIsNotGivenUp(Kind kind) throws Exception {
        try (var database = empty(kind)) {
            // Given
            post(database, letter(1, AlertChange.OPENED, true, T0));
            var first = box(database).due("ops", T0, 10).get(0);
            box(database).attempt(first, T0);
            // When
            box(database).tidy(Set.of("kafka"), T0);
            box(database).gaveUp(first, "answers 400", T0);
            // Then
            assertThat(box(database).standing(List.of("ops")).get(0).undeliverable())
                    .isZero();
        }
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void anAlertThatIsBackWhileItsEndWasOnItsWayIsSparedIfItIsOverBeforeItSettles(Kind kind) throws Exception {
        try (var database = empty(kind)) {
            // Given
            post(database, letter(2, AlertChange.RESOLVED, false, T0));
            var end = box(database).due("ops", T0, 10).get(0);
            box(database).attempt(end, T0);
            // When
            post(database, letter(3, AlertChange.REOPENED, true, T0.plusSeconds(5)));
            box(database).delivered(end, Optional.empty(), T0);
            // Then
            assertThat(box(database).due("ops", T0.plusSeconds(4), 10)).isEmpty();
            assertThat(box(database).unheard("ops"))
                    .containsExactly(end.letter().alert().id());
            // When
            post(database, letter(4, AlertChange.RESOLVED, false, T0));
            // Then
            assertThat(box(database).due("ops", T0.plusSeconds(60), 10)).isEmpty();
            assertThat(box(database).unheard("ops")).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void saysHowTheTellingGoes(Kind kind) throws Exception {
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
            // When
            box(database).delivered(letters.get(2), Optional.of("not to dead@example.com"), T0);
            // Then
            assertThat(box(database).standing(List.of("ops")).get(0).problem()).contains("answers 400");
        }
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void aProblemThatADatabaseCannotWriteDownIsKeptWithoutWhatItCannot(Kind kind) throws Exception {
        try (var database = empty(kind)) {
            // Given
            post(database, letter(1, AlertChange.OPENED, true, T0));
            // When
            box(database).failed(box(database).due("ops", T0, 10).get(0), "answers 400: \0rubbish", T0.plusSeconds(1));
            // Then
            assertThat(box(database).standing(List.of("ops")).get(0).problem()).contains("answers 400:  rubbish");
        }
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void saysWhatWasWrongWithTheNewestLetterThatWasDelivered(Kind kind) throws Exception {
        try (var database = empty(kind)) {
            // Given
            IntStream.range(0, 2)
                    .forEach(i -> post(database, new Letter("ops", alert(i, AlertChange.OPENED), true, T0)));
            var letters = box(database).due("ops", T0, 10);
            // When
            box(database).delivered(letters.get(0), Optional.of("not to dead@example.com"), T0);
            // Then
            assertThat(box(database).standing(List.of("ops")).get(0).problem()).contains("not to dead@example.com");
            // When
            box(database).delivered(letters.get(1), Optional.empty(), T0.plusSeconds(1));
            // Then
            assertThat(box(database).standing(List.of("ops")).get(0).problem()).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void takesBackWhatIsForNobodyAndForgetsWhatIsLongSettled(Kind kind) throws Exception {
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
}
