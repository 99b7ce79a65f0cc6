package io.plumbline.gateway.adapter.metrics;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.plumbline.gateway.core.stream.GatewayMemory;

/** Meters {@code plumbline_devices_*}. */
public final class DeviceMeters {

    private DeviceMeters() {}

    public static void watch(MeterRegistry meters, GatewayMemory memory) {
        Gauge.builder("plumbline.devices.remembered", memory, GatewayMemory::devices)
                .register(meters);
        FunctionCounter.builder("plumbline.devices.evicted", memory, GatewayMemory::evicted)
                .register(meters);
    }
}
