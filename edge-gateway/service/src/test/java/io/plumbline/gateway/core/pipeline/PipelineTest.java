package io.plumbline.gateway.core.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.contract.message.DeadLetter;
import io.plumbline.contract.message.DeadLetterReason;
import io.plumbline.contract.message.InferenceResult;
import io.plumbline.contract.message.StatsDelta;
import io.plumbline.gateway.core.inbox.Incoming;
import io.plumbline.gateway.core.outbox.OutboxRecord;
import io.plumbline.gateway.core.outbox.RecordKind;
import io.plumbline.gateway.core.stream.GatewayMemory;
import io.plumbline.gateway.testing.CountingMetrics;
import io.plumbline.gateway.testing.FakeModel;
import io.plumbline.gateway.testing.Motes;
import io.plumbline.gateway.testing.MutableClock;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PipelineTest {

    private final PipelineBench bench = new PipelineBench();
    private final MutableClock clock = bench.clock;
    private final CountingMetrics metrics = bench.metrics;
    private final GatewayMemory memory = bench.memory;
    private final Pipeline pipeline = bench.pipeline;

    @Test
    void everyAcceptedReadingGivesOneResultAndAPredictionOnceTheWindowIsFull() {
        // Given
        bench.activate("one");

        // When
        for (int i = 0; i < 20; i++) {
            pipeline.handle(Motes.reading("north-1", i, 60, 20));
        }
        var results = results(pipeline.takeRecords());

        // Then
        assertThat(results).hasSize(20);
        assertThat(results.subList(0, 15))
                .allMatch(result -> result.prediction().isEmpty());
        assertThat(results.subList(15, 20))
                .allMatch(result -> result.prediction().orElseThrow().label().equals("event"));
        assertThat(results.get(3).event()).isEqualTo(Motes.event("north-1", 3));
        assertThat(results.get(3).build()).isEqualTo(FakeModel.digest("one"));
    }

    @Test
    void aReadingThatComesAgainIsDroppedAndCounted() {
        // Given
        bench.activate("one");
        pipeline.handle(Motes.reading("north-1", 1, 60, 20));
        pipeline.takeRecords();

        // When
        pipeline.handle(Motes.reading("north-1", 1, 60, 20));

        // Then
        assertThat(pipeline.takeRecords()).isEmpty();
        assertThat(memory.counters().view(0).redelivered()).isEqualTo(1);
        assertThat(metrics.count("redelivered")).isEqualTo(1);
    }

    @Test
    void equalBadPayloadsThatWereReallySentAreTwoDeadLetters() {
        // Given
        bench.activate("one");

        // When
        pipeline.handle(Motes.message("north-1", "rubbish", Motes.delivery(7, 0)));
        pipeline.handle(Motes.message("north-1", "rubbish", Motes.delivery(8, 0)));
        pipeline.handle(Motes.message("north-1", "rubbish", Motes.delivery(7, 0)));

        // Then
        assertThat(letters(pipeline.takeRecords())).hasSize(3);
    }

    @Test
    void aBadPayloadThatTheBrokerSendsAgainIsOneDeadLetter() {
        // Given
        bench.activate("one");
        pipeline.handle(Motes.message("north-1", "rubbish", Motes.delivery(7, 0)));
        pipeline.takeRecords();

        // When
        pipeline.handle(Motes.message("north-1", "rubbish", Motes.delivery(7, 1)));
        pipeline.handle(Motes.message("north-1", "rubbish", Motes.delivery(8, 1)));

        // Then
        assertThat(letters(pipeline.takeRecords())).hasSize(1);
        assertThat(memory.counters().view(0).redelivered()).isEqualTo(1);
    }

    @Test
    void aBadPayloadWhoseIdentifierWasReusedInBetweenIsANewOne() {
        // Given
        bench.activate("one");
        pipeline.handle(Motes.message("north-1", "rubbish", Motes.delivery(7, 0)));
        pipeline.handle(new Incoming(
                Motes.reading("north-1", 1, 60, 20).topic(),
                Motes.reading("north-1", 1, 60, 20).payload(),
                Motes.delivery(7, 0)));
        pipeline.takeRecords();

        // When
        pipeline.handle(Motes.message("north-1", "rubbish", Motes.delivery(7, 1)));

        // Then
        assertThat(letters(pipeline.takeRecords())).hasSize(1);
    }

    @Test
    void whatNobodyKnowsIsADeadLetter() {
        // Given
        bench.activate("one");

        // When
        pipeline.handle(Motes.reading("north-9", 1, 60, 20));
        pipeline.handle(Motes.reading("Not A Name", 1, 60, 20));
        pipeline.handle(new Incoming("elsewhere", new byte[0], Motes.delivery(3, 0)));

        // Then
        var letters = letters(pipeline.takeRecords());
        assertThat(letters).extracting(DeadLetter::reason).containsOnly(DeadLetterReason.UNKNOWN_DEVICE);
        assertThat(letters)
                .extracting(letter -> letter.stream().value())
                .containsExactly("climate", "climate", "unassigned");
    }

    @Test
    void aReadingFromTheFutureIsADeadLetterAndMovesNothing() {
        // Given
        bench.activate("one");
        pipeline.handle(Motes.reading("north-1", 0, 60, 20));

        // When
        pipeline.handle(Motes.reading("north-2", 100_000, 60, 20));
        pipeline.handle(Motes.reading("north-2", 1, 60, 20));
        pipeline.tick();
        var records = pipeline.takeRecords();

        // Then
        assertThat(results(records)).hasSize(2);
        assertThat(letters(records)).extracting(DeadLetter::reason).containsExactly(DeadLetterReason.CLOCK_AHEAD);
        assertThat(letters(records).get(0).detail()).contains("2026-01-06T18:53:20Z", "PT1H", "clock-skew");
        assertThat(metrics.skew(Motes.CLIMATE)).isEqualTo(Duration.ofSeconds(5));
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void whatBelongsToAnotherGatewayOfTheSiteIsPassedOverAndOneOfThemReportsStrangers(boolean strangers) {
        // Given
        bench.activate("one");
        pipeline.adjust(Motes.beside(strangers, "north-3"));
        pipeline.takeRecords();

        // When
        pipeline.handle(Motes.reading("north-3", 1, 60, 20));
        pipeline.handle(Motes.reading("north-9", 1, 60, 20));
        pipeline.handle(Motes.reading("Not A Name", 1, 60, 20));
        pipeline.handle(Motes.reading("north-1", 1, 60, 20));
        var records = pipeline.takeRecords();

        // Then
        assertThat(results(records)).hasSize(1);
        assertThat(letters(records)).hasSize(strangers ? 0 : 2);
        assertThat(metrics.count("leftToNeighbour")).isEqualTo(strangers ? 3 : 1);
    }

    @Test
    void aModelThatFailsCostsThePredictionAndNotTheReading() {
        // Given
        bench.activate("one");

        // When
        for (int i = 0; i < 17; i++) {
            pipeline.handle(Motes.reading("north-1", i, 60, i == 16 ? 99 : 20));
        }

        // Then
        var results = results(pipeline.takeRecords());
        assertThat(results).hasSize(17);
        assertThat(results.get(15).prediction()).isPresent();
        assertThat(results.get(16).prediction()).isEmpty();
        assertThat(metrics.count("inferenceFailed")).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1})
    void aMessageThatThePipelineFailsOnIsOneDeadLetterAndTheNextGoesOn(int looks) {
        // Given
        bench.activate("one");
        for (int i = 0; i < 16; i++) {
            pipeline.handle(Motes.reading("north-1", i, 60, 20));
        }
        pipeline.takeRecords();

        // When
        clock.failAfter(looks);
        pipeline.handle(Motes.reading("north-1", 16, 60, 20));
        pipeline.handle(Motes.reading("north-1", 17, 60, 20));
        var records = pipeline.takeRecords();

        // Then
        assertThat(records).extracting(OutboxRecord::kind).containsExactly(RecordKind.RESULT, RecordKind.DEAD_LETTER);
        var letter = letters(records).get(0);
        assertThat(letter.reason()).isEqualTo(DeadLetterReason.INTERNAL);
        assertThat(letter.stream()).isEqualTo(Motes.CLIMATE);
        assertThat(letter.detail()).endsWith("the clock");
        assertThat(metrics.count("messageFailed")).isEqualTo(1);
        var counters = memory.counters().view(0);
        assertThat(counters.results()).isEqualTo(17);
        assertThat(counters.deadLetters()).isEqualTo(1);
    }

    @Test
    void aReadingThatThePipelineFailedOnMayComeAgain() {
        // Given
        bench.activate("one");
        clock.failAfter(0);
        pipeline.handle(Motes.reading("north-1", 0, 60, 20));
        pipeline.takeRecords();

        // When
        pipeline.handle(Motes.reading("north-1", 0, 60, 20));

        // Then
        assertThat(results(pipeline.takeRecords())).hasSize(1);
    }

    @Test
    void aSwapGoesOnWithTheSameWindowsAndClosesTheBooksOfTheOldBuild() {
        // Given
        bench.activate("one");
        for (int i = 0; i < 20; i++) {
            pipeline.handle(Motes.reading("north-1", i, 60, 20));
        }
        pipeline.takeRecords();

        // When
        var replaced = bench.activate("two");
        pipeline.handle(Motes.reading("north-1", 20, 60, 20));
        var records = pipeline.takeRecords();

        // Then
        assertThat(replaced.orElseThrow().manifest()).isEqualTo(FakeModel.digest("one"));
        assertThat(records)
                .extracting(OutboxRecord::kind)
                .containsExactly(RecordKind.STATS, RecordKind.EVENT, RecordKind.RESULT);
        var delta = StatsDelta.from(records.get(0).value());
        assertThat(delta.key().build()).isEqualTo(FakeModel.digest("one"));
        assertThat(delta.readings()).isEqualTo(20);
        var result = InferenceResult.from(records.get(2).value());
        assertThat(result.build()).isEqualTo(FakeModel.digest("two"));
        assertThat(result.prediction()).isPresent();
    }

    @Test
    void statisticsLeaveWhenTheStreamHasBeenSilent() {
        // Given
        bench.activate("one");
        pipeline.handle(Motes.reading("north-1", 1, 60, 20));
        pipeline.takeRecords();
        pipeline.tick();
        assertThat(pipeline.takeRecords()).isEmpty();

        // When
        clock.advance(Duration.ofSeconds(6));
        pipeline.tick();

        // Then
        assertThat(pipeline.takeRecords()).extracting(OutboxRecord::kind).containsExactly(RecordKind.STATS);
    }

    private static List<InferenceResult> results(List<OutboxRecord> records) {
        return records.stream()
                .filter(record -> record.kind() == RecordKind.RESULT)
                .map(record -> InferenceResult.from(record.value()))
                .toList();
    }

    private static List<DeadLetter> letters(List<OutboxRecord> records) {
        return records.stream()
                .filter(record -> record.kind() == RecordKind.DEAD_LETTER)
                .map(record -> DeadLetter.from(record.headers()))
                .toList();
    }
}
