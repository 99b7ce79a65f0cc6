package io.plumbline.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.benchmarks.recalibration.ShownCamera;
import io.plumbline.support.SharedFiles;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** From a camera's frame to the console, where the owner of the stream lets operators see it. */
class ShownCameraIT {

    private static final Path DATA =
            Path.of("target", "shown-camera-" + ProcessHandle.current().pid());

    @Test
    void anOperatorSeesASmallPictureWithTheBoxesOfBothModelsAndTheFrameItselfStaysAtItsSite() throws Exception {
        // Given
        var shared = SharedFiles.require("camera/store_aisle").resolve("../..").normalize();

        // When
        var seen = ShownCamera.play(shared, DATA);

        // Then
        assertThat(seen.page()).contains("<strong>cam-aisle</strong>").containsPattern("FP32: [0-9]+ person");
        assertThat(seen.picture().type()).contains("image/jpeg");
        assertThat(seen.picture().kept()).contains("no-store");
        assertThat(seen.picture().bytes()).isBetween(1_000L, 60_000L);
        // What was looked for is the frames' own bytes, too; an image leaves only as a glimpse.
        assertThat(seen.sealed().found())
                .isNotEmpty()
                .allMatch(one -> one.startsWith(
                        "PUT /api/v1/gateways/gw-aisle/glimpses, request: the beginning of an image at "));
    }
}
