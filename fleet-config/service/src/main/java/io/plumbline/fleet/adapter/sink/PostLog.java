package io.plumbline.fleet.adapter.sink;

import io.plumbline.fleet.adapter.metrics.FleetMeters;
import io.plumbline.fleet.core.post.Courier;
import io.plumbline.fleet.core.post.Delivery;
import io.plumbline.fleet.core.post.Waiting;
import java.util.Locale;
import org.jboss.logging.Logger;

/** Logs and counts what couriers do. Thread-safe. */
final class PostLog implements Courier.Ear {

    private static final Logger LOG = Logger.getLogger(PostLog.class);

    private final FleetMeters meters;

    PostLog(FleetMeters meters) {
        this.meters = meters;
    }

    @Override
    public void tried(String sink, Waiting letter, Delivery delivery, boolean last) {
        var alert = letter.letter().alert();
        if (delivery instanceof Delivery.Done done) {
            meters.letter(sink, "delivered");
            LOG.infof(
                    "alert-told sink=%s alert=%s revision=%d change=%s",
                    sink, alert.id(), alert.revision(), alert.change());
            done.remark()
                    .ifPresent(remark ->
                            LOG.warnf("alert-told-in-part sink=%s alert=%s reason=%s", sink, alert.id(), remark));
            return;
        }
        var outcome = last ? "undeliverable" : outcome(delivery);
        meters.letter(sink, outcome);
        LOG.warnf(
                "alert-not-told sink=%s alert=%s revision=%d attempt=%d outcome=%s reason=%s",
                sink, alert.id(), alert.revision(), letter.attempts() + 1, outcome, delivery);
    }

    @Override
    public void notRenewed(String sink, Delivery delivery) {
        LOG.warnf("open-alerts-not-told-again sink=%s outcome=%s reason=%s", sink, outcome(delivery), delivery);
    }

    private static String outcome(Delivery delivery) {
        return delivery.getClass().getSimpleName().toLowerCase(Locale.ROOT);
    }
}
