package io.plumbline.gateway.adapter.metrics;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.plumbline.contract.id.StreamId;
import io.plumbline.contract.message.DeadLetterReason;
import io.plumbline.contract.message.GatewayEvent;
import io.plumbline.gateway.adapter.logging.Seldom;
import io.plumbline.gateway.core.inbox.Incoming;
import io.plumbline.gateway.core.outbox.Loss;
import io.plumbline.gateway.core.outbox.Outbox;
import io.plumbline.gateway.core.pipeline.GatewayMetrics;
import io.plumbline.gateway.core.status.RecentEvents;
import io.plumbline.gateway.core.trace.Followed;
import io.plumbline.gateway.core.trace.Traces;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jboss.logging.Logger;

/** Meters {@code plumbline_*}; rare trouble is logged too, at most every ten seconds per kind. */
public final class MicrometerMetrics implements GatewayMetrics {

    private static final Logger LOG = Logger.getLogger(MicrometerMetrics.class);

    private final MeterRegistry meters;
    private final Map<StreamId, AtomicLong> clockSkews = new HashMap<>();
    private final Timer answered;
    private final Map<DeadLetterReason, Counter> deadLettered = new EnumMap<>(DeadLetterReason.class);
    private final Counter redelivered;
    private final Counter leftToNeighbour;
    private final Counter dropped;
    private final Counter inferenceFailed;
    private final Counter messageFailed;
    private final Counter heartbeatFailed;
    private final Counter outboxFull;
    private final Counter outboxFailed;
    private final Traces traces;
    private final RecentEvents events = new RecentEvents();
    private final Counter outboxLost;
    private final Seldom full = new Seldom();
    private final Seldom failed = new Seldom();
    private final Seldom unanswered = new Seldom();
    private final Seldom undecided = new Seldom();

    /** @param traces follows messages */
    public MicrometerMetrics(MeterRegistry meters, Traces traces) {
        this.meters = meters;
        this.traces = traces;
        answered = meters.timer("plumbline.readings.answered");
        for (var reason : DeadLetterReason.values()) {
            deadLettered.put(reason, meters.counter("plumbline.dead.letters", "reason", reason.name()));
        }
        redelivered = meters.counter("plumbline.messages.redelivered");
        leftToNeighbour = meters.counter("plumbline.messages.left.to.neighbour");
        dropped = meters.counter("plumbline.frames.dropped");
        inferenceFailed = meters.counter("plumbline.inference.failures");
        messageFailed = meters.counter("plumbline.messages.failed");
        heartbeatFailed = meters.counter("plumbline.heartbeats.failed");
        outboxFull = meters.counter("plumbline.outbox.full");
        outboxLost = meters.counter("plumbline.outbox.lost");
        outboxFailed = meters.counter("plumbline.outbox.failures");
    }

    /** Adds a gauge of what waits for Kafka. */
    public void watch(MeterRegistry meters, Outbox outbox) {
        meters.gauge("plumbline.outbox.pending", outbox, Outbox::pending);
    }

    @Override
    public Followed follow(Incoming message) {
        return traces.follow(message.properties(), message.delivery().receivedAt());
    }

    /** Dead letters since the start by reason; only those there were. Any thread. */
    public Map<String, Long> deadLetters() {
        var counts = new TreeMap<String, Long>();
        deadLettered.forEach((reason, counter) -> {
            if (counter.count() > 0) {
                counts.put(reason.name(), (long) counter.count());
            }
        });
        return counts;
    }

    /** What the gateway said of itself; any thread. */
    public RecentEvents events() {
        return events;
    }

    @Override
    public void reported(GatewayEvent event) {
        events.add(event);
    }

    @Override
    public void answered(long latencyNanos) {
        answered.record(latencyNanos, TimeUnit.NANOSECONDS);
    }

    @Override
    public void deadLettered(DeadLetterReason reason) {
        var counter = deadLettered.get(reason);
        if (counter != null) {
            counter.increment();
        }
    }

    @Override
    public void redelivered() {
        redelivered.increment();
    }

    @Override
    public void leftToNeighbour() {
        leftToNeighbour.increment();
    }

    @Override
    public void clockSkew(StreamId stream, Duration median) {
        clockSkews.computeIfAbsent(stream, this::clockSkew).set(median.toMillis());
    }

    private AtomicLong clockSkew(StreamId stream) {
        var millis = new AtomicLong();
        Gauge.builder("plumbline.device.clock.skew", millis, value -> value.get() / 1000.0)
                .baseUnit("seconds")
                .tag("stream", stream.value())
                .register(meters);
        return millis;
    }

    @Override
    public void dropped(int frames) {
        dropped.increment(frames);
    }

    @Override
    public void inferenceFailed(StreamId stream, RuntimeException failure) {
        inferenceFailed.increment();
        unanswered.say(() -> LOG.errorf("inference-failed stream=%s reason=%s", stream, failure));
    }

    @Override
    public void messageFailed(RuntimeException bug) {
        messageFailed.increment();
        undecided.say(() -> {
            var at = Arrays.stream(bug.getStackTrace()).findFirst();
            LOG.errorf(
                    "message-failed this is a bug reason=%s at=%s",
                    bug, at.map(Object::toString).orElse("?"));
        });
    }

    /** A heartbeat did not get out; any thread. */
    public void heartbeatFailed() {
        heartbeatFailed.increment();
    }

    @Override
    public void outboxFull() {
        outboxFull.increment();
        full.say(() -> LOG.warn("outbox-full no message is taken until Kafka has more of it"));
    }

    @Override
    public void lost(Loss loss) {
        outboxLost.increment(loss.answers());
        LOG.errorf(
                "outbox-lost first=%d next=%d results=%d deadLetters=%d others=%d",
                loss.first(), loss.next(), loss.results(), loss.deadLetters(), loss.others());
    }

    @Override
    public void outboxFailed(IOException failure) {
        outboxFailed.increment();
        failed.say(
                () -> LOG.errorf("outbox-failed nothing is acknowledged until the disk takes it reason=%s", failure));
    }
}
