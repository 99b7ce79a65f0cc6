package io.plumbline.inference.image;

import io.plumbline.inference.Tensor;
import io.plumbline.inference.card.ImageInput;
import io.plumbline.inference.card.ImageInput.Channels;
import io.plumbline.inference.card.ImageInput.Layout;
import java.util.List;

/**
 * What an image looks like to the model, of its input tensor, padding too; on a grid of about {@value #LINES} by
 * {@value #LINES} pixels. Pixels are from 0 to 255 and luma is that of ITU-R BT.601. Thread-safe.
 *
 * <ul>
 *   <li>{@code brightness}: mean luma
 *   <li>{@code contrast}: standard deviation of luma
 *   <li>{@code sharpness}: variance of the Laplacian of luma over the four neighbours (Pech-Pacheco et al., Diatom
 *       autofocusing in brightfield microscopy, 2000)
 *   <li>{@code saturation}: mean of (largest - smallest) / largest of the colours, from 0 to 1; 0 for grey images
 * </ul>
 */
public final class ImageStatistics {

    /** In the order of the figures. */
    public static final List<String> NAMES = List.of("brightness", "contrast", "sharpness", "saturation");

    private static final int LINES = 64;
    private static final float RED = 0.299f;
    private static final float GREEN = 0.587f;
    private static final float BLUE = 0.114f;

    private final int width;
    private final int height;
    private final int step;
    private final int pixelStride;
    private final int red;
    private final int green;
    private final int blue;
    private final float[] factor = new float[3];
    private final float[] offset = new float[3];
    private final float[] weights;
    private final float lumaOffset;
    private final boolean grey;

    public ImageStatistics(ImageInput input) {
        this.width = input.size().width();
        this.height = input.size().height();
        this.step = Math.max(1, Math.min(width, height) / LINES);
        var channels = input.channels().count();
        var planar = input.layout() == Layout.NCHW;
        var channelStride = planar ? width * height : 1;
        this.pixelStride = planar ? 1 : channels;
        this.grey = input.channels() == Channels.GRAY;
        this.red = (input.channels() == Channels.BGR ? 2 : 0) * channelStride;
        this.green = (grey ? 0 : 1) * channelStride;
        this.blue = (input.channels() == Channels.RGB ? 2 : 0) * channelStride;
        for (int colour = 0; colour < 3; colour++) {
            var channel = grey ? 0 : input.channels() == Channels.BGR ? 2 - colour : colour;
            factor[colour] = (float) (1 / input.scale().get(channel));
            offset[colour] = (float) (double) input.mean().get(channel);
        }
        this.weights = new float[] {RED * factor[0], GREEN * factor[1], BLUE * factor[2]};
        this.lumaOffset = RED * offset[0] + GREEN * offset[1] + BLUE * offset[2];
    }

    /** Sums over the grid. */
    private static final class Sums {
        private double luma;
        private double lumaSquared;
        private double edge;
        private double edgeSquared;
        private double saturation;
        private long points;

        private float[] figures() {
            var mean = luma / points;
            var edges = edge / points;
            return new float[] {
                (float) mean,
                (float) Math.sqrt(Math.max(0, lumaSquared / points - mean * mean)),
                (float) Math.max(0, edgeSquared / points - edges * edges),
                (float) (saturation / points)
            };
        }
    }

    /**
     * Of one image in a tensor of the card's shape, or of several with a larger first axis.
     *
     * @param first index of the image's first value
     * @return in the order of {@link #NAMES}; all 0 for an image of fewer than 3 x 3 pixels
     */
    public float[] of(Tensor tensor, int first) {
        var sums = new Sums();
        for (int y = 1; y < height - 1; y += step) {
            for (int x = 1; x < width - 1; x += step) {
                add(tensor, first + (y * width + x) * pixelStride, sums);
            }
        }
        return sums.points == 0 ? new float[NAMES.size()] : sums.figures();
    }

    private void add(Tensor tensor, int at, Sums sums) {
        var luma = luma(tensor, at);
        var row = width * pixelStride;
        var edge = luma(tensor, at - row)
                + luma(tensor, at + row)
                + luma(tensor, at - pixelStride)
                + luma(tensor, at + pixelStride)
                - 4 * luma;
        sums.luma += luma;
        sums.lumaSquared += luma * luma;
        sums.edge += edge;
        sums.edgeSquared += edge * edge;
        sums.saturation += grey ? 0 : saturation(tensor, at);
        sums.points++;
    }

    private double saturation(Tensor tensor, int at) {
        var r = pixel(tensor, at + red, 0);
        var g = pixel(tensor, at + green, 1);
        var b = pixel(tensor, at + blue, 2);
        var most = Math.max(r, Math.max(g, b));
        return most < 1 ? 0 : (most - Math.min(r, Math.min(g, b))) / most;
    }

    private double luma(Tensor tensor, int at) {
        return weights[0] * tensor.get(at + red)
                + weights[1] * tensor.get(at + green)
                + weights[2] * tensor.get(at + blue)
                + lumaOffset;
    }

    private float pixel(Tensor tensor, int at, int colour) {
        return tensor.get(at) * factor[colour] + offset[colour];
    }
}
