package io.plumbline.gateway.adapter.metrics;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.plumbline.gateway.adapter.logging.Seldom;
import io.plumbline.gateway.core.glimpse.Glimpser;
import org.jboss.logging.Logger;

/** Meters {@code plumbline_glimpses_total}; what could not be shown is logged too, seldom. */
public final class GlimpseMeters implements Glimpser.Fate {

    private static final Logger LOG = Logger.getLogger(GlimpseMeters.class);

    private final Counter shown;
    private final Counter failed;
    private final Seldom seldom = new Seldom();

    public GlimpseMeters(MeterRegistry meters) {
        shown = meters.counter("plumbline.glimpses", "shown", "true");
        failed = meters.counter("plumbline.glimpses", "shown", "false");
    }

    @Override
    public void shown() {
        shown.increment();
    }

    @Override
    public void notShown(Exception because) {
        failed.increment();
        seldom.say(() -> LOG.warnf("glimpse-not-shown reason=%s", because));
    }
}
