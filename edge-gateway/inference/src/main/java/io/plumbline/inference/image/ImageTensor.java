package io.plumbline.inference.image;

import io.plumbline.inference.Tensor;
import io.plumbline.inference.card.ImageInput;
import io.plumbline.inference.card.ImageInput.Channels;
import io.plumbline.inference.card.ImageInput.Layout;
import io.plumbline.inference.card.ImageInput.Resize;
import io.plumbline.inference.detection.Placement;
import java.util.Arrays;

/**
 * Makes the tensor that a card asks for of one JPEG or PNG after the other. Resized pixels are rounded to whole numbers before
 * they are normalised, as in the pipelines that models are trained with. Alpha is left out and colour profiles are not
 * applied. All memory is used again: what one call gave is gone with the next. One thread at a time.
 */
public final class ImageTensor {

    /** Pixels of a frame in 8K. */
    public static final long MOST_PIXELS = 7680L * 4320;

    private static final int LEVELS = 256;

    private final ImageInput input;
    private final ImageDecoder decoder;
    private final Resampler resampler;
    private final float[] data;
    private final Tensor tensor;
    private final float[][] levels;
    private Placement placement = Placement.WHOLE;
    private ImageInput.Size size = new ImageInput.Size(0, 0);
    private Window window = new Window(-1, -1, 0, 0);

    /** The pixels of the input that the image fills. */
    private record Window(int left, int top, int width, int height) {}

    /** Reads images of at most {@link #MOST_PIXELS}. */
    public ImageTensor(ImageInput input) {
        this(input, MOST_PIXELS);
    }

    /** @param mostPixels an image of more is refused before memory is taken for it */
    public ImageTensor(ImageInput input, long mostPixels) {
        this.input = input;
        this.decoder = new ImageDecoder(mostPixels);
        this.resampler = new Resampler(input.fit().interpolation());
        this.data = new float
                [input.channels().count() * input.size().width() * input.size().height()];
        this.tensor = Tensor.adopt(input.shape(), data);
        this.levels = levels(input);
    }

    /** What each pixel value becomes, by channel. */
    private static float[][] levels(ImageInput input) {
        var levels = new float[input.channels().count()][LEVELS];
        for (int channel = 0; channel < levels.length; channel++) {
            for (int pixel = 0; pixel < LEVELS; pixel++) {
                levels[channel][pixel] = (float)
                        ((pixel - input.mean().get(channel)) * input.scale().get(channel));
            }
        }
        return levels;
    }

    /**
     * The image as a tensor of the card's shape. The same object each time: it changes with the next call.
     *
     * @throws ImageException if the bytes are no image that is read; the message says why
     */
    public Tensor read(byte[] file) throws ImageException {
        var pixels = decoder.decode(file);
        size = new ImageInput.Size(pixels.width(), pixels.height());
        place(pixels);
        Resampler.Sink sink = input.channels() == Channels.GRAY ? this::putGrey : this::putColours;
        resampler.resize(pixels, window.width, window.height, sink);
        return tensor;
    }

    /** Size of the image of the last call as it came, in pixels. */
    public ImageInput.Size size() {
        return size;
    }

    /** Where the image of the last call lies in the tensor. */
    public Placement placement() {
        return placement;
    }

    private void place(Pixels pixels) {
        var fresh = windowOf(pixels.width(), pixels.height());
        if (fresh.equals(window)) {
            return;
        }
        window = fresh;
        double width = input.size().width();
        double height = input.size().height();
        placement =
                new Placement(window.left / width, window.top / height, window.width / width, window.height / height);
        for (int channel = 0; channel < levels.length; channel++) {
            fill(channel, levels[channel][input.fit().pad()]);
        }
    }

    private Window windowOf(int width, int height) {
        var size = input.size();
        if (input.fit().resize() == Resize.STRETCH) {
            return new Window(0, 0, size.width(), size.height());
        }
        var factor = Math.min((double) size.width() / width, (double) size.height() / height);
        var wide = Math.min(size.width(), Math.max(1, (int) Math.round(width * factor)));
        var high = Math.min(size.height(), Math.max(1, (int) Math.round(height * factor)));
        return input.fit().resize() == Resize.LETTERBOX
                ? new Window((size.width() - wide) / 2, (size.height() - high) / 2, wide, high)
                : new Window(0, 0, wide, high);
    }

    private void fill(int channel, float value) {
        if (input.layout() == Layout.NCHW) {
            Arrays.fill(data, channel * plane(), (channel + 1) * plane(), value);
        } else {
            for (int i = channel; i < data.length; i += levels.length) {
                data[i] = value;
            }
        }
    }

    private int plane() {
        return input.size().width() * input.size().height();
    }

    private void putColours(int y, float[] rgb) {
        for (int channel = 0; channel < levels.length; channel++) {
            var colour = input.channels() == Channels.BGR ? 2 - channel : channel;
            var level = levels[channel];
            var at = start(y, channel);
            var step = step();
            for (int i = colour; i < rgb.length; i += 3, at += step) {
                data[at] = level[(int) (rgb[i] + 0.5f)];
            }
        }
    }

    private void putGrey(int y, float[] rgb) {
        var at = start(y, 0);
        for (int i = 0; i < rgb.length; i += 3, at++) {
            data[at] = levels[0][(int) (0.299f * rgb[i] + 0.587f * rgb[i + 1] + 0.114f * rgb[i + 2] + 0.5f)];
        }
    }

    private int start(int y, int channel) {
        var pixel = (window.top + y) * input.size().width() + window.left;
        return input.layout() == Layout.NCHW ? channel * plane() + pixel : pixel * levels.length + channel;
    }

    private int step() {
        return input.layout() == Layout.NCHW ? 1 : levels.length;
    }
}
