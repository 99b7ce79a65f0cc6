package io.plumbline.gateway.adapter.disk;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.gateway.core.outbox.OutboxRecord;
import io.plumbline.gateway.testing.Records;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SegmentedLogTest {

    private static final LogLimits SMALL = new LogLimits(1_000, 10_000);

    @TempDir
    private Path folder;

    @Test
    void givesBackWhatWasAppendedInOrderAfterReopening() throws Exception {
        // Given
        try (var log = SegmentedLog.open(folder, SMALL)) {
            assertThat(log.append(Records.letters(0, 30))).isZero();
            assertThat(log.append(Records.letters(30, 10))).isEqualTo(30);
        }

        // When
        try (var log = SegmentedLog.open(folder, SMALL)) {
            log.append(Records.letters(40, 5));

            // Then
            assertThat(numbers(log, 0)).isEqualTo(range(0, 45));
            assertThat(numbers(log, 17)).isEqualTo(range(17, 45));
            assertThat(log.end()).isEqualTo(45);
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void cutsATornTailAtAnyByteAndGoesOn(long seed) throws Exception {
        // Given
        var random = new Random(seed);
        var big = new LogLimits(1_000_000, 10_000_000);
        try (var log = SegmentedLog.open(folder, big)) {
            log.append(Records.letters(0, 20));
        }
        var file = Segment.in(folder).get(0).file();
        var whole = Files.size(file);
        var kept = random.nextLong(whole);
        try (var channel = Segment.in(folder).get(0).openToWrite()) {
            channel.truncate(kept);
        }
        if (random.nextBoolean()) {
            Files.write(file, new byte[random.nextInt(200)], StandardOpenOption.APPEND);
        }

        // When
        try (var log = SegmentedLog.open(folder, big)) {
            var survived = log.end();
            log.append(Records.letters((int) survived, 3));

            // Then
            assertThat(survived).isEqualTo(kept / (whole / 20));
            assertThat(numbers(log, 0)).isEqualTo(range(0, (int) survived + 3));
        }
    }

    @Test
    void aFlippedBitInTheTailIsATornTail() throws Exception {
        // Given
        try (var log = SegmentedLog.open(folder, new LogLimits(1_000_000, 10_000_000))) {
            log.append(Records.letters(0, 10));
        }
        var file = Segment.in(folder).get(0).file();
        var bytes = Files.readAllBytes(file);
        bytes[bytes.length - 3] ^= 4;
        Files.write(file, bytes);

        // When
        try (var log = SegmentedLog.open(folder, new LogLimits(1_000_000, 10_000_000))) {

            // Then
            assertThat(numbers(log, 0)).isEqualTo(range(0, 9));
        }
    }

    @Test
    void skipsADamagedSegmentAndSaysHowMuchIsLost() throws Exception {
        // Given
        try (var log = SegmentedLog.open(folder, SMALL)) {
            appendOneByOne(log, 0, 60);
            var first = Segment.in(folder).get(0);
            var second = Segment.in(folder).get(1);
            var bytes = Files.readAllBytes(first.file());
            bytes[20] ^= 1;
            Files.write(first.file(), bytes);

            // When
            try (var reader = log.readFrom(0)) {
                var read = read(reader, log.end());

                // Then
                assertThat(read).isEqualTo(range((int) second.first(), 60));
                assertThat(reader.skipped()).isEqualTo(second.first());
            }
        }
    }

    @Test
    void deletesASegmentOnlyWhenItIsDrainedAndCoveredByASnapshot() throws Exception {
        // Given
        try (var log = SegmentedLog.open(folder, SMALL)) {
            appendOneByOne(log, 0, 60);
            var segments = Segment.in(folder).size();

            // When
            log.drained(60);
            var afterDraining = Segment.in(folder).size();
            log.recoverable(60);

            // Then
            assertThat(segments).isGreaterThan(3);
            assertThat(afterDraining).isEqualTo(segments);
            assertThat(Segment.in(folder)).hasSize(1);
            assertThat(log.end()).isEqualTo(60);
        }
        try (var log = SegmentedLog.open(folder, SMALL)) {
            assertThat(log.append(Records.letters(60, 1))).isEqualTo(60);
        }
    }

    @Test
    void hasRoomAgainOnceKafkaHasEnough() throws Exception {
        // Given
        try (var log = SegmentedLog.open(folder, SMALL)) {
            var appended = 0;
            while (log.hasRoom()) {
                log.append(Records.letters(appended, 1));
                appended++;
            }

            // When
            log.drained(appended);

            // Then
            assertThat(log.hasRoom()).isTrue();
            assertThat(log.pending()).isZero();
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void aReaderThatFallsBehindAndCatchesUpMissesNothing(long seed) throws Exception {
        // Given: what was just appended is in memory too
        var random = new Random(seed);
        var read = new ArrayList<Integer>();
        var appended = 0;
        try (var log = SegmentedLog.open(folder, SMALL);
                var reader = log.drainFrom(0)) {

            // When
            for (int i = 0; i < 300; i++) {
                var count = 1 + random.nextInt(4);
                log.append(Records.letters(appended, count));
                appended += count;
                if (random.nextInt(6) > 0) {
                    reader.read(1 + random.nextInt(12), Duration.ZERO).forEach(one -> read.add(Records.number(one)));
                }
            }
            read.addAll(read(reader, log.end()));
        }

        // Then
        assertThat(read).isEqualTo(range(0, appended));
    }

    @Test
    void aReaderWaitsForTheNextRecord() throws Exception {
        // Given
        try (var log = SegmentedLog.open(folder, SMALL);
                var reader = log.readFrom(0)) {
            var writer = new Thread(() -> {
                try {
                    log.append(Records.letters(0, 2));
                } catch (IOException e) {
                    throw new IllegalStateException(e);
                }
            });

            // When
            writer.start();
            var read = reader.read(10, Duration.ofSeconds(10));

            // Then
            assertThat(read).hasSize(2);
            assertThat(reader.read(10, Duration.ZERO)).isEmpty();
            writer.join();
        }
    }

    private static void appendOneByOne(SegmentedLog log, int from, int to) throws IOException {
        for (int i = from; i < to; i++) {
            log.append(Records.letters(i, 1));
        }
    }

    private static List<Integer> numbers(SegmentedLog log, long from) throws IOException {
        var all = new ArrayList<Integer>();
        assertThat(log.replay(from, record -> all.add(Records.number(record)))).isZero();
        return all;
    }

    private static List<Integer> read(LogReader reader, long end) throws Exception {
        var all = new ArrayList<Integer>();
        while (reader.position() < end) {
            for (OutboxRecord record : reader.read(7, Duration.ZERO)) {
                all.add(Records.number(record));
            }
        }
        return all;
    }

    private static List<Integer> range(int from, int to) {
        return java.util.stream.IntStream.range(from, to).boxed().toList();
    }
}
