package io.plumbline.gateway.adapter.disk;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.contract.message.GatewayEvent;
import io.plumbline.gateway.core.outbox.Loss;
import io.plumbline.gateway.core.outbox.OutboxRecord;
import io.plumbline.gateway.core.outbox.Overflow;
import io.plumbline.gateway.testing.Records;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A log that may drop its oldest records: what goes, what stays, and that the reader goes on behind the gap. */
class FullLogTest {

    private static final LogLimits DROPPING = new LogLimits(1_000, 10_000, Optional.empty(), Overflow.DROP_OLDEST);

    @TempDir
    private Path folder;

    @Test
    void whereItIsToBlockNothingMayGo() throws Exception {
        // Given
        try (var log = SegmentedLog.open(folder, new LogLimits(1_000, 10_000))) {
            fill(log);
            log.recoverable(log.end());

            // Then
            assertThat(log.oldest()).isEmpty();
        }
    }

    @Test
    void theOldestGoUntilThereIsRoomAndAreCountedExactly() throws Exception {
        // Given
        try (var log = SegmentedLog.open(folder, DROPPING)) {
            fill(log);
            log.recoverable(log.end());

            // When
            var losses = shed(log);

            // Then
            assertThat(log.hasRoom()).isTrue();
            assertThat(losses.get(0).first()).isZero();
            assertThat(losses).allSatisfy(loss -> assertThat(loss.answers()).isEqualTo(loss.next() - loss.first()));
            var from = Math.toIntExact(losses.get(losses.size() - 1).next());
            assertThat(drain(log, 0)).isEqualTo(range(from, log.end()));
        }
    }

    @Test
    void whatMayBeOnItsWayToKafkaStaysAndTheReaderGoesOnBehindTheGap() throws Exception {
        // Given: ten were handed over, and nobody knows whether they arrived
        try (var log = SegmentedLog.open(folder, DROPPING)) {
            log.append(Records.letters(0, 10));
            try (var reader = log.drainFrom(0)) {
                assertThat(reader.read(10, Duration.ZERO)).hasSize(10);
            }
            fillFrom(log, 10);
            log.recoverable(log.end());

            // When
            var losses = shed(log);

            // Then
            assertThat(losses.get(0).first()).isGreaterThanOrEqualTo(10);
            var expected = new ArrayList<>(range(0, losses.get(0).first()));
            expected.addAll(range(Math.toIntExact(losses.get(losses.size() - 1).next()), log.end()));
            assertThat(drain(log, 0)).isEqualTo(expected);
        }
    }

    @Test
    void afterARestartOnlyWhatWasNeverHandedOverMayGo() throws Exception {
        // Given
        long handedOver;
        try (var log = SegmentedLog.open(folder, DROPPING)) {
            log.append(Records.letters(0, 10));
            try (var reader = log.drainFrom(0)) {
                reader.read(10, Duration.ZERO);
            }
            log.drainInterrupted();
            handedOver = log.end();
            fillFrom(log, 10);
        }

        // When
        try (var log = SegmentedLog.open(folder, DROPPING)) {
            log.recoverable(log.end());

            // Then
            assertThat(log.oldest().orElseThrow().first()).isGreaterThanOrEqualTo(handedOver);
        }
    }

    @Test
    void afterARestartInTheMiddleOfSendingNothingOfBeforeMayGo() throws Exception {
        // Given
        try (var log = SegmentedLog.open(folder, DROPPING)) {
            fill(log);
        }

        // When
        try (var log = SegmentedLog.open(folder, DROPPING)) {
            log.recoverable(log.end());

            // Then
            assertThat(log.oldest()).isEmpty();
        }
    }

    @Test
    void whatRecoveryNeedsStays() throws Exception {
        // Given
        try (var log = SegmentedLog.open(folder, DROPPING)) {
            fill(log);

            // Then
            assertThat(log.oldest()).isEmpty();
        }
    }

