package io.plumbline.gateway.adapter.metrics;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.plumbline.gateway.core.inbox.Inbox;

/** Meters {@code plumbline_inbox_*}. */
public final class InboxMeters {

    private InboxMeters() {}

    public static void watch(MeterRegistry meters, Inbox inbox) {
        Gauge.builder("plumbline.inbox.waiting", inbox, Inbox::waiting).register(meters);
        for (int qos = 0; qos <= 1; qos++) {
            var quality = qos;
            FunctionCounter.builder("plumbline.inbox.dropped", inbox, of -> of.dropped(quality))
                    .tag("qos", Integer.toString(quality))
                    .register(meters);
        }
    }
}
