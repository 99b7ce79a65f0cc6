package io.plumbline.gateway.adapter.disk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.plumbline.gateway.core.snapshot.Snapshot;
import io.plumbline.gateway.testing.Records;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SnapshotFileTest {

    private static final LogLimits LIMITS = new LogLimits(100_000, 1_000_000);

    @TempDir
    Path folder;

    @BeforeEach
    void saveWithSevenOfTenRecordsInKafka() throws IOException {
        try (var log = SegmentedLog.open(folder.resolve("outbox"), LIMITS)) {
            log.append(Records.letters(0, 10));
            log.drained(7);
            snapshots(log).save(new Snapshot(10, new byte[] {1}));
        }
    }

    @Test
    void aStartKnowsWhatIsInKafkaBeforeKafkaHasAnswered() throws IOException {
        try (var log = SegmentedLog.open(folder.resolve("outbox"), LIMITS)) {
            // Given
            assertThat(log.pending()).isEqualTo(10);

            // When
            log.drained(snapshots(log).drained());

            // Then
            assertThat(log.pending()).isEqualTo(3);
            assertThat(log.drained()).isEqualTo(7);
        }
    }

    @Test
    void anOutboxThatWasTakenAwayIsNotAheadOfItself() throws IOException {
        try (var log = SegmentedLog.open(folder.resolve("another"), LIMITS)) {
            log.drained(snapshots(log).drained());

            assertThat(log.drained()).isZero();
            log.append(Records.letters(0, 2));
            assertThat(log.pending()).isEqualTo(2);
        }
    }

    @Test
    void aSnapshotThatCouldNotBeLoadedIsNotSavedAndTheOneBeforeStays() throws IOException {
        try (var log = SegmentedLog.open(folder.resolve("outbox"), LIMITS)) {
            // When
            assertThatThrownBy(() -> snapshots(log).save(new Snapshot(10, new byte[Frame.MAX_BODY_BYTES])))
                    // Then
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("it may have 67108864");
            assertThat(snapshots(log).load().orElseThrow().state()).containsExactly(1);
        }
    }

    private SnapshotFile snapshots(SegmentedLog log) {
        return new SnapshotFile(folder.resolve("snapshot"), log);
    }
}