    @Test
    void aLossThatACrashCutShortIsCompletedAndDoneOnce() throws Exception {
        // Given
        Loss loss;
        try (var log = SegmentedLog.open(folder, DROPPING)) {
            fill(log);
            log.recoverable(log.end());
            loss = log.oldest().orElseThrow();
        }

        // When
        try (var log = SegmentedLog.open(folder, DROPPING)) {
            assertThat(log.begin()).isZero();
            log.drop(loss);
            log.drop(loss);

            // Then
            assertThat(drain(log, 0)).isEqualTo(range(Math.toIntExact(loss.next()), log.end()));
            assertThat(Segment.in(folder).get(0).first()).isEqualTo(loss.next());
        }
    }

    @Test
    void whatIsTooOldLeavesNoRoomAndGoes() throws Exception {
        // Given
        var limits = new LogLimits(1_000, 1 << 20, Optional.of(Duration.ofHours(1)), Overflow.DROP_OLDEST);
        try (var log = SegmentedLog.open(folder, limits)) {
            log.append(Records.letters(0, 3));
            assertThat(log.hasRoom()).isTrue();
            log.drainFrom(0).close();
            log.drainInterrupted();
        }
        var file = Segment.in(folder).get(0).file();
        Files.setLastModifiedTime(file, FileTime.from(Instant.now().minus(Duration.ofHours(2))));

        // When
        try (var log = SegmentedLog.open(folder, limits)) {
            log.recoverable(log.end());

            // Then
            assertThat(log.hasRoom()).isFalse();
            assertThat(log.oldest()).contains(new Loss(0, 3, 0, 3, 0));
            assertThat(log.hasRoom()).isTrue();
        }
    }

    @Test
    void whatIsTooOldBlocksWhereNothingMayGo() throws Exception {
        // Given
        var limits = new LogLimits(1_000, 1 << 20, Optional.of(Duration.ofHours(1)), Overflow.BLOCK);
        try (var log = SegmentedLog.open(folder, limits)) {
            log.append(Records.letters(0, 3));
        }
        var file = Segment.in(folder).get(0).file();
        Files.setLastModifiedTime(file, FileTime.from(Instant.now().minus(Duration.ofHours(2))));

        // When
        try (var log = SegmentedLog.open(folder, limits)) {

            // Then
            assertThat(log.hasRoom()).isFalse();
            log.drained(3);
            assertThat(log.hasRoom()).isTrue();
        }
    }

    @Test
    void theEventOfALossTellsTheLoss() {
        // Given
        var event = new GatewayEvent.OutboxLost(
                new io.plumbline.contract.id.GatewayId("gw"),
                new io.plumbline.contract.id.SiteId("north"),
                Instant.EPOCH,
                10,
                40,
                20,
                7,
                3);

        // Then
        assertThat(Loss.of(OutboxRecord.event(event))).contains(new Loss(10, 40, 20, 7, 3));
        assertThat(Loss.of(Records.letters(0, 1).get(0))).isEmpty();
    }

    private static List<Loss> shed(SegmentedLog log) throws IOException {
        var losses = new ArrayList<Loss>();
        while (!log.hasRoom()) {
            var loss = log.oldest().orElseThrow();
            log.drop(loss);
            losses.add(loss);
        }
        return losses;
    }

    private static void fill(SegmentedLog log) throws IOException {
        fillFrom(log, 0);
    }

    private static void fillFrom(SegmentedLog log, int from) throws IOException {
        for (int i = from; log.hasRoom(); i++) {
            log.append(Records.letters(i, 1));
        }
    }

    private static List<Integer> drain(SegmentedLog log, long from) throws Exception {
        var numbers = new ArrayList<Integer>();
        try (var reader = log.drainFrom(from)) {
            while (reader.position() < log.end()) {
                reader.read(7, Duration.ZERO).forEach(record -> numbers.add(Records.number(record)));
            }
            assertThat(reader.skipped()).isZero();
        }
        return numbers;
    }

    private static List<Integer> range(long from, long to) {
        return IntStream.range((int) from, (int) to).boxed().toList();
    }
}
