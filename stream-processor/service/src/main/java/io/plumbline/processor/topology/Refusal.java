package io.plumbline.processor.topology;

import io.plumbline.contract.id.GatewayId;
import io.plumbline.contract.id.SiteId;
import io.plumbline.contract.id.StreamId;
import io.plumbline.contract.message.DeadLetter;
import io.plumbline.contract.message.DeadLetterReason;
import io.plumbline.contract.message.StatsKey;
import io.plumbline.judging.StreamMetrics;
import java.time.Instant;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.jspecify.annotations.Nullable;

/** Sends what cannot be used to the dead letters, with its place in the source topic; the stream goes on. */
final class Refusal {

    private static final String UNKNOWN = "unknown";

    private final ProcessorContext<String, Emission> context;
    private final StreamMetrics metrics;

    Refusal(ProcessorContext<String, Emission> context, StreamMetrics metrics) {
        this.context = context;
        this.metrics = metrics;
    }

    /** A record that does not say which gateway sent it, or of which not even that can be read. */
    void unreadable(byte @Nullable [] payload, DeadLetterReason reason, String detail) {
        send(payload, reason, detail, new Sender(new GatewayId(UNKNOWN), new SiteId(UNKNOWN), new StreamId(UNKNOWN)));
    }

    /** A delta that was read, but must not be counted. */
    void delta(byte @Nullable [] payload, DeadLetterReason reason, String detail, StatsKey key) {
        send(payload, reason, detail, new Sender(key.gateway(), key.site(), key.stream()));
    }

    private record Sender(GatewayId gateway, SiteId site, StreamId stream) {}

    private void send(byte @Nullable [] payload, DeadLetterReason reason, String detail, Sender sender) {
        var place = context.recordMetadata()
                .orElseThrow(() -> new IllegalStateException("refusing a record outside its processing is a bug"));
        metrics.refused(place.topic());
        var now = context.currentSystemTimeMs();
        var letter = new DeadLetter(
                reason,
                detail,
                place.topic(),
                sender.gateway(),
                sender.site(),
                sender.stream(),
                Instant.ofEpochMilli(now));
        var headers = letter.headers();
        headers.put("partition", Integer.toString(place.partition()));
        headers.put("offset", Long.toString(place.offset()));
        Record<String, Emission> record = Emission.deadLetter(place.topic(), payload, headers, now);
        context.forward(record);
    }
}
