package io.plumbline.cli.proof;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.plumbline.contract.id.DeviceId;
import io.plumbline.contract.id.EventId;
import io.plumbline.contract.id.StreamId;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class AccountTest {

    private final Account account = new Account();

    @Test
    void isExactWhenEveryMessageHasItsOneAnswer() {
        // Given
        account.sent(reading(1), 10);
        account.sent(reading(2), 20);
        account.badSent(bytes("{"));

        // When
        account.result(reading(2));
        account.result(reading(1));
        account.deadLetter(bytes("{"));

        // Then
        assertThat(account.totals()).isEqualTo(new Account.Totals(3, 2, 1, 0, 0));
        assertThat(account.totals().isExact()).isTrue();
        assertThat(account.outstanding()).isZero();
    }

    @Test
    void aLostAndARepeatedResultDoNotCancel() {
        // Given
        account.sent(reading(1), 10);
        account.sent(reading(2), 20);

        // When
        account.result(reading(1));
        account.result(reading(1));

        // Then
        assertThat(account.totals()).isEqualTo(new Account.Totals(2, 2, 0, 1, 1));
        assertThat(account.totals().isExact()).isFalse();
        assertThat(account.outstanding()).isEqualTo(1);
    }

    @Test
    void aLostAndARepeatedDeadLetterDoNotCancel() {
        // Given
        account.badSent(bytes("one"));
        account.badSent(bytes("two"));

        // When
        account.deadLetter(bytes("one"));
        account.deadLetter(bytes("one"));

        // Then
        assertThat(account.totals()).isEqualTo(new Account.Totals(2, 0, 2, 1, 1));
        assertThat(account.totals().isExact()).isFalse();
        assertThat(account.outstanding()).isEqualTo(1);
    }

    @Test
    void aResultThatNobodySentCounts() {
        // When
        account.result(reading(7));

        // Then
        assertThat(account.totals()).isEqualTo(new Account.Totals(0, 1, 0, 0, 1));
        assertThat(account.totals().isExact()).isFalse();
    }

    @Test
    void theDeadLetterOfAGoodReadingIsAStrangerAndTheReadingIsLost() {
        // Given
        account.sent(reading(1), 10);

        // When
        account.deadLetter(bytes("{\"seq\":1}"));

        // Then
        assertThat(account.totals()).isEqualTo(new Account.Totals(1, 0, 1, 1, 1));
        assertThat(account.totals().isExact()).isFalse();
    }

    @Test
    void aResultThatIsHeardBeforeItsReadingIsBookedIsNoStranger() {
        // When
        account.result(reading(1));
        account.sent(reading(1), 10);

        // Then
        assertThat(account.totals().isExact()).isTrue();
    }

    @Test
    void countsAsLostDuringATimeOnlyWhatWasSentInIt() {
        // Given
        account.sent(reading(1), 10);
        account.sent(reading(2), 20);
        account.sent(reading(3), 30);

        // When
        account.result(reading(2));

        // Then
        assertThat(account.lostBetween(10, 20)).isEqualTo(1);
        assertThat(account.lostBetween(11, 29)).isZero();
        assertThat(account.lostBetween(0, 100)).isEqualTo(2);
    }

    @Test
    void aBadPayloadThatWasSentBeforeCannotBeToldApart() {
        // Given
        account.badSent(bytes("{"));

        // Then
        assertThatThrownBy(() -> account.badSent(bytes("{")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("sent before");
    }

    private static EventId reading(int sequence) {
        var time = Instant.parse("2026-01-01T00:00:00Z").plusSeconds(5L * sequence);
        return EventId.ofSequence(new DeviceId("north-1"), new StreamId("climate"), time, sequence);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
