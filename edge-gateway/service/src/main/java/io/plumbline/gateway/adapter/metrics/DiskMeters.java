package io.plumbline.gateway.adapter.metrics;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.function.BooleanSupplier;

/** The meter {@code plumbline_disk_failing}, which is there before the gateway is. */
public final class DiskMeters {

    private DiskMeters() {}

    /** @param failing whether the data folder cannot be used */
    public static void watch(MeterRegistry meters, BooleanSupplier failing) {
        Gauge.builder("plumbline.disk.failing", failing, now -> now.getAsBoolean() ? 1 : 0)
                .strongReference(true)
                .register(meters);
    }
}
