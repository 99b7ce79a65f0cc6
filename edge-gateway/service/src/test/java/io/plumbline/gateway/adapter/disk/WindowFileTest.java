package io.plumbline.gateway.adapter.disk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WindowFileTest {

    private static final byte[] WINDOWS = "\u0001humidity 45.9 humidity 45.9".getBytes(StandardCharsets.UTF_8);

    @TempDir
    private Path folder;

    @Test
    void whatIsSealedCanBeReadWithTheKeyAndNotWithoutIt() throws IOException {
        // When
        sealedWith(1).save(WINDOWS);

        // Then
        assertThat(sealedWith(1).load()).contains(WINDOWS);
        assertThat(new String(Files.readAllBytes(file()), StandardCharsets.ISO_8859_1))
                .doesNotContain("humidity");
    }

    @Test
    void theSameWindowsAreNeverTheSameBytesTwice() throws IOException {
        sealedWith(1).save(WINDOWS);
        var once = Files.readAllBytes(file());
        sealedWith(1).save(WINDOWS);
        assertThat(Files.readAllBytes(file())).isNotEqualTo(once);
    }

    @Test
    void aFileOfAnotherKeyIsSetAside() throws IOException {
        // Given
        sealedWith(1).save(WINDOWS);
        var sealed = Files.readAllBytes(file());

        // When
        var read = sealedWith(2).load();

        // Then
        assertThat(read).isEmpty();
        assertThat(file()).doesNotExist();
        assertThat(folder.resolve("windows.unreadable")).hasBinaryContent(sealed);
        assertThat(sealedWith(2).load()).isEmpty();
    }

    @Test
    void aSealedFileIsSetAsideWhereThereIsNoKey() throws IOException {
        sealedWith(1).save(WINDOWS);
        assertThat(new WindowFile(file()).load()).isEmpty();
        assertThat(folder.resolve("windows.unreadable")).exists();
    }

    @Test
    void windowsFromBeforeThereWasAKeyAreRead() throws IOException {
        new WindowFile(file()).save(WINDOWS);
        assertThat(sealedWith(1).load()).contains(WINDOWS);
    }

    @Test
    void aKeyHas32Bytes() throws IOException {
        var key = Files.write(folder.resolve("key"), new byte[31]);
        assertThatThrownBy(() -> WindowSeal.of(key)).hasMessage("it has 31 bytes");
    }

    private Path file() {
        return folder.resolve("windows");
    }

    private WindowFile sealedWith(int key) throws IOException {
        var bytes = new byte[32];
        Arrays.fill(bytes, (byte) key);
        return new WindowFile(file(), Optional.of(WindowSeal.of(Files.write(folder.resolve("key-" + key), bytes))));
    }
}
