package io.plumbline.gateway.adapter.mqtt;

import io.plumbline.gateway.core.inbox.Inbox;
import io.plumbline.gateway.core.status.Link;
import io.plumbline.gateway.core.status.Reach;
import java.util.Map;
import java.util.function.Supplier;
import org.eclipse.paho.mqttv5.common.MqttException;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Keeps a connection to the broker for as long as there is something to subscribe to, and opens the next when one ends. Back
 * pressure is MQTT's own: the broker sends at most the Receive Maximum without an acknowledgement, and the inbox holds that
 * many, so that Paho's thread need not wait for a place and its keep-alive goes on while the outbox is full. It does wait, and a connection may
 * end over it, while the inbox is still full of an earlier connection's messages, or of large ones.
 */
public final class MqttSource implements Runnable {

    private static final Logger LOG = Logger.getLogger(MqttSource.class);
    private static final long LOOK_MILLIS = 200;
    private static final long FIRST_DELAY_MILLIS = 250;
    private static final long LONGEST_DELAY_MILLIS = 5_000;

    private final MqttTarget target;
    private final Inbox inbox;
    private final Supplier<Map<String, Integer>> filters;
    private volatile Map<String, Integer> known = Map.of();
    private long connections;
    private long delayMillis = FIRST_DELAY_MILLIS;
    private final Reach reach = new Reach("mqtt");
    private volatile @Nullable MqttLink link;
    private volatile boolean stopping;

    /** @param filters what to subscribe to now, with its quality of service; nothing is connected while this is empty */
    public MqttSource(MqttTarget target, Inbox inbox, Supplier<Map<String, Integer>> filters) {
        this.target = target;
        this.inbox = inbox;
        this.filters = filters;
        inbox.whenSettled(this::settle);
    }

    private void settle() {
        var open = link;
        if (open != null) {
            open.settle();
        }
    }

    /** Whether the broker takes and keeps this gateway's subscriptions. */
    public Link link() {
        return reach.link();
    }

    /** What the broker was last told to send. */
    Map<String, Integer> subscribed() {
        return known;
    }

    @Override
    public void run() {
        try {
            while (!stopping) {
                turn();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void turn() throws InterruptedException {
        try {
            if (filters.get().isEmpty()) {
                Thread.sleep(LOOK_MILLIS);
            } else {
                session();
            }
        } catch (RuntimeException bug) {
            LOG.errorf("mqtt-session-failed this is a bug reason=%s retryMillis=%d", bug, delayMillis);
            pause();
        }
    }

    private void pause() throws InterruptedException {
        Thread.sleep(delayMillis);
        delayMillis = Math.min(2 * delayMillis, LONGEST_DELAY_MILLIS);
    }

    private void session() throws InterruptedException {
        try (var open = MqttLink.open(target, inbox, connections++, known)) {
            link = open;
            follow(open);
        } catch (MqttException e) {
            LOG.warnf(
                    "mqtt-unavailable url=%s code=%d reason=%s retryMillis=%d",
                    target.url(), e.getReasonCode(), e, delayMillis);
            reach.down("the broker cannot be reached: " + e);
            pause();
        } finally {
            link = null;
            if (reach.isUp()) {
                reach.down("the connection to the broker has ended");
            }
            inbox.hearing(false);
        }
    }

    private void follow(MqttLink link) throws MqttException, InterruptedException {
        do {
            link.subscribe(filters.get());
            known = link.subscribed();
            reach.up();
            inbox.hearing(true);
            delayMillis = FIRST_DELAY_MILLIS;
        } while (!stopping && !link.awaitEnd(LOOK_MILLIS));
    }

    /** Ends the connection soon; the session and its messages stay on the broker. */
    public void stop() {
        stopping = true;
    }
}
