package io.plumbline.gateway.adapter.kafka;

import io.plumbline.contract.message.GatewayEvent;
import java.time.Duration;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jboss.logging.Logger;

/**
 * Says at a fixed pace that the gateway is alive, and how it is. The first failure is logged, and then silence until a
 * heartbeat gets through again; each one is counted.
 */
public final class HeartbeatThread implements Runnable {

    private static final Logger LOG = Logger.getLogger(HeartbeatThread.class);

    private final Duration period;
    private final Supplier<GatewayEvent.Heartbeat> state;
    private final Function<GatewayEvent.Heartbeat, CompletionStage<Void>> out;
    private final Runnable failed;
    private final AtomicBoolean failing = new AtomicBoolean();

    /**
     * @param out completes when the heartbeat is where it belongs
     * @param failed called for each heartbeat that did not get there, by any thread
     */
    public HeartbeatThread(
            Duration period,
            Supplier<GatewayEvent.Heartbeat> state,
            Function<GatewayEvent.Heartbeat, CompletionStage<Void>> out,
            Runnable failed) {
        this.period = period;
        this.state = state;
        this.out = out;
        this.failed = failed;
    }

    void beat() {
        try {
            out.apply(state.get()).whenComplete((sent, failure) -> {
                if (failure == null) {
                    sent();
                } else {
                    failed(failure);
                }
            });
        } catch (RuntimeException failure) {
            failed(failure);
        }
    }

    private void sent() {
        if (failing.getAndSet(false)) {
            LOG.info("heartbeat-works-again");
        }
    }

    private void failed(Throwable failure) {
        failed.run();
        if (!failing.getAndSet(true)) {
            LOG.warnf("heartbeat-failed silent until it works again reason=%s", failure);
        }
    }

    @Override
    public void run() {
        try {
            while (!Thread.currentThread().isInterrupted()) {
                beat();
                Thread.sleep(period.toMillis());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
