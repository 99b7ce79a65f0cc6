package io.plumbline.fleet.core.view;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;

/**
 * The newest event of each identity, in the order in which the identities first appeared, limited to the newest of them.
 * Thread-safe.
 */
final class NewestEvents<T> {

    private final int limit;
    private final LinkedHashMap<String, T> byIdentity = new LinkedHashMap<>();

    NewestEvents(int limit) {
        this.limit = limit;
    }

    synchronized void put(String identity, T event) {
        byIdentity.put(identity, event);
        if (byIdentity.size() > limit) {
            byIdentity.remove(byIdentity.keySet().iterator().next());
        }
    }

    synchronized List<T> newestFirst() {
        var all = new ArrayList<>(byIdentity.values());
        Collections.reverse(all);
        return all;
    }
}
