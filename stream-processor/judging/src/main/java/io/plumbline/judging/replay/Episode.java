package io.plumbline.judging.replay;

import io.plumbline.contract.message.VerdictEvent;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A verdict for as long as it held.
 *
 * @param end when another one followed; {@link Instant#MAX} while it holds
 */
record Episode(VerdictEvent event, Instant end) {

    /** Of every build and site, in the order of their events. */
    static List<Episode> of(List<VerdictEvent> events) {
        Map<String, Instant> ends = new HashMap<>();
        List<Episode> newestFirst = new ArrayList<>();
        for (int i = events.size() - 1; i >= 0; i--) {
            var event = events.get(i);
            var end = ends.put(event.cohort().key(), event.at());
            newestFirst.add(new Episode(event, end == null ? Instant.MAX : end));
        }
        List<Episode> episodes = new ArrayList<>(newestFirst.size());
        for (int i = newestFirst.size() - 1; i >= 0; i--) {
            episodes.add(newestFirst.get(i));
        }
        return episodes;
    }

    /** Whether both say the same of the same build and site at the same time. */
    boolean meets(Episode other) {
        return event.cohort().equals(other.event.cohort())
                && event.verdict() == other.event.verdict()
                && event.at().isBefore(other.end)
                && other.event.at().isBefore(end);
    }
}
