package io.plumbline.fleet.adapter.kafka;

import io.plumbline.contract.message.RolloutEvent;
import io.plumbline.contract.wire.Json;
import io.plumbline.fleet.adapter.trace.Deeds;
import io.smallrye.reactive.messaging.MutinyEmitter;
import io.smallrye.reactive.messaging.kafka.Record;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.function.Consumer;
import org.eclipse.microprofile.reactive.messaging.Channel;

/** The topic of rollouts: told every step, in the trace of what was rolled out, and waits until Kafka has confirmed it. */
@Singleton
public final class RolloutTopic implements Consumer<RolloutEvent> {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final MutinyEmitter<Record<String, byte[]>> topic;
    private final Deeds deeds;

    RolloutTopic(@Channel("rollouts") MutinyEmitter<Record<String, byte[]>> topic, Deeds deeds) {
        this.topic = topic;
        this.deeds = deeds;
    }

    /** @throws RuntimeException if Kafka does not take it */
    @Override
    public void accept(RolloutEvent event) {
        deeds.step(
                event,
                place -> topic.sendMessage(FollowedRecord.of(event.model().value(), Json.encode(event), place))
                        .await()
                        .atMost(PATIENCE));
    }
}
