package io.plumbline.benchmarks.fuzz;

import io.plumbline.benchmarks.feed.Message;
import io.plumbline.contract.id.EventId;

/** Broken messages by number: a function of a seed. Thread-safe. */
interface Broken {

    Message message(long number);

    /** What its result is called, unless the change went to the payload's own time or sequence. */
    EventId event(long number);

    /** The number in such a name; -1 if there is none. */
    static long number(EventId event) {
        try {
            return Long.parseLong(event.value().substring(event.value().lastIndexOf('-') + 1));
        } catch (NumberFormatException unnamed) {
            return -1;
        }
    }
}
