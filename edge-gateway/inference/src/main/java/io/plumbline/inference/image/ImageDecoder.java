package io.plumbline.inference.image;

import io.plumbline.inference.image.ImageException.Reason;
import java.awt.image.BufferedImage;
import java.io.EOFException;
import java.io.IOException;
import java.util.Arrays;
import java.util.Optional;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.ImageTypeSpecifier;
import javax.imageio.spi.ImageReaderSpi;

/**
 * Decodes JPEG and PNG. The memory of the last image is used again: what was decoded is gone when the next is. Nothing else of an
 * image outlives it. One thread at a time.
 */
final class ImageDecoder {

    private static final String JPEG_NAME = "jpeg";
    private static final String PNG_NAME = "png";
    private static final int RGB_BANDS = 3;
    private static final byte[] JPEG = {(byte) 0xff, (byte) 0xd8, (byte) 0xff};
    private static final byte[] PNG = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'};

    static {
        ImageIO.setUseCache(false);
    }

    private final long mostPixels;
    private final ImageReaderSpi jpeg = provider(JPEG_NAME);
    private final ImageReaderSpi png = provider(PNG_NAME);
    private Optional<BufferedImage> last = Optional.empty();

    /** @param mostPixels an image of more is refused before it is decoded */
    ImageDecoder(long mostPixels) {
        this.mostPixels = mostPixels;
    }

    private static ImageReaderSpi provider(String format) {
        return ImageIO.getImageReadersByFormatName(format).next().getOriginatingProvider();
    }

    Pixels decode(byte[] file) throws ImageException {
        var provider = providerOf(file);
        var source = new ByteSource(file);
        Optional<ImageReader> opened = Optional.empty();
        try {
            // One each: a JPEG without tables would be decoded with those that the reader has of another.
            var reader = provider.createReaderInstance();
            opened = Optional.of(reader);
            reader.setInput(source, true, true);
            var image = decode(reader);
            if (source.ranOut()) {
                throw truncated(file);
            }
            return Pixels.of(image);
        } catch (IOException | RuntimeException e) {
            throw source.ranOut() || e instanceof EOFException ? truncated(file) : damaged(e);
        } finally {
            opened.ifPresent(ImageReader::dispose);
        }
    }

    private ImageReaderSpi providerOf(byte[] file) throws ImageException {
        if (startsWith(file, JPEG)) {
            return jpeg;
        }
        if (startsWith(file, PNG)) {
            return png;
        }
        throw new ImageException(Reason.UNKNOWN_FORMAT, "is neither JPEG nor PNG");
    }

    private static boolean startsWith(byte[] file, byte[] magic) {
        return Arrays.equals(file, 0, Math.min(file.length, magic.length), magic, 0, magic.length);
    }

    private BufferedImage decode(ImageReader reader) throws IOException, ImageException {
        long width = reader.getWidth(0);
        long height = reader.getHeight(0);
        if (width * height > mostPixels) {
            throw new ImageException(
                    Reason.TOO_LARGE, "has " + width + " x " + height + " pixels; at most " + mostPixels + " are read");
        }
        var type = type(reader);
        var parameters = reader.getDefaultReadParam();
        var reusable = last.filter(image -> image.getWidth() == width
                && image.getHeight() == height
                && image.getColorModel().equals(type.getColorModel())
                && image.getSampleModel().equals(type.getSampleModel((int) width, (int) height)));
        if (reusable.isPresent()) {
            parameters.setDestination(reusable.get());
        } else {
            parameters.setDestinationType(type);
        }
        var image = reader.read(0, parameters);
        last = Optional.of(image);
        return image;
    }

    private static ImageTypeSpecifier type(ImageReader reader) throws IOException, ImageException {
        var types = reader.getImageTypes(0);
        var type = types.hasNext() ? Optional.of(types.next()) : Optional.<ImageTypeSpecifier>empty();
        var isJpeg = reader.getFormatName().equalsIgnoreCase(JPEG_NAME);
        return type.filter(one -> !isJpeg || one.getNumBands() <= RGB_BANDS)
                .orElseThrow(() -> new ImageException(
                        Reason.UNSUPPORTED, "has colours that are not read (CMYK or the like); save it as RGB"));
    }

    private static ImageException truncated(byte[] file) {
        return new ImageException(Reason.TRUNCATED, "is cut off after " + file.length + " bytes");
    }

    private static ImageException damaged(Exception e) {
        var reason = String.valueOf(e.getMessage()).lines().findFirst().orElse("no reason given");
        return new ImageException(Reason.DAMAGED, "is damaged: " + reason);
    }
}
