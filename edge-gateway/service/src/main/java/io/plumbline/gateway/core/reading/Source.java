package io.plumbline.gateway.core.reading;

import io.plumbline.contract.id.DeviceId;
import io.plumbline.contract.id.StreamId;

/** Who sent a payload, as the topic says. */
public record Source(DeviceId device, StreamId stream) {}
