package io.plumbline.fleet.adapter.kafka;

import io.plumbline.contract.message.Alert;
import io.plumbline.contract.wire.Json;
import io.plumbline.fleet.adapter.trace.Deeds;
import io.plumbline.fleet.core.post.Delivery;
import io.plumbline.fleet.core.post.Sink;
import io.smallrye.reactive.messaging.MutinyEmitter;
import io.smallrye.reactive.messaging.kafka.Record;
import jakarta.inject.Singleton;
import java.time.Duration;
import org.eclipse.microprofile.reactive.messaging.Channel;

/** The topic of alerts: told every change, in order, each confirmed by Kafka. */
@Singleton
public final class AlertTopic implements Sink {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final MutinyEmitter<Record<String, byte[]>> topic;
    private final Deeds deeds;

    AlertTopic(@Channel("alerts") MutinyEmitter<Record<String, byte[]>> topic, Deeds deeds) {
        this.topic = topic;
        this.deeds = deeds;
    }

    @Override
    public Delivery deliver(Alert alert) {
        try {
            topic.sendMessage(FollowedRecord.of(alert.id(), Json.encode(alert), deeds.place(alert)))
                    .await()
                    .atMost(PATIENCE);
            return new Delivery.Done();
        } catch (RuntimeException e) {
            return new Delivery.Unreachable("Kafka does not take it: " + e);
        }
    }
}
