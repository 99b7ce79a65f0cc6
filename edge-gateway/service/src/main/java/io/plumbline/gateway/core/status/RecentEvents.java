package io.plumbline.gateway.core.status;

import io.plumbline.contract.message.GatewayEvent;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/** The newest events of the gateway since its start. Thread-safe. */
public final class RecentEvents {

    private static final int MOST = 20;

    private final Deque<GatewayEvent> events = new ArrayDeque<>();

    public synchronized void add(GatewayEvent event) {
        events.addFirst(event);
        if (events.size() > MOST) {
            events.removeLast();
        }
    }

    /** Newest first. */
    public synchronized List<GatewayEvent> newest() {
        return List.copyOf(events);
    }
}
