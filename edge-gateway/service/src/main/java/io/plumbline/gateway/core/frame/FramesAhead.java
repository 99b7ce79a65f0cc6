package io.plumbline.gateway.core.frame;

import io.plumbline.contract.message.DeadLetterReason;
import io.plumbline.gateway.core.reading.Decoded;
import io.plumbline.gateway.core.reading.Source;
import io.plumbline.gateway.core.reading.Stamp;
import io.plumbline.inference.card.ImageInput;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;

/**
 * The frames of one stream, of which the next may be decoded while the model answers the last. Nothing but time depends on it:
 * what {@link #decode} answers is the same, expected or not. Confined to one thread, which is not the executor's; a picture is
 * gone with the next.
 */
public final class FramesAhead {

    private final FrameDecoder large;
    private final FrameDecoder small;
    private final Optional<Executor> beside;
    /** Of the picture that is looked at. */
    private FrameDecoder current;

    private Optional<Begun> begun = Optional.empty();

    /** A frame, known by its payload, the object itself. */
    private static final class Begun {
        private final byte[] payload;
        private final CompletableFuture<Decoded> decoded;

        private Begun(byte[] payload, CompletableFuture<Decoded> decoded) {
            this.payload = payload;
            this.decoded = decoded;
        }

        private boolean isOf(byte[] other) {
            return payload == other;
        }

        /** Waits for it. Empty where it failed: it will again, where it is told. */
        private Optional<Decoded> end() {
            try {
                return Optional.of(decoded.join());
            } catch (CompletionException bug) {
                return Optional.empty();
            }
        }
    }

    /** @param beside where frames are decoded that are expected; empty where there is no processor for it */
    public FramesAhead(ImageInput input, Optional<Executor> beside) {
        this(input, beside, FrameDecoder.mostPixels());
    }

    /* Two readers keep two frames: the second one takes none of more than half the size. */
    FramesAhead(ImageInput input, Optional<Executor> beside, long mostPixels) {
        this.large = new FrameDecoder(input, mostPixels);
        this.small = beside.isPresent() ? new FrameDecoder(input, mostPixels / 2) : large;
        this.current = large;
        this.beside = beside;
    }

    /** This frame is asked for next, unless it turns out to be known; without effect while another one is being decoded. */
    public void expect(Source source, byte[] payload, Stamp stamp) {
        if (beside.isPresent()
                && begun.map(one -> !one.isOf(payload) && one.decoded.isDone()).orElse(true)) {
            var free = other();
            begun = Optional.of(new Begun(
                    payload, CompletableFuture.supplyAsync(() -> free.decode(source, payload, stamp), beside.get())));
        }
    }

    private FrameDecoder other() {
        return current == large ? small : large;
    }

    /** Never throws: what is no frame is refused with a reason. The reading's values are the frame's statistics. */
    public Decoded decode(Source source, byte[] payload, Stamp stamp) {
        var ahead = begun.filter(one -> one.isOf(payload)).flatMap(this::take);
        var decoded = ahead.orElseGet(() -> current.decode(source, payload, stamp));
        if (current == large || !isTooLarge(decoded)) {
            return decoded;
        }
        release();
        current = large;
        return large.decode(source, payload, stamp);
    }

    private Optional<Decoded> take(Begun one) {
        begun = Optional.empty();
        var decoded = one.end();
        decoded.ifPresent(of -> current = other());
        return decoded;
    }

    /** What is expected will be decoded when it is asked for. */
    private void release() {
        begun.ifPresent(one -> one.decoded.handle((decoded, bug) -> bug).join());
        begun = Optional.empty();
    }

    private static boolean isTooLarge(Decoded decoded) {
        return decoded.fold(reading -> false, refused -> refused.reason() == DeadLetterReason.TOO_LARGE);
    }
}
