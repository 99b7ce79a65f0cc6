package io.plumbline.fleet.core.recalibration;

import io.plumbline.contract.message.RecalibrationEvent;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;

/** What was heard of the newest recalibrations. Thread-safe. */
public final class RecalibrationTrails {

    private static final int REMEMBERED = 50;

    private final LinkedHashMap<String, RecalibrationTrail> byId = new LinkedHashMap<>();

    /** @param at when it was written */
    public synchronized void on(RecalibrationEvent event, Instant at) {
        byId.merge(event.id(), RecalibrationTrail.of(event).with(event, at), (before, first) -> before.with(event, at));
        if (byId.size() > REMEMBERED) {
            byId.remove(byId.keySet().iterator().next());
        }
    }

    /** In the order in which they were first heard of, newest first. */
    public synchronized List<RecalibrationTrail> newestFirst() {
        var all = new ArrayList<>(byId.values());
        Collections.reverse(all);
        return all;
    }
}
