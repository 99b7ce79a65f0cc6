package io.plumbline.gateway.core.reading;

import io.plumbline.contract.id.DeviceId;
import io.plumbline.contract.id.EventId;
import java.time.Instant;

/** One accepted reading of a device. Immutable. */
public final class Reading {

    private final EventId event;
    private final DeviceId device;
    private final Instant time;
    private final float[] values;

    /**
     * @param time device time
     * @param values finite, in the order of the model card's features; copied
     */
    public Reading(EventId event, DeviceId device, Instant time, float[] values) {
        this.event = event;
        this.device = device;
        this.time = time;
        this.values = values.clone();
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

    /** A copy. */
    public float[] values() {
        return values.clone();
    }
}
