package io.plumbline.gateway.testing;

import io.plumbline.contract.id.StreamId;
import io.plumbline.contract.message.DeadLetterReason;
import io.plumbline.gateway.core.outbox.Loss;
import io.plumbline.gateway.core.pipeline.GatewayMetrics;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Counts what it is told. */
public final class CountingMetrics implements GatewayMetrics {

    private final Map<String, Integer> counts = new ConcurrentHashMap<>();
    private final Map<StreamId, Duration> skews = new ConcurrentHashMap<>();

    public int count(String what) {
        return counts.getOrDefault(what, 0);
    }

    /** Of a stream, as it was told last. */
    public Duration skew(StreamId stream) {
        return skews.getOrDefault(stream, Duration.ZERO);
    }

    private void add(String what) {
        counts.merge(what, 1, Integer::sum);
    }

    @Override
    public void answered(long latencyNanos) {
        add("answered");
    }

    @Override
    public void deadLettered(DeadLetterReason reason) {
        add(reason.name());
    }

    @Override
    public void redelivered() {
        add("redelivered");
    }

    @Override
    public void leftToNeighbour() {
        add("leftToNeighbour");
    }

    @Override
    public void clockSkew(StreamId stream, Duration median) {
        skews.put(stream, median);
    }

    @Override
    public void dropped(int frames) {
        counts.merge("dropped", frames, Integer::sum);
    }

    @Override
    public void inferenceFailed(StreamId stream, RuntimeException failure) {
        add("inferenceFailed");
    }

    @Override
    public void messageFailed(RuntimeException bug) {
        add("messageFailed");
    }

    @Override
    public void outboxFull() {
        add("outboxFull");
    }

    @Override
    public void lost(Loss loss) {
        counts.merge("lost", (int) loss.answers(), Integer::sum);
    }

    @Override
    public void outboxFailed(IOException failure) {
        add("outboxFailed");
    }
}
