package io.plumbline.inference.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.plumbline.inference.Tensor;
import io.plumbline.inference.card.ImageInput;
import io.plumbline.inference.card.ImageInput.Channels;
import io.plumbline.inference.card.ImageInput.Fit;
import io.plumbline.inference.card.ImageInput.Interpolation;
import io.plumbline.inference.card.ImageInput.Layout;
import io.plumbline.inference.card.ImageInput.Resize;
import io.plumbline.inference.card.ImageInput.Size;
import io.plumbline.inference.detection.Placement;
import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ImageTensorTest {

    private static final Color COLOUR = new Color(200, 100, 50);

    private static ImageInput input(Size size, Channels channels, Layout layout, Resize resize) {
        return new ImageInput(
                "x",
                size,
                channels,
                layout,
                new Fit(resize, Interpolation.AREA, 114),
                Collections.nCopies(channels.count(), 0.0),
                Collections.nCopies(channels.count(), 1.0));
    }

    private static Tensor read(ImageInput input, byte[] file) throws ImageException {
        return new ImageTensor(input).read(file);
    }

    private static byte[] png(BufferedImage image) throws IOException {
        return Pictures.file(image, "png");
    }

    @Test
    void channelsComeInTheOrderAndLayoutOfTheCard() throws Exception {
        // Given
        var file = png(Pictures.plain(4, 4, COLOUR));
        var size = new Size(2, 1);

        // Then
        var rgb = read(input(size, Channels.RGB, Layout.NCHW, Resize.STRETCH), file);
        assertThat(rgb.shape()).containsExactly(1, 3, 1, 2);
        assertThat(rgb.toArray()).containsExactly(200, 200, 100, 100, 50, 50);
        var bgr = read(input(size, Channels.BGR, Layout.NHWC, Resize.STRETCH), file);
        assertThat(bgr.shape()).containsExactly(1, 1, 2, 3);
        assertThat(bgr.toArray()).containsExactly(50, 100, 200, 50, 100, 200);
        var grey = read(input(size, Channels.GRAY, Layout.NCHW, Resize.STRETCH), file);
        assertThat(grey.toArray()).containsExactly(124, 124);
    }

    @Test
    void valuesAreNormalisedChannelByChannel() throws Exception {
        var input = new ImageInput(
                "x",
                new Size(1, 1),
                Channels.RGB,
                Layout.NCHW,
                new Fit(Resize.STRETCH, Interpolation.BILINEAR, 0),
                List.of(100.0, 110.0, 50.0),
                List.of(0.5, 0.1, 2.0));
        assertThat(read(input, png(Pictures.plain(3, 3, COLOUR))).toArray())
                .containsExactly(new float[] {50, -1, 0}, within(1e-5f));
    }

    @Test
    void aLetterboxPadsAndSaysWhereTheImageLies() throws Exception {
        // Given an image twice as wide as high in a square
        var file = png(Pictures.plain(8, 4, COLOUR));

        // When
        var middle = new ImageTensor(input(new Size(4, 4), Channels.RGB, Layout.NCHW, Resize.LETTERBOX));
        var corner = new ImageTensor(input(new Size(4, 4), Channels.RGB, Layout.NCHW, Resize.LETTERBOX_TOP_LEFT));

        // Then
        assertThat(List.of(row(middle.read(file), 0), row(middle.read(file), 1), row(middle.read(file), 3)))
                .containsExactly(114f, 200f, 114f);
        assertThat(middle.placement()).isEqualTo(new Placement(0, 0.25, 1, 0.5));
        assertThat(List.of(row(corner.read(file), 0), row(corner.read(file), 1), row(corner.read(file), 3)))
                .containsExactly(200f, 200f, 114f);
        assertThat(corner.placement()).isEqualTo(new Placement(0, 0, 1, 0.5));
    }

    private static float row(Tensor tensor, int y) {
        return tensor.get(y * 4);
    }

    @Test
    void oneObjectReadsImagesOfAllSizesAsAFreshOneWould() throws Exception {
        // Given
        var input = input(new Size(5, 7), Channels.BGR, Layout.NHWC, Resize.LETTERBOX);
        var reused = new ImageTensor(input);
        var files = List.of(
                png(Pictures.plain(9, 3, COLOUR)),
                png(Pictures.plain(3, 9, Color.WHITE)),
                Pictures.file(Pictures.plain(40, 30, Color.GREEN), "jpg"),
                Pictures.file(Pictures.plain(40, 30, Color.RED), "jpg"),
                png(Pictures.plain(1, 1, COLOUR)),
                png(Pictures.plain(9, 3, Color.BLACK)));

        // Then
        for (var file : files) {
            var copy = reused.read(file).toArray();
            assertThat(copy).isEqualTo(read(input, file).toArray());
        }
    }

    @ParameterizedTest
    @ValueSource(
            ints = {
                BufferedImage.TYPE_INT_RGB,
                BufferedImage.TYPE_INT_ARGB,
                BufferedImage.TYPE_4BYTE_ABGR,
                BufferedImage.TYPE_BYTE_INDEXED,
                BufferedImage.TYPE_3BYTE_BGR
            })
    void everyKindOfPngGivesItsColours(int type) throws Exception {
        var image = new BufferedImage(2, 2, type);
        for (int i = 0; i < 4; i++) {
            image.setRGB(i % 2, i / 2, new Color(204, 102, 51).getRGB());
        }
        var tensor = read(input(new Size(1, 1), Channels.RGB, Layout.NCHW, Resize.STRETCH), png(image));
        assertThat(tensor.toArray()).containsExactly(204, 102, 51);
    }

    @ParameterizedTest
    @ValueSource(strings = {"png", "jpg"})
    void greyImagesAreTakenAsTheyAreStored(String format) throws Exception {
        var image = new BufferedImage(8, 8, BufferedImage.TYPE_BYTE_GRAY);
        for (int i = 0; i < 64; i++) {
            image.getRaster().setSample(i % 8, i / 8, 0, 90);
        }
        var tensor =
                read(input(new Size(1, 1), Channels.RGB, Layout.NCHW, Resize.STRETCH), Pictures.file(image, format));
        assertThat(tensor.toArray()).containsExactly(90, 90, 90);
    }

    @Test
    void sixteenBitsAreCutToEight() throws Exception {
        var image = new BufferedImage(2, 2, BufferedImage.TYPE_USHORT_GRAY);
        for (int i = 0; i < 4; i++) {
            image.getRaster().setSample(i % 2, i / 2, 0, 90 * 256 + 17);
        }
        var tensor = read(input(new Size(1, 1), Channels.GRAY, Layout.NCHW, Resize.STRETCH), png(image));
        assertThat(tensor.toArray()).containsExactly(90);
    }

    @Test
    void blackAndWhiteWithOneBitIsReadThroughItsPalette() throws Exception {
        var image = new BufferedImage(10, 3, BufferedImage.TYPE_BYTE_BINARY);
        for (int i = 0; i < 30; i++) {
            image.setRGB(i % 10, i / 10, Color.WHITE.getRGB());
        }
        var tensor = read(input(new Size(1, 1), Channels.GRAY, Layout.NCHW, Resize.STRETCH), png(image));
        assertThat(tensor.toArray()).containsExactly(255);
    }
}
