package io.plumbline.contract.fleet;

import io.plumbline.contract.wire.Require;
import java.time.Duration;
import java.util.Optional;

/**
 * How the readings of a device become windows of a model.
 *
 * @param stride readings from one answer of the model to the next, 1 to {@value #MOST_STRIDE}; those between have a result without
 *     a prediction
 * @param lateness by how much of device time, up to a day, a reading may be older than the newest one and still be put in its place;
 *     empty for windows in order of arrival
 */
public record Windowing(int stride, Optional<Duration> lateness) {

    public static final int MOST_STRIDE = 10_000;

    /** What a stream without one has. */
    public static final Windowing USUAL = new Windowing(1, Optional.empty());

    public Windowing {
        Require.that(
                stride >= 1 && stride <= MOST_STRIDE,
                "stride " + stride + " must be a whole number from 1 to " + MOST_STRIDE);
        lateness.ifPresent(most -> Require.that(
                most.toMillis() > 0 && most.compareTo(Duration.ofDays(1)) <= 0,
                "lateness " + most + " must be longer than nothing and at most P1D"));
    }
}
