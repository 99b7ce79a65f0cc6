package io.plumbline.gateway.core.frame;

import io.plumbline.contract.id.EventId;
import io.plumbline.contract.message.DeadLetterReason;
import io.plumbline.gateway.core.reading.Decoded;
import io.plumbline.gateway.core.reading.DeviceTime;
import io.plumbline.gateway.core.reading.Picture;
import io.plumbline.gateway.core.reading.Reading;
import io.plumbline.gateway.core.reading.Source;
import io.plumbline.gateway.core.reading.Stamp;
import io.plumbline.inference.card.ImageInput;
import io.plumbline.inference.image.ImageException;
import io.plumbline.inference.image.ImageStatistics;
import io.plumbline.inference.image.ImageTensor;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Optional;

/**
 * Decodes camera frames: the payload is a JPEG or PNG. When it was taken says the MQTT user property {@code time} (ISO-8601),
 * and {@code seq}, a whole number, tells apart frames of one millisecond; together with the device they name the frame. Without
 * {@code time} a frame is of the moment it came, and known by its content: then the same bytes again are the same frame.
 * One thread at a time; a picture is gone with the next.
 */
public final class FrameDecoder {

    /** No frame is longer, in bytes. */
    public static final int MAX_BYTES = 8 << 20;

    /** Bytes of heap for each pixel that is read: the decoded frame then takes a quarter of it at most. */
    private static final int HEAP_PER_PIXEL = 12;

    private final ImageTensor images;
    private final ImageStatistics statistics;

    public FrameDecoder(ImageInput input) {
        this(input, mostPixels());
    }

    /** @param mostPixels a frame of more is refused */
    FrameDecoder(ImageInput input, long mostPixels) {
        this.images = new ImageTensor(input, mostPixels);
        this.statistics = new ImageStatistics(input);
    }

    /** What this process has the memory for. */
    public static long mostPixels() {
        return Math.min(ImageTensor.MOST_PIXELS, Runtime.getRuntime().maxMemory() / HEAP_PER_PIXEL);
    }

    private record Identity(EventId event, Instant time) {}

    /** Never throws: what is no frame is refused with a reason. The reading's values are the frame's statistics. */
    public Decoded decode(Source source, byte[] payload, Stamp stamp) {
        if (payload.length > MAX_BYTES) {
            return Decoded.Refused.of(
                    DeadLetterReason.TOO_LARGE,
                    payload.length + " bytes, more than the " + MAX_BYTES + " of any frame");
        }
        try {
            var identity = identify(source, payload, stamp);
            var tensor = images.read(payload);
            var picture = new Picture(
                    tensor,
                    images.placement(),
                    images.size().width(),
                    images.size().height(),
                    payload.length);
            return new Decoded.Accepted(new Reading(
                    identity.event, source.device(), identity.time, statistics.of(tensor, 0), Optional.of(picture)));
        } catch (DateTimeException | ArithmeticException | NumberFormatException e) {
            return Decoded.Refused.of(DeadLetterReason.MALFORMED, "a user property is broken: " + e.getMessage());
        } catch (ImageException e) {
            return Decoded.Refused.of(reason(e.reason()), "the frame " + e.getMessage());
        }
    }

    /** The name of a frame, without decoding it; empty if a user property is broken. */
    public static Optional<EventId> event(Source source, byte[] payload, Stamp stamp) {
        try {
            return Optional.of(identify(source, payload, stamp).event);
        } catch (DateTimeException | ArithmeticException | NumberFormatException e) {
            return Optional.empty();
        }
    }

    private static Identity identify(Source source, byte[] payload, Stamp stamp) {
        var said = stamp.properties().get(Stamp.TIME);
        if (said == null) {
            return new Identity(EventId.ofContent(source.device(), source.stream(), payload), stamp.receivedAt());
        }
        var time = DeviceTime.parse(said);
        var sequence = Long.parseLong(stamp.properties().getOrDefault(Stamp.SEQUENCE, "0"));
        if (time.toEpochMilli() < 0) {
            throw new DateTimeException("time '" + time + "' lies before 1970");
        }
        return new Identity(EventId.ofSequence(source.device(), source.stream(), time, sequence), time);
    }

    private static DeadLetterReason reason(ImageException.Reason reason) {
        return switch (reason) {
            case UNKNOWN_FORMAT -> DeadLetterReason.NOT_AN_IMAGE;
            case TOO_LARGE -> DeadLetterReason.TOO_LARGE;
            case TRUNCATED -> DeadLetterReason.IMAGE_TRUNCATED;
            case UNSUPPORTED -> DeadLetterReason.IMAGE_UNSUPPORTED;
            case DAMAGED -> DeadLetterReason.IMAGE_DAMAGED;
        };
    }
}
