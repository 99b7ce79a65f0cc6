package io.plumbline.inference.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.plumbline.inference.card.ImageInput;
import io.plumbline.inference.image.ImageException.Reason;
import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.zip.CRC32;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DamagedImageTest {

    private static final ImageInput INPUT = new ImageInput(
            "x",
            new ImageInput.Size(8, 8),
            ImageInput.Channels.RGB,
            ImageInput.Layout.NCHW,
            new ImageInput.Fit(ImageInput.Resize.STRETCH, ImageInput.Interpolation.AREA, 0),
            List.of(0.0, 0.0, 0.0),
            List.of(1.0, 1.0, 1.0));

    private final ImageTensor images = new ImageTensor(INPUT, 1000 * 1000);

    private static byte[] noise(String format) throws IOException {
        var image = new BufferedImage(64, 48, BufferedImage.TYPE_3BYTE_BGR);
        var random = new Random(1);
        for (int i = 0; i < 64 * 48; i++) {
            image.setRGB(i % 64, i / 64, random.nextInt());
        }
        return Pictures.file(image, format);
    }

    private ImageException refusal(byte[] file) {
        return catchThrowableOfType(ImageException.class, () -> images.read(file));
    }

    @ParameterizedTest
    @ValueSource(strings = {"jpg", "png"})
    void anImageThatIsCutOffIsRefusedWhereverItIsCut(String format) throws Exception {
        var whole = noise(format);
        for (int length = 40; length < whole.length - 12; length += 97) {
            var refusal = refusal(Arrays.copyOf(whole, length));
            assertThat(refusal).as(length + " of " + whole.length).isNotNull();
            assertThat(refusal.getMessage()).doesNotContain("\n");
        }
        var late = refusal(Arrays.copyOf(whole, whole.length * 3 / 4));
        assertThat(late.reason()).isEqualTo(Reason.TRUNCATED);
        assertThat(late).hasMessage("is cut off after " + whole.length * 3 / 4 + " bytes");
    }

    @Test
    void afterADamagedImageTheNextOneIsReadAsBefore() throws Exception {
        // Given
        var good = noise("jpg");
        var before = images.read(good).toArray();

        // When
        assertThat(refusal(Arrays.copyOf(good, good.length / 2))).isNotNull();

        // Then
        assertThat(images.read(good).toArray()).isEqualTo(before);
    }

    @Test
    void aFrameWithoutItsTablesIsNotDecodedWithThoseOfTheFrameBefore() throws Exception {
        // Given
        var whole = noise("jpg");
        images.read(whole);

        // When
        var refusal = refusal(withoutQuantizationTables(whole));

        // Then
        assertThat(refusal).isNotNull();
        assertThat(refusal.reason()).isEqualTo(Reason.DAMAGED);
    }

    /** Without its DQT segments (ITU-T T.81, B.2.4.1). */
    private static byte[] withoutQuantizationTables(byte[] jpeg) {
        var out = new ByteArrayOutputStream();
        out.write(jpeg, 0, 2);
        var at = 2;
        while ((jpeg[at + 1] & 0xff) != 0xda) {
            var length = 2 + ByteBuffer.wrap(jpeg).getShort(at + 2);
            if ((jpeg[at + 1] & 0xff) != 0xdb) {
                out.write(jpeg, at, length);
            }
            at += length;
        }
        out.write(jpeg, at, jpeg.length - at);
        return out.toByteArray();
    }

    @Test
    void whatIsNoImageIsSaidSo() {
        assertThat(refusal(new byte[0]).reason()).isEqualTo(Reason.UNKNOWN_FORMAT);
        assertThat(refusal("{\"seq\": 1}".getBytes(StandardCharsets.UTF_8))).hasMessage("is neither JPEG nor PNG");
    }

    @Test
    void aBombIsRefusedByItsHeader() throws Exception {
        // Given a PNG that claims 50,000 x 50,000 pixels
        var bomb = noise("png");
        ByteBuffer.wrap(bomb).putInt(16, 50_000).putInt(20, 50_000);
        var crc = new CRC32();
        crc.update(bomb, 12, 17);
        ByteBuffer.wrap(bomb).putInt(29, (int) crc.getValue());

        // Then
        var refusal = refusal(bomb);
        assertThat(refusal.reason()).isEqualTo(Reason.TOO_LARGE);
        assertThat(refusal).hasMessage("has 50000 x 50000 pixels; at most 1000000 are read");
        assertThat(refusal(Pictures.file(Pictures.plain(1001, 1000, Color.RED), "jpg"))
                        .reason())
                .isEqualTo(Reason.TOO_LARGE);
    }

    @Test
    void cmykIsRefusedWithAReason() throws Exception {
        // Given a JPEG of four components
        var raster = Pictures.plain(16, 16, Color.RED).getColorModel().createCompatibleWritableRaster(16, 16);
        var four = java.awt.image.Raster.createInterleavedRaster(0, raster.getWidth(), raster.getHeight(), 4, null);
        var out = new ByteArrayOutputStream();
        var writer = ImageIO.getImageWritersByFormatName("jpeg").next();
        try (var stream = ImageIO.createImageOutputStream(out)) {
            writer.setOutput(stream);
            writer.write(null, new IIOImage(four, null, null), null);
        }

        // Then
        var refusal = refusal(out.toByteArray());
        assertThat(refusal.reason()).isEqualTo(Reason.UNSUPPORTED);
        assertThat(refusal).hasMessageContaining("CMYK");
    }

    @Test
    void flippedBytesNeverEscapeAsAnotherException() throws Exception {
        for (var format : List.of("jpg", "png")) {
            var whole = noise(format);
            var random = new Random(7);
            for (int round = 0; round < 300; round++) {
                var damaged = whole.clone();
                for (int i = 0; i < 3; i++) {
                    damaged[random.nextInt(damaged.length)] = (byte) random.nextInt();
                }
                try {
                    assertThat(images.read(damaged).size()).isEqualTo(3 * 8 * 8);
                } catch (ImageException e) {
                    assertThat(e.getMessage()).isNotBlank();
                }
            }
        }
    }
}
