package io.plumbline.fleet.adapter.kafka;

import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;

/** The topics that have to say what the store says. */
public interface KeptTopics {

    /**
     * A record of a compacted topic.
     *
     * @param value text; empty for a tombstone
     */
    record Entry(String key, Optional<String> value) {}

    /**
     * Reads a topic from its beginning to where it ends now.
     *
     * @param each told key and value of every record in order; the value is empty for a tombstone
     * @throws RuntimeException if it cannot be read
     */
    void read(String topic, BiConsumer<String, Optional<String>> each);

    /**
     * Returns once all of them are where nobody loses them.
     *
     * @param topic a compacted one
     * @throws RuntimeException if that is not known of each
     */
    void publish(String topic, List<Entry> entries);
}
