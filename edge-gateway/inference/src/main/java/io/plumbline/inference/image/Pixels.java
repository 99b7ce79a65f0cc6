package io.plumbline.inference.image;

import java.awt.image.BufferedImage;
import java.awt.image.DataBuffer;
import java.awt.image.DataBufferByte;
import java.awt.image.IndexColorModel;
import java.awt.image.PixelInterleavedSampleModel;

/**
 * A decoded image as bytes, row by row without gaps, the channels of a pixel side by side. Not a copy where the image holds
 * its bytes in this way. Alpha is left out, a colour profile is not applied: as OpenCV reads images.
 */
final class Pixels {

    private final byte[] bytes;
    private final int width;
    private final int height;
    private final int step;
    private final int[] rgb;

    /**
     * @param step bytes from a pixel to the next
     * @param rgb offsets of red, green and blue; all the same in a grey image
     */
    private Pixels(BufferedImage image, byte[] bytes, int step, int[] rgb) {
        this.bytes = bytes;
        this.width = image.getWidth();
        this.height = image.getHeight();
        this.step = step;
        this.rgb = rgb;
    }

    static Pixels of(BufferedImage image) {
        var raster = image.getRaster();
        if (raster.getSampleModel() instanceof PixelInterleavedSampleModel model
                && raster.getDataBuffer() instanceof DataBufferByte buffer
                && !(image.getColorModel() instanceof IndexColorModel)
                && model.getScanlineStride() == model.getPixelStride() * image.getWidth()
                && buffer.getOffset() == 0) {
            var offsets = model.getBandOffsets();
            var rgb = offsets.length < 3 ? grey(offsets[0]) : new int[] {offsets[0], offsets[1], offsets[2]};
            return new Pixels(image, buffer.getData(), model.getPixelStride(), rgb);
        }
        return raster.getSampleModel().getDataType() == DataBuffer.TYPE_USHORT ? ofShorts(image) : ofColours(image);
    }

    private static int[] grey(int offset) {
        return new int[] {offset, offset, offset};
    }

    /** 16 bits for each channel: the upper 8 of them. */
    private static Pixels ofShorts(BufferedImage image) {
        var raster = image.getRaster();
        var bands = raster.getNumBands();
        var bytes = new byte[Math.multiplyExact(Math.multiplyExact(image.getWidth(), image.getHeight()), bands)];
        var row = new int[image.getWidth() * bands];
        for (int y = 0; y < image.getHeight(); y++) {
            raster.getPixels(0, y, image.getWidth(), 1, row);
            for (int i = 0; i < row.length; i++) {
                bytes[y * row.length + i] = (byte) (row[i] >> 8);
            }
        }
        return new Pixels(image, bytes, bands, bands < 3 ? grey(0) : new int[] {0, 1, 2});
    }

    /** Palettes and whatever else: by way of colours. */
    private static Pixels ofColours(BufferedImage image) {
        var bytes = new byte[Math.multiplyExact(Math.multiplyExact(image.getWidth(), image.getHeight()), 3)];
        var row = new int[image.getWidth()];
        for (int y = 0; y < image.getHeight(); y++) {
            image.getRGB(0, y, row.length, 1, row, 0, row.length);
            for (int x = 0; x < row.length; x++) {
                var at = (y * row.length + x) * 3;
                bytes[at] = (byte) (row[x] >> 16);
                bytes[at + 1] = (byte) (row[x] >> 8);
                bytes[at + 2] = (byte) row[x];
            }
        }
        return new Pixels(image, bytes, 3, new int[] {0, 1, 2});
    }

    /** Not a copy. */
    byte[] bytes() {
        return bytes;
    }

    int width() {
        return width;
    }

    int height() {
        return height;
    }

    int step() {
        return step;
    }

    /** Offset in a pixel of red (0), green (1) or blue (2). */
    int offset(int colour) {
        return rgb[colour];
    }
}
