package io.plumbline.signals.trace;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Where the trace of something is that is taken up again later, by its id: the newest thousand, in memory. Thread-safe. */
public final class Footprints {

    private static final int MOST = 1000;

    private final Map<String, String> places = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, String> eldest) {
            return size() > MOST;
        }
    };

    /** Leaves things as they are where nobody follows. */
    public synchronized void leave(String id, Optional<String> traceparent) {
        traceparent.ifPresent(place -> {
            places.remove(id);
            places.put(id, place);
        });
    }

    public synchronized Optional<String> find(String id) {
        return Optional.ofNullable(places.get(id));
    }
}
