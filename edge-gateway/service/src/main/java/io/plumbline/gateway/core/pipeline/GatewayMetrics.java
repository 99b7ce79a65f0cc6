package io.plumbline.gateway.core.pipeline;

import io.plumbline.contract.id.StreamId;
import io.plumbline.contract.message.DeadLetterReason;
import io.plumbline.contract.message.GatewayEvent;
import io.plumbline.gateway.core.inbox.Incoming;
import io.plumbline.gateway.core.outbox.Loss;
import io.plumbline.gateway.core.trace.Followed;
import java.io.IOException;
import java.time.Duration;

/** What the pipeline tells those who watch it. Called from its thread; implementations return at once. */
public interface GatewayMetrics {

    /** A message is about to be handled: whoever wants to follow it says so. */
    default Followed follow(Incoming message) {
        return Followed.NOT;
    }

    /** The gateway says something of itself; it goes to Kafka too. */
    default void reported(GatewayEvent event) {}

    /** A reading was answered; the latency in nanoseconds is that of the model. */
    void answered(long latencyNanos);

    void deadLettered(DeadLetterReason reason);

    /** A message was dropped because it had been taken before. */
    void redelivered();

    /** A message was passed over because another gateway of the site takes it. */
    void leftToNeighbour();

    /** By how much the clocks of a stream's devices are ahead of the gateway's; negative for those that are behind. */
    void clockSkew(StreamId stream, Duration median);

    /** Camera frames were passed over for a newer one of the same device, or found no room; any thread. */
    void dropped(int frames);

    /** The model failed on a window or frame; the reading's result has no prediction. */
    void inferenceFailed(StreamId stream, RuntimeException failure);

    /** A message that should have been decided could not be: a bug. It went to the dead letters and the next one goes on. */
    void messageFailed(RuntimeException bug);

    /** Messages wait because Kafka has too little of the outbox. Called again and again while it lasts. */
    void outboxFull();

    /** A full outbox dropped its oldest records before Kafka had them. */
    void lost(Loss loss);

    /** The disk did not take the records; the same are tried again. */
    void outboxFailed(IOException failure);
}
