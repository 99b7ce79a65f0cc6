package io.plumbline.fleet.adapter.kafka;

import io.plumbline.contract.message.RolloutEvent;
import io.plumbline.database.StoreUnavailableException;
import io.plumbline.fleet.adapter.metrics.FleetMeters;
import io.plumbline.fleet.adapter.store.SqlHistory;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.function.Consumer;
import org.jboss.logging.Logger;

/**
 * Announces every stage of every rollout, in order and one at a time, and notes each as announced once Kafka has
 * confirmed it. A crash between the two repeats an announcement: its rollout and revision say that it is the same one.
 */
@Singleton
public final class RolloutAnnouncer {

    private static final Logger LOG = Logger.getLogger(RolloutAnnouncer.class);
    private static final int BATCH = 50;

    private final SqlHistory history;
    private final Consumer<RolloutEvent> topic;
    private final FleetMeters meters;

    @Inject
    RolloutAnnouncer(SqlHistory history, RolloutTopic topic, FleetMeters meters) {
        this(history, (Consumer<RolloutEvent>) topic, meters);
    }

    /** @param topic returns once the event is where nobody loses it, and throws otherwise */
    public RolloutAnnouncer(SqlHistory history, Consumer<RolloutEvent> topic, FleetMeters meters) {
        this.history = history;
        this.topic = topic;
        this.meters = meters;
    }

    /** Announces what is outstanding. Stops at the first that Kafka does not take; the next call begins with it. */
    public void announce() {
        try {
            for (var next : history.unannounced(BATCH)) {
                var event = next.event();
                topic.accept(event);
                history.announced(next.number());
                meters.announced(true);
                LOG.infof(
                        "rollout-announced rollout=%s model=%s build=%s revision=%d stage=%s reason=%s",
                        event.rollout(),
                        event.model(),
                        event.candidate(),
                        event.revision(),
                        event.stage(),
                        event.because());
            }
        } catch (StoreUnavailableException e) {
            meters.announced(false);
            LOG.warnf("rollouts-not-announced reason=%s", e.getMessage());
        } catch (RuntimeException e) {
            meters.announced(false);
            LOG.warnf("rollout-not-announced reason=%s", e);
        }
    }
}
