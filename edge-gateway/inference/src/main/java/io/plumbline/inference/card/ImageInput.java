package io.plumbline.inference.card;

import java.util.List;

/**
 * An image, brought to one size: {@code value = (pixel - mean) * scale} with pixels from 0 to 255, channel by channel.
 *
 * @param size in pixels, as the model takes it
 * @param fit how an image of another size is brought to it
 * @param mean one for each channel, in the order of {@code channels}
 * @param scale one for each channel, in the order of {@code channels}; never 0
 */
public record ImageInput(
        String tensor, Size size, Channels channels, Layout layout, Fit fit, List<Double> mean, List<Double> scale)
        implements Input {

    public ImageInput {
        mean = List.copyOf(mean);
        scale = List.copyOf(scale);
        if (mean.size() != channels.count() || scale.size() != channels.count()) {
            throw new IllegalArgumentException(channels + " needs " + channels.count() + " means and scales");
        }
    }

    /** In pixels. */
    public record Size(int width, int height) {}

    /** Which channels the model takes, in their order. */
    public enum Channels {
        RGB(3),
        BGR(3),
        /** Luma: 0.299 R + 0.587 G + 0.114 B (ITU-R BT.601). */
        GRAY(1);

        private final int count;

        Channels(int count) {
            this.count = count;
        }

        public int count() {
            return count;
        }
    }

    /** The order of the tensor's axes: batch, channel, row, column, or the channel last. */
    public enum Layout {
        NCHW,
        NHWC
    }

    /**
     * @param pad value from 0 to 255 of what a letterbox leaves free
     */
    public record Fit(Resize resize, Interpolation interpolation, int pad) {}

    /** What happens to an image of another shape than the model's. */
    public enum Resize {
        /** Each axis by its own factor. */
        STRETCH,
        /** Both axes by the same factor, in the middle, padded on two sides. */
        LETTERBOX,
        /** Both axes by the same factor, in the corner at the top left, padded to the right or below. */
        LETTERBOX_TOP_LEFT
    }

    /** Where a pixel of the resized image comes from. */
    public enum Interpolation {
        /** The mean over the area it covers, along an axis that shrinks; as bilinear along one that grows. */
        AREA,
        /** The two nearest pixels along each axis, by distance between centres. */
        BILINEAR
    }

    @Override
    public long[] shape() {
        return layout == Layout.NCHW
                ? new long[] {1, channels.count(), size.height(), size.width()}
                : new long[] {1, size.height(), size.width(), channels.count()};
    }
}
