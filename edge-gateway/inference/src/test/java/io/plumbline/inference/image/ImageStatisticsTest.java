package io.plumbline.inference.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.plumbline.inference.card.ImageInput;
import io.plumbline.inference.card.ImageInput.Channels;
import io.plumbline.inference.card.ImageInput.Fit;
import io.plumbline.inference.card.ImageInput.Interpolation;
import io.plumbline.inference.card.ImageInput.Layout;
import io.plumbline.inference.card.ImageInput.Resize;
import io.plumbline.inference.card.ImageInput.Size;
import java.awt.Color;
import java.awt.image.BufferedImage;
import java.util.List;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class ImageStatisticsTest {

    private static final Offset<Float> NEAR = within(0.01f);

    private static float[] figures(BufferedImage image, Channels channels, Layout layout) throws Exception {
        var three = channels.count() == 3;
        var input = new ImageInput(
                "x",
                new Size(image.getWidth(), image.getHeight()),
                channels,
                layout,
                new Fit(Resize.STRETCH, Interpolation.AREA, 114),
                three ? List.of(123.0, 117.0, 104.0) : List.of(127.0),
                three ? List.of(0.017, 0.018, 0.0175) : List.of(0.0078125));
        return new ImageStatistics(input).of(new ImageTensor(input).read(Pictures.file(image, "png")), 0);
    }

    private static BufferedImage board(Color one, Color other) {
        var image = Pictures.plain(10, 8, one);
        for (int y = 0; y < image.getHeight(); y++) {
            for (int x = y % 2; x < image.getWidth(); x += 2) {
                image.setRGB(x, y, other.getRGB());
            }
        }
        return image;
    }

    @Test
    void onePlainColourHasItsLumaAndNothingElse() throws Exception {
        var plain = Pictures.plain(10, 8, new Color(200, 100, 50));
        for (var channels : List.of(Channels.RGB, Channels.BGR)) {
            for (var layout : Layout.values()) {
                assertThat(figures(plain, channels, layout))
                        .as("%s %s", channels, layout)
                        .containsExactly(new float[] {124.2f, 0, 0, 0.75f}, NEAR);
            }
        }
    }

    @Test
    void aBoardOfBlackAndWhiteHasAllTheContrastAndSharpnessThereIs() throws Exception {
        var board = board(Color.BLACK, Color.WHITE);
        assertThat(figures(board, Channels.RGB, Layout.NCHW))
                .containsExactly(new float[] {127.5f, 127.5f, 1020 * 1020, 0}, within(2f));
        assertThat(figures(board, Channels.GRAY, Layout.NCHW))
                .containsExactly(new float[] {127.5f, 127.5f, 1020 * 1020, 0}, within(2f));
    }

    @Test
    void anImageWithoutAnInsideHasNoFigures() throws Exception {
        assertThat(figures(Pictures.plain(2, 2, Color.WHITE), Channels.RGB, Layout.NCHW))
                .containsExactly(0, 0, 0, 0);
    }
}
