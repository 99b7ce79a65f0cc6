package io.plumbline.fleet.adapter.kafka;

import io.plumbline.contract.Topics;
import io.plumbline.contract.message.GatewayEvent;
import io.plumbline.contract.message.ModelHealth;
import io.plumbline.contract.message.RecalibrationEvent;
import io.plumbline.contract.message.VerdictEvent;
import io.plumbline.contract.wire.Json;
import io.plumbline.contract.wire.MalformedMessageException;
import io.plumbline.fleet.adapter.metrics.FleetMeters;
import io.plumbline.fleet.adapter.trace.Deeds;
import io.plumbline.fleet.core.alert.AlertDesk;
import io.plumbline.fleet.core.alert.Signs;
import io.plumbline.fleet.core.control.ControlPlane;
import io.plumbline.fleet.core.view.FleetObservations;
import io.plumbline.signals.trace.TraceHeader;
import io.smallrye.reactive.messaging.kafka.api.IncomingKafkaRecordMetadata;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.apache.kafka.common.record.TimestampType;
import org.eclipse.microprofile.reactive.messaging.Incoming;
import org.eclipse.microprofile.reactive.messaging.Message;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Reads the control topics from their beginning after every start; nothing is committed. A record that is not what its
 * topic promises is counted and passed over, so that one bad writer does not blind the control plane.
 */
@Singleton
public final class ControlTopics {

    private static final Logger LOG = Logger.getLogger(ControlTopics.class);

    private static final Duration FRESH = Duration.ofMinutes(1);

    private final FleetObservations heard;
    private final ControlPlane control;
    private final Ears ears;
    private final FleetMeters meters;
    private final Clock clock;
    private final Hearing hearing;

    /** Who hears of alerts and of what is done about them. */
    public record Ears(AlertDesk alerts, Deeds deeds) {}

    ControlTopics(FleetObservations heard, ControlPlane control, Ears ears, FleetMeters meters, Clock clock) {
        this.heard = heard;
        this.control = control;
        this.ears = ears;
        this.meters = meters;
        this.clock = clock;
        this.hearing = new Hearing(clock);
    }

    @Incoming("gateway-events")
    CompletionStage<Void> gatewayEvent(Message<byte[]> message) {
        return read(message, Topics.GATEWAY_EVENTS, GatewayEvent.class, event -> {
            heard.on(event, hearing.of(logged(message)));
            Signs.of(event).ifPresent(ears.alerts()::hear);
        });
    }

    @Incoming("model-health")
    CompletionStage<Void> modelHealth(Message<byte[]> message) {
        if (message.getPayload() == null) {
            // A tombstone of the compacted topic: the cohort is gone.
            message.getMetadata(IncomingKafkaRecordMetadata.class)
                    .ifPresent(record -> heard.gone(String.valueOf(record.getKey())));
        }
        return read(message, Topics.MODEL_HEALTH, ModelHealth.class, event -> heard.on(event, written(message)));
    }

    @Incoming("verdicts")
    CompletionStage<Void> verdict(Message<byte[]> message) {
        return read(message, Topics.VERDICTS, VerdictEvent.class, event -> {
            heard.on(event, written(message));
            ears.deeds().verdict(event.id(), traceparent(message));
            Signs.of(event).ifPresent(ears.alerts()::hear);
        });
    }

    @Incoming("recalibrations")
    CompletionStage<Void> recalibration(Message<byte[]> message) {
        return read(message, Topics.RECALIBRATIONS, RecalibrationEvent.class, event -> {
            heard.on(event, written(message));
            ears.deeds().recalibration(event.id(), traceparent(message));
            Signs.of(event).ifPresent(ears.alerts()::hear);
            if (event instanceof RecalibrationEvent.Accepted accepted) {
                ears.deeds().rollout(accepted, fresh(message), () -> control.request(accepted));
            }
        });
    }

    /** When Kafka took the record; empty where the topic keeps the times of those who send. */
    private static Optional<Instant> logged(Message<byte[]> message) {
        return message.getMetadata(IncomingKafkaRecordMetadata.class)
                .filter(record -> record.getTimestampType() == TimestampType.LOG_APPEND_TIME)
                .map(record -> record.getTimestamp());
    }

    /** When the record was written, which is long ago for those that are read again after a start. */
    private Instant written(Message<byte[]> message) {
        return message.getMetadata(IncomingKafkaRecordMetadata.class)
                .map(record -> record.getTimestamp())
                .orElseGet(clock::instant);
    }

    private static Optional<String> traceparent(Message<byte[]> message) {
        return message.getMetadata(IncomingKafkaRecordMetadata.class)
                .map(record -> record.getHeaders().lastHeader(TraceHeader.NAME))
                .flatMap(header -> TraceHeader.read(header.value()));
    }

    /** What is read again after a start was done before, and is told of once. */
    private Optional<String> fresh(Message<byte[]> message) {
        return written(message).isAfter(clock.instant().minus(FRESH)) ? traceparent(message) : Optional.empty();
    }

    private <T> CompletionStage<Void> read(Message<byte[]> message, String topic, Class<T> type, Consumer<T> use) {
        byte @Nullable [] value = message.getPayload();
        if (value != null) {
            try {
                use.accept(Json.decode(value, type));
            } catch (MalformedMessageException e) {
                meters.malformed(topic);
                LOG.warnf("record-passed-over topic=%s reason=%s", topic, e.getMessage());
            } catch (RuntimeException bug) {
                /* Thrown on, it would end the channel, and the control plane would hear nothing more. */
                meters.failed(topic);
                LOG.errorf("record-passed-over this is a bug topic=%s reason=%s", topic, bug);
            }
        }
        return message.ack();
    }
}
