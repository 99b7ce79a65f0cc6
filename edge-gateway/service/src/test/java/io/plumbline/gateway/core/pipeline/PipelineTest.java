package io.plumbline.gateway.core.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.contract.id.GatewayId;
import io.plumbline.contract.id.SiteId;
import io.plumbline.contract.message.DeadLetter;
import io.plumbline.contract.message.DeadLetterReason;
import io.plumbline.contract.message.GatewayEvent;
import io.plumbline.contract.message.InferenceResult;
import io.plumbline.contract.message.StatsDelta;
import io.plumbline.gateway.core.build.Self;
import io.plumbline.gateway.core.outbox.OutboxRecord;
import io.plumbline.gateway.core.outbox.RecordKind;
import io.plumbline.gateway.core.stats.StatsRules;
import io.plumbline.gateway.core.stream.GatewayMemory;
import io.plumbline.gateway.testing.CountingMetrics;
import io.plumbline.gateway.testing.FakeModel;
import io.plumbline.gateway.testing.Motes;
import io.plumbline.gateway.testing.MutableClock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PipelineTest {

    private static final StatsRules RULES = new StatsRules(Duration.ofSeconds(30), Duration.ofMillis(500), 64);

    private final MutableClock clock = new MutableClock();
    private final CountingMetrics metrics = new CountingMetrics();
    private final Self self = new Self(new GatewayId("gw-north"), new SiteId("north"), clock);
    private final GatewayMemory memory = new GatewayMemory(RULES, clock);
    private final Pipeline pipeline = new Pipeline(
            self, memory, new Reservoirs(64, Duration.ofHours(1)), new Inference(self, metrics, () -> 0), metrics);

    @Test
    void everyAcceptedReadingGivesOneResultAndAPredictionOnceTheWindowIsFull() {
        // Given
        activate("one");

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
        activate("one");
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
        activate("one");

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
        activate("one");
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
        activate("one");
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
        activate("one");

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

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void whatBelongsToAnotherGatewayOfTheSiteIsPassedOverAndOneOfThemReportsStrangers(boolean strangers) {
        // Given
        activate("one");
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
        activate("one");

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
        activate("one");
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
        assertThat(records).extracting(OutboxRecord::kind).containsExactly(RecordKind.DEAD_LETTER, RecordKind.RESULT);
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
        activate("one");
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
        activate("one");
        for (int i = 0; i < 20; i++) {
            pipeline.handle(Motes.reading("north-1", i, 60, 20));
        }
        pipeline.takeRecords();

        // When
        var replaced = activate("two");
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
        activate("one");
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

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
    void snapshotAndRecordsGiveBackExactlyTheMemoryThatWasLost(long seed) {
        // Given
        var random = new Random(seed);
        var saved = memory.toBytes();
        var since = new java.util.ArrayList<OutboxRecord>();
        activate("one");

        // When
        for (int i = 0; i < 300; i++) {
            step(random, i);
            since.addAll(pipeline.takeRecords());
            if (random.nextInt(40) == 0) {
                saved = memory.toBytes();
                since.clear();
            }
        }
        var recovered = new GatewayMemory(RULES, clock);
        recovered.restore(saved);
        since.forEach(record -> recovered.apply(
                record, (model, build) -> Optional.of(FakeModel.known()), (result, input, window) -> {}));

        // Then
        assertThat(recovered.toBytes()).isEqualTo(memory.toBytes());
        assertThat(recovered.counters().view(0)).isEqualTo(memory.counters().view(0));
    }

    @Test
    void replayedRecordsRefillTheReservoirThatTheKillEmptied() {
        // Given
        activate("one");
        var written = new java.util.ArrayList<OutboxRecord>();
        for (int i = 0; i < 400; i++) {
            pipeline.handle(Motes.reading(i % 2 == 0 ? "north-1" : "north-2", i / 2, i % 100, i % 40));
            written.addAll(pipeline.takeRecords());
        }
        var model = Motes.stream("one").model();
        var before = pipeline.reservoirs().of(model);

        // When
        var recovered = new GatewayMemory(RULES, clock);
        var reservoirs = new Reservoirs(64, Duration.ofHours(1));
        written.forEach(
                record -> recovered.apply(record, (name, build) -> Optional.of(FakeModel.known()), reservoirs::add));

        // Then
        assertThat(before.calibration()).isNotEmpty();
        assertThat(reservoirs.of(model)).isEqualTo(before);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 40, 200, 399})
    void windowsThatWereSavedAndRecordsSinceThenGiveTheSameReservoir(int savedAt) {
        // Given
        activate("one");
        var saved = new byte[0];
        var since = new java.util.ArrayList<OutboxRecord>();
        var snapshot = memory.toBytes();
        for (int i = 0; i < 400; i++) {
            pipeline.handle(Motes.reading(i % 2 == 0 ? "north-1" : "north-2", i / 2, i % 100, i % 40));
            since.addAll(pipeline.takeRecords());
            if (i == savedAt) {
                saved = pipeline.reservoirs().toBytes().orElseThrow();
                snapshot = memory.toBytes();
                since.clear();
            }
        }
        var model = Motes.stream("one").model();

        // When
        var recovered = new GatewayMemory(RULES, clock);
        recovered.restore(snapshot);
        var reservoirs = new Reservoirs(64, Duration.ofHours(1));
        reservoirs.restore(saved);
        since.forEach(
                record -> recovered.apply(record, (name, build) -> Optional.of(FakeModel.known()), reservoirs::add));
        pipeline.handle(Motes.reading("north-1", 200, 50, 20));
        pipeline.takeRecords().stream()
                .forEach(record ->
                        recovered.apply(record, (name, build) -> Optional.of(FakeModel.known()), reservoirs::add));

        // Then
        assertThat(reservoirs.of(model)).isEqualTo(pipeline.reservoirs().of(model));
    }

    @Test
    void savedWindowsAreWrittenAgainOnlyWhenAQuarterHasChanged() {
        activate("one");
        for (int i = 0; i < 100; i++) {
            pipeline.handle(Motes.reading("north-1", i, i, i % 40));
        }
        assertThat(pipeline.reservoirs().isWorthSaving()).isTrue();
        pipeline.reservoirs().toBytes();
        assertThat(pipeline.reservoirs().isWorthSaving()).isFalse();
    }

    private void step(Random random, int i) {
        var device = random.nextBoolean() ? "north-1" : "north-2";
        if (random.nextInt(10) == 0) {
            clock.failAfter(random.nextInt(3));
            pipeline.handle(Motes.reading(device, i, 50, 20));
            clock.failAfter(-1);
            return;
        }
        switch (random.nextInt(12)) {
            case 0 -> pipeline.handle(Motes.message(device, "rubbish " + i, Motes.delivery(1 + i, 0)));
            case 1 -> activate("build-" + i);
            case 2 -> clock.advance(Duration.ofSeconds(random.nextInt(4)));
            case 3 -> pipeline.tick();
            default -> pipeline.handle(Motes.reading(device, i, random.nextInt(100), random.nextInt(40)));
        }
    }

    private Optional<io.plumbline.gateway.core.build.Build> activate(String build) {
        var event = new GatewayEvent.BuildActivated(
                self.gateway(),
                self.site(),
                clock.instant(),
                Motes.CLIMATE,
                Motes.stream(build).model(),
                FakeModel.digest(build),
                1);
        var replaced = pipeline.activate(Motes.stream(build), FakeModel.build(build), event);
        if (replaced.isEmpty()) {
            pipeline.takeRecords();
        }
        return replaced;
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
