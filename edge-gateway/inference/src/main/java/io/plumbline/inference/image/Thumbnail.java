package io.plumbline.inference.image;

import io.plumbline.inference.card.ImageInput.Interpolation;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/** Makes small JPEG pictures of images; nothing but the pixels of an image gets into its picture. One thread at a time. */
public final class Thumbnail {

    private static final float QUALITY = 0.7f;
    private static final int COLOURS = 3;

    private final ImageDecoder decoder;
    private final Resampler resampler = new Resampler(Interpolation.AREA);

    /** @param mostPixels an image of more is refused before it is decoded */
    public Thumbnail(long mostPixels) {
        this.decoder = new ImageDecoder(mostPixels);
    }

    /**
     * The same image with at most so many pixels on its longer side; a smaller one keeps its size.
     *
     * @param file JPEG or PNG
     * @return a JPEG image
     * @throws ImageException if it is neither, or damaged, or too large
     */
    public byte[] of(byte[] file, int longest) throws ImageException {
        var pixels = decoder.decode(file);
        var shrink = Math.min(1, (double) longest / Math.max(pixels.width(), pixels.height()));
        var width = Math.max(1, (int) Math.round(shrink * pixels.width()));
        var height = Math.max(1, (int) Math.round(shrink * pixels.height()));
        var small = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        resampler.resize(pixels, width, height, (y, rgb) -> {
            for (int x = 0; x < width; x++) {
                small.setRGB(x, y, colour(rgb, x * COLOURS));
            }
        });
        return jpeg(small);
    }

    private static int colour(float[] rgb, int at) {
        return byteOf(rgb[at]) << 16 | byteOf(rgb[at + 1]) << 8 | byteOf(rgb[at + 2]);
    }

    private static int byteOf(float value) {
        return Math.min(255, Math.max(0, Math.round(value)));
    }

    private static byte[] jpeg(BufferedImage image) {
        var writer = ImageIO.getImageWritersByFormatName("jpeg").next();
        var bytes = new ByteArrayOutputStream();
        try (var out = new MemoryCacheImageOutputStream(bytes)) {
            var parameters = writer.getDefaultWriteParam();
            parameters.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
            parameters.setCompressionQuality(QUALITY);
            writer.setOutput(out);
            writer.write(null, new IIOImage(image, null, null), parameters);
        } catch (IOException e) {
            throw new UncheckedIOException("writing into memory failed", e);
        } finally {
            writer.dispose();
        }
        return bytes.toByteArray();
    }
}
