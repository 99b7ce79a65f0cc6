package io.plumbline.fleet.adapter.sink;

import io.plumbline.fleet.adapter.kafka.AlertTopic;
import io.plumbline.fleet.adapter.mqtt.MqttSink;
import io.plumbline.fleet.adapter.secret.Secrets;
import io.plumbline.fleet.core.post.Sink;
import io.plumbline.fleet.core.spec.alert.MailTarget;
import io.plumbline.fleet.core.spec.alert.MqttTarget;
import io.plumbline.fleet.core.spec.alert.SinkSpec;
import io.plumbline.fleet.core.spec.alert.SinkTarget;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;

/** Makes sinks. Thread-safe. */
@Singleton
public final class SinkFactory {

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final AlertTopic topic;
    private final Clock clock;
    private final Secrets secrets = Secrets.ofProcess();

    SinkFactory(AlertTopic topic, Clock clock) {
        this.topic = topic;
        this.clock = clock;
    }

    /** A sink that has not connected to anything yet. */
    public Sink open(SinkSpec spec) {
        var target = spec.target();
        if (target instanceof SinkTarget.Webhook webhook) {
            return new WebhookSink(webhook, HttpPost.usual(), secrets, clock);
        }
        if (target instanceof SinkTarget.Alertmanager alertmanager) {
            return new AlertmanagerSink(alertmanager, HttpPost.usual(), secrets, clock);
        }
        if (target instanceof MqttTarget mqtt) {
            return new MqttSink(mqtt, secrets, PATIENCE);
        }
        if (target instanceof MailTarget mail) {
            return new MailSink(mail, secrets, clock, PATIENCE);
        }
        return topic;
    }
}
