package io.plumbline.contract.fleet;

import io.plumbline.contract.id.DeviceId;
import io.plumbline.contract.id.Digest;
import io.plumbline.contract.id.EventId;
import io.plumbline.contract.id.StreamId;
import io.plumbline.contract.message.Frame;
import io.plumbline.contract.wire.Require;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/**
 * One frame of a camera as operators may see it: a small picture, and what both models found on it. Told to the control plane alone, which
 * keeps the newest of each camera in memory.
 *
 * @param event the frame's name
 * @param build that found what INT8 found
 * @param time of the frame
 * @param found by INT8, in shares of the frame; at most {@value #MOST_FOUND}
 * @param reference what FP32 found on the same frame; empty if it was not asked, because its share of the processor was spent
 * @param jpeg the picture, in Base64 (RFC 4648); at most {@value #MOST_BYTES} bytes when decoded
 */
public record Glimpse(
        StreamId stream,
        DeviceId device,
        EventId event,
        Digest build,
        Instant time,
        List<Frame.Found> found,
        Optional<List<Frame.Found>> reference,
        String jpeg) {

    public static final int MOST_FOUND = 100;
    public static final int MOST_BYTES = 256 << 10;

    private static final int MOST_TEXT = (MOST_BYTES + 2) / 3 * 4;
    private static final byte[] JPEG = {(byte) 0xff, (byte) 0xd8, (byte) 0xff};

    public Glimpse {
        found = List.copyOf(found);
        reference = reference.map(List::copyOf);
        Require.that(found.size() <= MOST_FOUND, found.size() + " boxes must be at most " + MOST_FOUND);
        reference.ifPresent(
                some -> Require.that(some.size() <= MOST_FOUND, some.size() + " boxes must be at most " + MOST_FOUND));
        Require.that(jpeg.length() <= MOST_TEXT, "jpeg must be at most " + MOST_BYTES + " bytes");
        Require.that(startsWith(Base64.getDecoder().decode(jpeg), JPEG), "jpeg must be a JPEG image in Base64");
    }

    private static boolean startsWith(byte[] file, byte[] magic) {
        return file.length > magic.length && Arrays.equals(file, 0, magic.length, magic, 0, magic.length);
    }

    /** The bytes of the picture. */
    public byte[] picture() {
        return Base64.getDecoder().decode(jpeg);
    }
}
