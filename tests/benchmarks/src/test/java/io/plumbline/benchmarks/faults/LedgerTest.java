package io.plumbline.benchmarks.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.contract.id.EventId;
import java.time.Instant;
import java.util.HashSet;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class LedgerTest {

    private static final long COUNT = 20_000;

    private final Script script = new Script(7, Instant.parse("2026-01-01T00:00:00Z"));
    private final Ledger ledger = new Ledger(script);
    private final long good = numbers(false)[0];
    private final long bad = numbers(true)[0];

    @Test
    void everyMessageAnsweredOnceIsExact() {
        // When
        publishAll();
        LongStream.range(0, COUNT).forEach(this::answer);

        // Then
        var verdict = ledger.verdict();
        assertThat(verdict.isExact()).isTrue();
        assertThat(verdict.results() + verdict.deadLetters()).isEqualTo(verdict.sent());
        assertThat(verdict.deadLetters()).isBetween(COUNT / 200, COUNT / 50);
    }

    @Test
    void aLostReadingIsNotMadeUpForByACopyOfAnother() {
        // When
        publishAll();
        LongStream.range(0, COUNT).filter(number -> number != good).forEach(this::answer);
        answer(numbers(false)[1]);

        // Then
        assertThat(ledger.verdict().results() + ledger.verdict().deadLetters()).isEqualTo(COUNT);
        assertThat(ledger.verdict().lost()).isEqualTo(1);
        assertThat(ledger.verdict().duplicated()).isEqualTo(1);
    }

    @Test
    void aDeadLetterIsNotAnAnswerToAReading() {
        // When
        publish(good);
        ledger.deadLetter(script.message(good).payload());

        // Then
        assertThat(ledger.verdict().lost()).isEqualTo(1);
        assertThat(ledger.verdict().invented()).isEqualTo(1);
    }

    @Test
    void whatWasNeverSentIsInvented() {
        // When
        publish(good);
        ledger.result(script.event(good));
        ledger.result(script.event(numbers(false)[1]));
        ledger.result(new EventId("m-1/climate/12-1"));
        ledger.result(new EventId("m-1/climate/h-0123"));
        ledger.deadLetter(new byte[] {1, 2});

        // Then
        assertThat(ledger.verdict().invented()).isEqualTo(4);
        assertThat(ledger.verdict().isExact()).isFalse();
    }

    @Test
    void aRefusedPayloadThatWasPublishedTwiceMayHaveTwoDeadLettersAndNotThree() {
        // When
        publish(bad);
        publish(bad);
        answer(bad);
        answer(bad);

        // Then
        assertThat(ledger.verdict().isExact()).isTrue();
        assertThat(ledger.verdict().repeatedDeadLetters()).isEqualTo(1);
        answer(bad);
        assertThat(ledger.verdict().duplicatedDeadLetters()).isEqualTo(1);
        assertThat(ledger.verdict().isExact()).isFalse();
    }

    @Test
    void anOlderResultOfADeviceAfterANewerOneIsOutOfOrder() {
        // Given: neighbours in number, of different devices, may change places
        var own = LongStream.of(numbers(false))
                .filter(number -> Script.device(number) == 1)
                .limit(2)
                .toArray();
        var other = LongStream.of(numbers(false))
                .filter(number -> Script.device(number) == 2)
                .findFirst()
                .orElseThrow();
        publishAll();

        // When
        answer(own[1]);
        answer(other);
        assertThat(ledger.verdict().outOfOrder()).isZero();
        answer(own[0]);

        // Then
        assertThat(ledger.verdict().outOfOrder()).isEqualTo(1);
    }

    @Test
    void noTwoPayloadsAreAlike() {
        // When
        var seen = new HashSet<String>();
        LongStream.range(0, COUNT)
                .forEach(number -> seen.add(
                        new String(script.message(number).payload(), java.nio.charset.StandardCharsets.UTF_8)));

        // Then
        assertThat(seen).hasSize((int) COUNT);
    }

    private long[] numbers(boolean refused) {
        return LongStream.range(0, COUNT)
                .filter(number -> script.isBad(number) == refused)
                .toArray();
    }

    private void publishAll() {
        LongStream.range(0, COUNT).forEach(this::publish);
    }

    private void publish(long number) {
        ledger.published(number, script.message(number).payload());
    }

    private void answer(long number) {
        if (script.isBad(number)) {
            ledger.deadLetter(script.message(number).payload());
        } else {
            ledger.result(script.event(number));
        }
    }
}
