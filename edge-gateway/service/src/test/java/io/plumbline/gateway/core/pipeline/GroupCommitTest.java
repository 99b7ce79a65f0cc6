package io.plumbline.gateway.core.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.gateway.adapter.disk.LogLimits;
import io.plumbline.gateway.adapter.disk.SegmentedLog;
import io.plumbline.gateway.core.outbox.Overflow;
import io.plumbline.gateway.testing.CountingMetrics;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GroupCommitTest {

    private static final long LONGEST = 20_000_000;

    @TempDir
    private Path folder;

    private SegmentedLog log;
    private GroupCommit commits;
    private long nanos = 1_000_000_000;

    @BeforeEach
    void open() throws IOException {
        log = SegmentedLog.open(folder, new LogLimits(1 << 20, 1 << 24, Optional.empty(), Overflow.BLOCK));
        commits = new GroupCommit(log, Duration.ofMillis(5), new CountingMetrics(), () -> nanos);
    }

    @AfterEach
    void close() throws IOException {
        log.close();
    }

    @Test
    void withoutAGroupNothingIsDueAndNothingHurries() {
        assertThat(commits.isDue(0)).isFalse();
        assertThat(commits.patienceNanos(LONGEST)).isEqualTo(LONGEST);
    }

    @Test
    void theFirstOfAGroupSaysWhenItIsDue() {
        // When
        commits.open();
        nanos += 3_000_000;
        commits.open();

        // Then
        assertThat(commits.isDue(1)).isFalse();
        assertThat(commits.patienceNanos(LONGEST)).isEqualTo(2_000_000);
        assertThat(commits.patienceNanos(1_000)).isEqualTo(1_000);
        nanos += 2_000_000;
        assertThat(commits.isDue(1)).isTrue();
        nanos += 1;
        assertThat(commits.patienceNanos(LONGEST)).isZero();
    }

    @Test
    void manyMessagesDoNotWait() {
        commits.open();

        assertThat(commits.isDue(GroupCommit.MOST_MESSAGES - 1)).isFalse();
        assertThat(commits.isDue(GroupCommit.MOST_MESSAGES)).isTrue();
    }

    @Test
    void theNextGroupHasItsOwnTime() {
        // Given
        commits.open();
        nanos += 5_000_000;

        // When
        assertThat(commits.append(List.of(), () -> true)).isTrue();

        // Then
        assertThat(commits.isDue(1)).isFalse();
        commits.open();
        assertThat(commits.patienceNanos(LONGEST)).isEqualTo(5_000_000);
    }
}
