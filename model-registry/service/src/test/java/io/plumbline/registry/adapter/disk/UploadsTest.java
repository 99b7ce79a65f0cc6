package io.plumbline.registry.adapter.disk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.plumbline.registry.core.oci.Chunk;
import io.plumbline.registry.core.oci.OciException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UploadsTest {

    @TempDir
    Path folder;

    @Test
    void anUploadThatIsTooLargeLeavesNothingBehind() throws IOException {
        // Given
        var uploads = Uploads.open(folder, 10, Instant.now());
        var id = uploads.begin();
        uploads.append(id, chunk(10));
        assertThat(uploads.size(id)).isEqualTo(10);

        // When
        assertThatThrownBy(() -> uploads.append(id, chunk(1)))
                .isInstanceOfSatisfying(
                        OciException.class, e -> assertThat(e.code()).isEqualTo(OciException.Code.SIZE_INVALID));

        // Then
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void anUploadThatNobodyTouchedForADayIsGoneAfterAStart() throws IOException {
        var id = Uploads.open(folder, 10, Instant.now()).begin();
        assertThat(Uploads.open(folder, 10, Instant.now().plus(Duration.ofHours(23)))
                        .size(id))
                .isZero();
        Uploads.open(folder, 10, Instant.now().plus(Duration.ofHours(25)));
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void whatCameBeforeAConnectionBrokeStays() throws IOException {
        // Given
        var uploads = Uploads.open(folder, 10, Instant.now());
        var id = uploads.begin();
        var broken = new SequenceInputStream(new ByteArrayInputStream(new byte[4]), new InputStream() {
            @Override
            public int read() throws IOException {
                throw new IOException("connection reset");
            }
        });

        // When
        assertThatThrownBy(() -> uploads.append(id, Chunk.of(broken)))
                .isInstanceOf(OciException.class)
                .hasMessageContaining("4 bytes so far");

        // Then
        assertThat(uploads.append(id, Chunk.of(new ByteArrayInputStream(new byte[2]), "2", "4-5")))
                .isEqualTo(6);
    }

    @Test
    void aChunkThatIsShorterThanItsRangeLeavesTheUploadAsItWas() throws IOException {
        var uploads = Uploads.open(folder, 10, Instant.now());
        var id = uploads.begin();
        uploads.append(id, chunk(3));
        var shorter = Chunk.of(new ByteArrayInputStream(new byte[2]), null, "3-7");
        assertThatThrownBy(() -> uploads.append(id, shorter)).isInstanceOf(OciException.class);
        assertThat(uploads.size(id)).isEqualTo(3);
    }

    @Test
    void twoRequestsDoNotWriteToOneUpload() throws IOException {
        // Given
        var uploads = Uploads.open(folder, 10, Instant.now());
        var id = uploads.begin();
        var inside = new InputStream() {
            @Override
            public int read() {
                // Then
                assertThatThrownBy(() -> uploads.append(id, chunk(1)))
                        .isInstanceOf(OciException.class)
                        .hasMessageContaining("another request");
                assertThatThrownBy(() -> uploads.cancel(id)).isInstanceOf(OciException.class);
                return -1;
            }
        };

        // When
        uploads.append(id, Chunk.of(inside));

        // Then
        assertThat(uploads.append(id, chunk(1))).isEqualTo(1);
    }

    private static Chunk chunk(int bytes) {
        return Chunk.of(new ByteArrayInputStream(new byte[bytes]));
    }
}
