package io.plumbline.benchmarks.fuzz;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.plumbline.contract.id.DeviceId;
import io.plumbline.contract.id.EventId;
import io.plumbline.contract.id.StreamId;
import java.time.Instant;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class AnswersTest {

    private static final int COUNT = 5_000;

    private final BrokenReadings broken = new BrokenReadings(3, Instant.parse("2026-01-01T00:00:00Z"));
    private final Answers answers = new Answers(broken, COUNT);

    @Test
    void oneAnswerForEachIsExactWhateverItIs() {
        // Given
        publishAll();

        // When: every third refused, every fifth of the others under another name
        LongStream.range(0, COUNT).forEach(this::answer);

        // Then
        var verdict = answers.verdict();
        assertThat(verdict.lost()).isZero();
        assertThat(verdict.duplicated()).isZero();
        assertThat(verdict.results() + verdict.deadLetters()).isEqualTo(COUNT);
        assertThat(verdict.strange()).isPositive();
    }

    @Test
    void aLostMessageIsNotMadeUpForByASecondAnswerToAnother() {
        // Given
        publishAll();

        // When
        LongStream.range(1, COUNT).forEach(this::answer);
        answer(3);

        // Then
        assertThat(answers.count()).isEqualTo(COUNT);
        var verdict = answers.verdict();
        assertThat(verdict.lost()).isEqualTo(1);
        assertThat(verdict.duplicated()).isEqualTo(1);
    }

    @Test
    void aResultUnderAnotherNameAnswersNoOtherDevice() {
        // Given
        publishAll();

        // When
        LongStream.range(1, COUNT).forEach(this::answer);
        answers.result(new EventId("m-9/json/h-0123456789abcdef"));

        // Then
        var verdict = answers.verdict();
        assertThat(verdict.lost()).isEqualTo(1);
        assertThat(verdict.duplicated()).isEqualTo(1);
    }

    @Test
    void aMessageThatIsBothAnsweredAndRefusedIsADuplicate() {
        // Given
        publishAll();

        // When
        LongStream.range(0, COUNT).forEach(this::answer);
        refuse(1);

        // Then
        assertThat(answers.verdict().duplicated()).isEqualTo(1);
    }

    @Test
    void messagesAreAFunctionOfSeedAndNumber() {
        // When
        var again = new BrokenReadings(3, broken.start());

        // Then
        LongStream.range(0, COUNT).forEach(number -> {
            assertThat(again.message(number).payload())
                    .isEqualTo(broken.message(number).payload());
            assertThat(Broken.number(broken.event(number))).isEqualTo(number);
        });
        assertThat(new BrokenReadings(4, broken.start()).message(8).payload())
                .isNotEqualTo(broken.message(8).payload());
    }

    @Test
    void theSlopeIsThatOfALine() {
        // Then
        assertThat(FuzzRun.slope(List.of(new double[] {0, 100}, new double[] {10, 105}, new double[] {20, 110})))
                .isCloseTo(0.5, within(1e-9));
    }

    private void publishAll() {
        LongStream.range(0, COUNT).forEach(number -> answers.published(number, broken.message(number)));
    }

    private void answer(long number) {
        if (number % 3 == 0) {
            refuse(number);
        } else if (number % 5 == 0) {
            var name = broken.event(number).value().split("/");
            answers.result(EventId.ofContent(
                    new DeviceId(name[0]), new StreamId(name[1]), new byte[] {(byte) number, (byte) (number >> 8)}));
        } else {
            answers.result(broken.event(number));
        }
    }

    private void refuse(long number) {
        var message = broken.message(number);
        answers.deadLetter(message.topic(), message.payload(), "MALFORMED");
    }
}
