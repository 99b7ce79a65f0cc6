package io.plumbline.gateway.core.pipeline;

import io.plumbline.contract.id.StreamId;
import io.plumbline.contract.message.DeadLetterReason;
import io.plumbline.contract.message.SensorFault;
import io.plumbline.contract.message.SensorFault.Kind;
import io.plumbline.gateway.core.build.Self;
import io.plumbline.gateway.core.outbox.OutboxRecord;
import io.plumbline.gateway.core.reading.Decoded.Refused.Culprit;
import io.plumbline.gateway.core.reading.Source;
import io.plumbline.gateway.core.stream.GatewayMemory;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Consumer;

/** When statistics leave the memory for the outbox. Not thread-safe. */
final class StatsFlow {

    /** Wall-clock time without readings after which open statistics are sent. */
    private static final Duration IDLE = Duration.ofSeconds(5);

    private static final Duration SKEWS_PERIOD = Duration.ofSeconds(1);

    private final Self self;
    private final GatewayMemory memory;
    private final GatewayMetrics metrics;
    private final Consumer<OutboxRecord> out;
    private Instant lastReading = Instant.MAX;
    private Instant skewsTold = Instant.EPOCH;

    StatsFlow(Self self, GatewayMemory memory, GatewayMetrics metrics, Consumer<OutboxRecord> out) {
        this.self = self;
        this.memory = memory;
        this.metrics = metrics;
        this.out = out;
    }

    /** A reading was answered. */
    void answered(Instant now) {
        lastReading = now;
    }

    /** Something was counted that is no reading: it is not left until the next one. */
    void counted() {
        if (lastReading.equals(Instant.MAX)) {
            lastReading = self.clock().instant();
        }
    }

    /** Counted in the statistics beside the dead letter; what was not sent is forgotten in a crash. */
    void impossible(ActiveStream stream, Source source, DeadLetterReason reason, Culprit culprit) {
        var kind = reason == DeadLetterReason.NOT_FINITE ? Kind.NOT_FINITE : Kind.OUT_OF_RANGE;
        var fault = SensorFault.one(source.device(), culprit.feature(), kind);
        memory.stream(source.stream())
                .stats()
                .fault(stream.subject(self), culprit.at(), fault, self.clock().instant());
    }

    /** Sends the statistics that are due. */
    void tick() {
        var now = self.clock().instant();
        if (now.isAfter(skewsTold.plus(SKEWS_PERIOD))) {
            skewsTold = now;
            memory.clocks().skews().forEach(metrics::clockSkew);
        }
        if (lastReading.isBefore(now.minus(IDLE))) {
            lastReading = Instant.MAX;
            flush();
            return;
        }
        for (var stream : memory.streams().values()) {
            stream.stats().due(now, memory::nextSequence).forEach(delta -> out.accept(OutboxRecord.stats(delta)));
        }
    }

    /** Sends all statistics, whether their windows are over or not. */
    void flush() {
        memory.streams().keySet().forEach(this::flush);
    }

    void flush(StreamId stream) {
        var stats = memory.stream(stream).stats();
        stats.all(memory::nextSequence).forEach(delta -> out.accept(OutboxRecord.stats(delta)));
    }
}
