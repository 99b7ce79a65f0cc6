package io.plumbline.fleet.adapter.kafka;

import io.plumbline.contract.id.Digest;
import io.plumbline.fleet.adapter.kafka.KeptTopics.Entry;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jboss.logging.Logger;

/** What one compacted topic holds, and the way to what it should. For one thread. */
final class KeptTable {

    private static final Logger LOG = Logger.getLogger(KeptTable.class);

    private final KeptTopics topics;
    private final String topic;
    private final Map<String, Digest> there = new HashMap<>();

    KeptTable(KeptTopics topics, String topic) {
        this.topics = topics;
        this.topic = topic;
    }

    static Digest digest(String text) {
        return Digest.of(text.getBytes(StandardCharsets.UTF_8));
    }

    /** Reads the topic to its end. */
    void look() {
        there.clear();
        topics.read(
                topic,
                (key, value) -> value.ifPresentOrElse(text -> there.put(key, digest(text)), () -> there.remove(key)));
    }

    /**
     * Publishes what is different, and a tombstone for every other key.
     *
     * @param wanted digests of the texts by key
     * @param text by key, asked for where it is different
     */
    void make(Map<String, Digest> wanted, Function<String, String> text) {
        var entries = new ArrayList<Entry>();
        var strangers = new HashSet<>(there.keySet());
        wanted.forEach((key, digest) -> {
            strangers.remove(key);
            if (!digest.equals(there.get(key))) {
                entries.add(new Entry(key, Optional.of(text.apply(key))));
            }
        });
        strangers.forEach(stranger -> entries.add(new Entry(stranger, Optional.empty())));
        if (!entries.isEmpty()) {
            topics.publish(topic, entries);
            entries.forEach(entry -> entry.value()
                    .ifPresentOrElse(said -> there.put(entry.key(), digest(said)), () -> there.remove(entry.key())));
            LOG.debugf("records-published topic=%s count=%d", topic, entries.size());
        }
    }
}
