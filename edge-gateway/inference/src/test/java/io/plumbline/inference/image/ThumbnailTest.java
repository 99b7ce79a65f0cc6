package io.plumbline.inference.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ThumbnailTest {

    private final Thumbnail thumbnail = new Thumbnail(1_000_000);

    @ParameterizedTest
    @CsvSource({"640, 480, 320, 320, 240", "480, 640, 320, 240, 320", "64, 48, 320, 64, 48", "1000, 1, 100, 100, 1"})
    void theLongerSideIsAsLongAsAllowedAndTheShapeStays(int width, int height, int longest, int wide, int tall)
            throws Exception {
        // When
        var picture = read(thumbnail.of(Pictures.file(Pictures.plain(width, height, Color.RED), "png"), longest));
        // Then
        assertThat(picture.getWidth()).isEqualTo(wide);
        assertThat(picture.getHeight()).isEqualTo(tall);
    }

    @Test
    void coloursStayWhereTheyWere() throws Exception {
        // Given
        var image = Pictures.plain(200, 100, Color.BLUE);
        for (int y = 0; y < 100; y++) {
            for (int x = 0; x < 100; x++) {
                image.setRGB(x, y, Color.ORANGE.getRGB());
            }
        }
        // When
        var picture = read(thumbnail.of(Pictures.file(image, "jpg"), 64));
        // Then
        near(new Color(picture.getRGB(8, 16)), Color.ORANGE);
        near(new Color(picture.getRGB(56, 16)), Color.BLUE);
    }

    @Test
    void whatIsNoImageIsRefusedAndSoIsOneTooLarge() {
        assertThatThrownBy(() -> thumbnail.of(new byte[] {1, 2, 3}, 64)).isInstanceOf(ImageException.class);
        assertThatThrownBy(() -> thumbnail.of(Pictures.file(Pictures.plain(2000, 1000, Color.RED), "png"), 64))
                .isInstanceOf(ImageException.class)
                .hasMessageContaining("2000 x 1000 pixels; at most 1000000");
    }

    private static void near(Color seen, Color wanted) {
        assertThat(seen.getRed()).isCloseTo(wanted.getRed(), within(12));
        assertThat(seen.getGreen()).isCloseTo(wanted.getGreen(), within(12));
        assertThat(seen.getBlue()).isCloseTo(wanted.getBlue(), within(12));
    }

    private static BufferedImage read(byte[] jpeg) throws Exception {
        assertThat(jpeg).startsWith(0xff, 0xd8, 0xff);
        return ImageIO.read(new ByteArrayInputStream(jpeg));
    }
}
