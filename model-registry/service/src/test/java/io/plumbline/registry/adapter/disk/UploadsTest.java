package io.plumbline.registry.adapter.disk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.plumbline.registry.core.oci.OciException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
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
        uploads.append(id, new ByteArrayInputStream(new byte[10]));
        assertThat(uploads.size(id)).isEqualTo(10);

        // When
        assertThatThrownBy(() -> uploads.append(id, new ByteArrayInputStream(new byte[1])))
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
}
