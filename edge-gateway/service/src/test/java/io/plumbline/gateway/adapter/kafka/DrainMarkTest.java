package io.plumbline.gateway.adapter.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DrainMarkTest {

    private static final long END = Long.MAX_VALUE;

    @TempDir
    private Path folder;

    private long now;

    @Test
    void isWrittenOnceASecondAndWhenItIsClosed() throws Exception {
        // Given
        var mark = new DrainMark(file(), () -> now);
        assertThat(mark.within(END)).isEmpty();

        // When
        mark.reached(3);
        assertThat(mark.within(END)).isEmpty();
        now += Duration.ofSeconds(1).toNanos();
        mark.reached(1_000_000);
        mark.reached(1_000_001);

        // Then
        assertThat(mark.within(END)).hasValue(1_000_000);
        mark.close();
        assertThat(mark.within(END)).hasValue(1_000_001);
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
            assertThat(new DrainMark(file(), () -> now).within(END))
                    .as("bit %d", bit)
                    .isEmpty();
        }
    }

    @Test
    void aMarkBeyondTheEndIsGoneForGood() throws Exception {
        // Given
        try (var mark = new DrainMark(file(), () -> now)) {
            mark.reached(100);
        }

        // When
        try (var mark = new DrainMark(file(), () -> now)) {
            assertThat(mark.within(90)).isEmpty();
        }

        // Then
        assertThat(new DrainMark(file(), () -> now).within(200)).hasValue(0);
    }

    @Test
    void isReadWhereDigitsLookDifferent() throws Exception {
        // Given
        var usual = Locale.getDefault();
        try {
            Locale.setDefault(Locale.forLanguageTag("ar-EG-u-nu-arab"));
            // When
            try (var mark = new DrainMark(file(), () -> now)) {
                mark.reached(4_711);
            }
        } finally {
            Locale.setDefault(usual);
        }
        // Then
        assertThat(new DrainMark(file(), () -> now).within(END)).hasValue(4_711);
    }

    @Test
    void aFolderThatIsGoneHoldsNothingUp() throws Exception {
        try (var mark = new DrainMark(folder.resolve("gone/drained"), () -> now)) {
            now += Duration.ofSeconds(1).toNanos();
            mark.reached(1);
            assertThat(mark.within(END)).isEmpty();
        }
    }

    private Path file() {
        return folder.resolve("drained");
    }
}
