package io.plumbline.registry.core.oci;

import java.io.InputStream;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A part of a blob as it comes.
 *
 * @param length in bytes, where it was told beforehand
 * @param place where in the blob it belongs, where that was told
 */
public record Chunk(InputStream content, OptionalLong length, Optional<Place> place) {

    private static final Pattern RANGE = Pattern.compile("(?:bytes[ =])?(\\d{1,18})-(\\d{1,18})(?:/.*)?");

    /** Of the first and the last byte, from 0. */
    public record Place(long first, long last) {}

    /** Something without a place, as long as it may be. */
    public static Chunk of(InputStream content) {
        return new Chunk(content, OptionalLong.empty(), Optional.empty());
    }

    /**
     * As the headers have it.
     *
     * @throws OciException if they say nothing sensible, or contradict each other
     */
    public static Chunk of(InputStream content, @Nullable String contentLength, @Nullable String contentRange) {
        var length = contentLength == null || !contentLength.matches("\\d{1,18}")
                ? OptionalLong.empty()
                : OptionalLong.of(Long.parseLong(contentLength));
        if (contentRange == null) {
            return new Chunk(content, length, Optional.empty());
        }
        var range = RANGE.matcher(contentRange);
        if (!range.matches()) {
            throw new OciException(
                    OciException.Code.BLOB_UPLOAD_INVALID,
                    "Content-Range '" + contentRange + "' must be the first and the last byte like 0-1023");
        }
        var place = new Place(Long.parseLong(range.group(1)), Long.parseLong(range.group(2)));
        var chunk = new Chunk(content, length, Optional.of(place));
        if (place.last() < place.first() || (length.isPresent() && !chunk.isComplete(length.getAsLong()))) {
            throw new OciException(
                    OciException.Code.BLOB_UPLOAD_INVALID,
                    "Content-Range '" + contentRange + "' does not fit the length of the chunk");
        }
        return chunk;
    }

    /** @throws OciException if it belongs anywhere else than behind so many bytes */
    public void requireAt(long size) {
        if (place.isPresent() && place.get().first() != size) {
            throw new OciException(
                    OciException.Code.BLOB_UPLOAD_INVALID,
                    "the upload has " + size + " bytes so far, and a chunk came for byte "
                            + place.get().first());
        }
    }

    /** Whether so many bytes fill the place that was told. */
    public boolean isComplete(long bytes) {
        return place.map(range -> range.last() - range.first() + 1 == bytes).orElse(true);
    }
}
