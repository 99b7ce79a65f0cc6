package io.plumbline.fleet.core.alert;

import java.time.Instant;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/**
 * How far the events of a source have been looked at. What comes again from a topic, or is older than what was looked at, says
 * nothing new.
 *
 * @param at the time of the newest event
 * @param events those of that time
 * @param moved wall-clock time at which it was last set
 * @param standing what the newest event said, if that is so until another one says otherwise
 */
public record Mark(String source, Instant at, Set<String> events, Instant moved, Optional<Trouble> standing) {

    public Mark {
        events = Set.copyOf(events);
    }

    static Mark of(Sign sign, Instant now) {
        return new Mark(sign.source(), sign.at(), Set.of(sign.event()), now, sign.lasting());
    }

    boolean covers(Sign sign) {
        return sign.at().isBefore(at) || (sign.at().equals(at) && events.contains(sign.event()));
    }

    /** The mark after an event that it does not cover. */
    Mark after(Sign sign, Instant now) {
        if (sign.at().isAfter(at)) {
            return of(sign, now);
        }
        var all = new HashSet<>(events);
        all.add(sign.event());
        return new Mark(source, at, all, now, sign.lasting());
    }

    /** The same, set again. */
    Mark renewed(Instant now) {
        return new Mark(source, at, events, now, standing);
    }
}
