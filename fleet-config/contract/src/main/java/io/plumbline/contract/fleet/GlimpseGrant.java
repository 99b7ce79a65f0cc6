package io.plumbline.contract.fleet;

import io.plumbline.contract.wire.Require;
import java.time.Duration;

/**
 * The owner of a stream lets operators see its cameras: a small picture of a frame now and then, with what was found on it. Without one no
 * frame leaves its site.
 *
 * @param every how often a camera is shown at most, from {@code PT1S} to {@code PT1H}
 * @param pixels the longer side of the picture, {@value #LEAST_PIXELS} to {@value #MOST_PIXELS}; a smaller frame stays as it is
 */
public record GlimpseGrant(Duration every, int pixels) {

    public static final int LEAST_PIXELS = 64;
    public static final int MOST_PIXELS = 640;

    public GlimpseGrant {
        Require.that(
                every.compareTo(Duration.ofSeconds(1)) >= 0 && every.compareTo(Duration.ofHours(1)) <= 0,
                "every " + every + " must be from PT1S to PT1H");
        Require.that(
                pixels >= LEAST_PIXELS && pixels <= MOST_PIXELS,
                "pixels " + pixels + " must be a whole number from " + LEAST_PIXELS + " to " + MOST_PIXELS);
    }
}
