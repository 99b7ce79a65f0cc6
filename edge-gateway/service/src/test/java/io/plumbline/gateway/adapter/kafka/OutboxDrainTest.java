package io.plumbline.gateway.adapter.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.plumbline.gateway.adapter.disk.LogLimits;
import io.plumbline.gateway.adapter.disk.SegmentedLog;
import io.plumbline.gateway.core.outbox.OutboxRecord;
import io.plumbline.gateway.testing.Records;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.Random;
import java.util.stream.IntStream;
import org.apache.kafka.common.KafkaException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OutboxDrainTest {

    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void everyRecordArrivesInOrderThoughSinksFailBeforeAndAfterTheirWork(long seed) throws Exception {
        // Given
        var kafka = new UnreliableKafka(new Random(seed));
        try (var log = SegmentedLog.open(folder, new LogLimits(2_000, 100_000))) {
            var drain = new OutboxDrain(log, mark(), kafka, Duration.ofMillis(1));
            var thread = new Thread(drain);

            // When
            thread.start();
            for (int i = 0; i < 400; i += 10) {
                log.append(Records.letters(i, 10));
                log.recoverable(log.end());
            }
            drain.stop();
            thread.join();

            // Then
            assertThat(kafka.received.stream().distinct().toList())
                    .as("the first of each")
                    .isEqualTo(IntStream.range(0, 400).boxed().toList());
            assertThat(log.pending()).isZero();
            assertThat(kafka.failures).isPositive();
        }
    }

    @Test
    void goesOnAfterAStartWhereItWas() throws Exception {
        // Given
        var kafka = reliable();
        try (var log = SegmentedLog.open(folder, new LogLimits(2_000, 100_000))) {
            log.append(Records.letters(0, 10));
            drainAll(log, kafka);
        }

        // When
        try (var again = SegmentedLog.open(folder, new LogLimits(2_000, 100_000))) {
            again.append(Records.letters(10, 2));
            drainAll(again, kafka);
        }

        // Then
        assertThat(kafka.received).isEqualTo(IntStream.range(0, 12).boxed().toList());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "0000000000000000007 00000000\n", "0000000000000000007", "not a number at all, is it?"})
    void aDamagedMarkSendsAgainAndLeavesNothingOut(String damaged) throws Exception {
        // Given
        var kafka = reliable();
        try (var log = SegmentedLog.open(folder, new LogLimits(2_000, 100_000))) {
            log.append(Records.letters(0, 10));
            Files.writeString(folder.resolve("drained"), damaged);

            // When
            drainAll(log, kafka);

            // Then
            assertThat(kafka.received).isEqualTo(IntStream.range(0, 10).boxed().toList());
        }
    }

    @Test
    void whatHasArrivedIsNotSentAgainAfterAFailure() throws Exception {
        // Given
        var kafka = reliable();
        try (var log = SegmentedLog.open(folder, new LogLimits(2_000, 100_000))) {
            log.append(Records.letters(0, 10));
            var drain = new OutboxDrain(log, mark(), kafka, Duration.ofMillis(1));
            var thread = new Thread(drain);
            thread.start();
            await().untilAsserted(() -> assertThat(log.pending()).isZero());

            // When
            kafka.breaks = true;
            log.append(Records.letters(10, 2));
            drain.stop();
            thread.join();

            // Then
            assertThat(kafka.received).isEqualTo(IntStream.range(0, 12).boxed().toList());
        }
    }

    @Test
    void aLogThatWasTakenAwayIsSentFromItsNewBeginning() throws Exception {
        // Given
        var kafka = reliable();
        try (var mark = mark()) {
            mark.reached(5_000);
        }
        try (var log = SegmentedLog.open(folder, new LogLimits(2_000, 100_000))) {
            var drain = new OutboxDrain(log, mark(), kafka, Duration.ofMillis(1));
            var thread = new Thread(drain);
            thread.start();
            await().untilAsserted(() -> assertThat(drain.link().up()).isTrue());

            // When
            log.append(Records.letters(0, 3));
            drain.stop();
            thread.join();

            // Then
            assertThat(kafka.received).containsExactly(0, 1, 2);
        }
    }

    @Test
    void aMarkOfALogThatWasTakenAwayDoesNotCountOnceTheNewOneHasGrownPastIt() throws Exception {
        // Given
        try (var mark = mark()) {
            mark.reached(2);
        }
        try (var log = SegmentedLog.open(folder, new LogLimits(2_000, 100_000))) {
            var away = new UnreliableKafka(new Random(1));
            var drain = new OutboxDrain(log, mark(), away, Duration.ofMillis(1));
            // When
            log.append(Records.letters(0, 3));
            var thread = new Thread(drain);
            thread.start();
            thread.interrupt();
            thread.join();
        }
        // Then
        try (var log = SegmentedLog.open(folder, new LogLimits(2_000, 100_000))) {
            var kafka = reliable();
            drainAll(log, kafka);
            assertThat(kafka.received).containsExactly(0, 1, 2);
        }
    }

    private DrainMark mark() {
        return new DrainMark(folder.resolve("drained"));
    }

    private static UnreliableKafka reliable() {
        var kafka = new UnreliableKafka(new Random(1));
        kafka.reliable = true;
        return kafka;
    }

    private void drainAll(SegmentedLog log, UnreliableKafka kafka) throws InterruptedException {
        var drain = new OutboxDrain(log, mark(), kafka, Duration.ofMillis(1));
        var thread = new Thread(drain);
        drain.stop();
        thread.start();
        thread.join();
    }

    /** Takes records, and fails before or after it did so. */
    private static final class UnreliableKafka implements Sink.Factory {
        private final Random random;
        private final List<Integer> received = new ArrayList<>();
        private boolean reliable;
        private volatile boolean breaks;
        private int failures;

        private UnreliableKafka(Random random) {
            this.random = random;
        }

        private void mayFail() {
            if (breaks) {
                breaks = false;
                throw new KafkaException("away");
            }
            if (!reliable && (failures == 0 || random.nextInt(4) == 0)) {
                failures++;
                throw new KafkaException("away");
            }
        }

        @Override
        public Sink open() {
            mayFail();
            return new Sink() {
                private OptionalLong arrived = OptionalLong.empty();

                @Override
                public void send(List<OutboxRecord> records, long next) {
                    mayFail();
                    records.forEach(record -> received.add(Records.number(record)));
                    mayFail();
                    arrived = OptionalLong.of(next);
                }

                @Override
                public OptionalLong arrived() {
                    return arrived;
                }

                @Override
                public void close() {}
            };
        }
    }
}
