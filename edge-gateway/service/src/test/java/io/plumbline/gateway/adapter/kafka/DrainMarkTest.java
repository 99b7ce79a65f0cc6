package io.plumbline.gateway.adapter.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DrainMarkTest {

    @TempDir
    private Path folder;

    private long now;

    @Test
    void isWrittenOnceASecondAndWhenItIsClosed() throws Exception {
        // Given
        var mark = new DrainMark(file(), () -> now);
        assertThat(mark.known()).isEmpty();

        // When
        mark.reached(3);
        assertThat(mark.known()).isEmpty();
        now += Duration.ofSeconds(1).toNanos();
        mark.reached(1_000_000);
        mark.reached(1_000_001);

        // Then
        assertThat(mark.known()).hasValue(1_000_000);
        mark.close();
        assertThat(mark.known()).hasValue(1_000_001);
        assertThat(file()).hasSize(29);
    }

    @Test
    void everyFlippedBitIsNoticed() throws Exception {
        // Given
        try (var mark = new DrainMark(file(), () -> now)) {
            mark.reached(4_711);
        }
        var whole = Files.readAllBytes(file());

        for (int bit = 0; bit < 8 * whole.length; bit++) {
            // When
            var damaged = whole.clone();
            damaged[bit / 8] ^= (byte) (1 << bit % 8);
            Files.write(file(), damaged);

            // Then
            assertThat(new DrainMark(file(), () -> now).known())
                    .as("bit %d", bit)
                    .isEmpty();
        }
    }

    @Test
    void aFolderThatIsGoneHoldsNothingUp() throws Exception {
        try (var mark = new DrainMark(folder.resolve("gone/drained"), () -> now)) {
            now += Duration.ofSeconds(1).toNanos();
            mark.reached(1);
            assertThat(mark.known()).isEmpty();
        }
    }

    private Path file() {
        return folder.resolve("drained");
    }
}
