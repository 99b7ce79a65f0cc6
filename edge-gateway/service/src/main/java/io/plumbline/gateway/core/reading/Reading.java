package io.plumbline.gateway.core.reading;

import io.plumbline.contract.id.DeviceId;
import io.plumbline.contract.id.EventId;
import java.time.Instant;
import java.util.Optional;

/** One accepted reading, or camera frame, of a device. Immutable but for the tensor of its picture. */
public final class Reading {

    private final EventId event;
    private final DeviceId device;
    private final Instant time;
    private final float[] values;
    private final Optional<Picture> picture;

    /**
     * @param time device time
     * @param values finite, in the order of the model card's features; copied
     */
    public Reading(EventId event, DeviceId device, Instant time, float[] values) {
        this(event, device, time, values, Optional.empty());
    }

    /**
     * A camera frame.
     *
     * @param values its statistics; copied
     */
    public Reading(EventId event, DeviceId device, Instant time, float[] values, Optional<Picture> picture) {
        this.event = event;
        this.device = device;
        this.time = time;
        this.values = values.clone();
        this.picture = picture;
    }

    public EventId event() {
        return event;
    }

    public DeviceId device() {
        return device;
    }

    /** Device time. */
    public Instant time() {
        return time;
    }

    /** Of a camera frame; empty for a sensor. */
    public Optional<Picture> picture() {
        return picture;
    }

    /** A copy. */
    public float[] values() {
        return values.clone();
    }
}
