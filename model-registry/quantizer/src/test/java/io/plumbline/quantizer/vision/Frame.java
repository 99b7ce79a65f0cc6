package io.plumbline.quantizer.vision;

import io.plumbline.inference.Tensor;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.imageio.ImageIO;

/** An image stretched to a model's input: each pixel the mean over the area that it covers. */
public final class Frame {

    private static final int CHANNELS = 3;

    private Frame() {}

    /** Blue, green, red in 0..1, [1, 3, size, size]. */
    public static Tensor bgr(Path file, int size) throws IOException {
        var data = area(file, size, size);
        var plane = size * size;
        var turned = new float[data.length];
        for (int channel = 0; channel < CHANNELS; channel++) {
            for (int i = 0; i < plane; i++) {
                turned[channel * plane + i] = data[(CHANNELS - 1 - channel) * plane + i] / 255;
            }
        }
        return Tensor.of(new long[] {1, CHANNELS, size, size}, turned);
    }

    /** Red, green, blue as (x - 127) / 128, [1, 3, height, width]. */
    public static Tensor centredRgb(Path file, int width, int height) throws IOException {
        var data = area(file, width, height);
        for (int i = 0; i < data.length; i++) {
            data[i] = (data[i] - 127) / 128;
        }
        return Tensor.of(new long[] {1, CHANNELS, height, width}, data);
    }

    /** Image files of a folder in the order of their names, every n-th. */
    public static List<Path> files(Path folder, String name, int every) throws IOException {
        try (var listed = Files.list(folder)) {
            var all = listed.filter(file -> file.toString().matches(name + "\\.(jpg|jpeg|png)"))
                    .sorted()
                    .toList();
            return java.util.stream.IntStream.range(0, all.size())
                    .filter(i -> i % every == 0)
                    .mapToObj(all::get)
                    .toList();
        }
    }

    /** Red, green, blue planes in 0..255. */
    private static float[] area(Path file, int width, int height) throws IOException {
        BufferedImage image = ImageIO.read(file.toFile());
        if (image == null) {
            throw new IOException(file + " is no image");
        }
        var across = new float[CHANNELS * image.getHeight() * width];
        for (int y = 0; y < image.getHeight(); y++) {
            var row = image.getRGB(0, y, image.getWidth(), 1, null, 0, image.getWidth());
            for (int channel = 0; channel < CHANNELS; channel++) {
                var line = new float[row.length];
                for (int x = 0; x < row.length; x++) {
                    line[x] = row[x] >> (16 - 8 * channel) & 0xff;
                }
                System.arraycopy(means(line, width), 0, across, (channel * image.getHeight() + y) * width, width);
            }
        }
        var data = new float[CHANNELS * height * width];
        for (int channel = 0; channel < CHANNELS; channel++) {
            for (int x = 0; x < width; x++) {
                var column = new float[image.getHeight()];
                for (int y = 0; y < column.length; y++) {
                    column[y] = across[(channel * column.length + y) * width + x];
                }
                var shrunk = means(column, height);
                for (int y = 0; y < height; y++) {
                    data[(channel * height + y) * width + x] = shrunk[y];
                }
            }
        }
        return data;
    }

    /** The mean over each of n equal stretches. */
    private static float[] means(float[] line, int n) {
        var shrunk = new float[n];
        var stretch = (double) line.length / n;
        for (int i = 0; i < n; i++) {
            var from = i * stretch;
            var to = (i + 1) * stretch;
            double sum = 0;
            for (int j = (int) from; j < Math.min(line.length, Math.ceil(to)); j++) {
                sum += line[j] * (Math.min(j + 1, to) - Math.max(j, from));
            }
            shrunk[i] = (float) (sum / stretch);
        }
        return shrunk;
    }
}
