package io.plumbline.gateway.adapter.kafka;

import io.plumbline.contract.message.GatewayEvent;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jboss.logging.Logger;

/** Says at a fixed pace that the gateway is alive, and how it is. */
public final class HeartbeatThread implements Runnable {

    private static final Logger LOG = Logger.getLogger(HeartbeatThread.class);

    private final Duration period;
    private final Supplier<GatewayEvent.Heartbeat> state;
    private final Consumer<GatewayEvent.Heartbeat> out;

    public HeartbeatThread(
            Duration period, Supplier<GatewayEvent.Heartbeat> state, Consumer<GatewayEvent.Heartbeat> out) {
        this.period = period;
        this.state = state;
        this.out = out;
    }

    private void beat() {
        try {
            out.accept(state.get());
        } catch (RuntimeException e) {
            LOG.debugf("heartbeat-dropped reason=%s", e.getMessage());
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
