package io.plumbline.fleet.adapter.sink;

import io.plumbline.fleet.adapter.kafka.AlertTopic;
import io.plumbline.fleet.core.post.Sink;
import io.plumbline.fleet.core.spec.SinkSpec;
import io.plumbline.fleet.core.spec.SinkTarget;
import jakarta.inject.Singleton;
import java.time.Clock;

/** Makes sinks. Thread-safe. */
@Singleton
public final class SinkFactory {

    private final AlertTopic topic;
    private final Clock clock;

    SinkFactory(AlertTopic topic, Clock clock) {
        this.topic = topic;
        this.clock = clock;
    }

    /** A sink that has not connected to anything yet. */
    public Sink open(SinkSpec spec) {
        var target = spec.target();
        if (target instanceof SinkTarget.Webhook webhook) {
            return new WebhookSink(webhook, HttpPost.usual(), Secrets.ofProcess(), clock);
        }
        if (target instanceof SinkTarget.Topic) {
            return topic;
        }
        throw new IllegalStateException("a kind of sink without an adapter is a bug: " + target);
    }
}
