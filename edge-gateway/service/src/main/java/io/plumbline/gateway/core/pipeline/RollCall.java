package io.plumbline.gateway.core.pipeline;

import io.plumbline.contract.message.SensorFault;
import io.plumbline.contract.message.SensorFault.Kind;
import io.plumbline.gateway.core.build.Self;
import io.plumbline.gateway.core.stats.SilenceWatch;
import io.plumbline.gateway.core.stream.GatewayMemory;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;

/** Asks now and then which devices have not spoken, and counts them in the statistics. Not thread-safe. */
final class RollCall {

    private static final Duration PERIOD = Duration.ofSeconds(1);

    private final Self self;
    private final GatewayMemory memory;
    private final SilenceWatch silence = new SilenceWatch();
    private Instant called = Instant.MIN;

    RollCall(Self self, GatewayMemory memory) {
        this.self = self;
        this.memory = memory;
    }

    /** Who spoke, and who should. */
    SilenceWatch silence() {
        return silence;
    }

    /**
     * Asks, if it is time.
     *
     * @param hearing whether messages can come at all
     * @return whether anybody's silence was counted
     */
    boolean call(boolean hearing, Collection<ActiveStream> streams) {
        var now = self.clock().instant();
        if (now.isBefore(called.plus(PERIOD))) {
            return false;
        }
        called = now;
        silence.listening(hearing, now);
        var counted = false;
        for (var stream : streams) {
            counted |= call(stream, now);
        }
        return counted;
    }

    private boolean call(ActiveStream stream, Instant now) {
        var stats = memory.stream(stream.name()).stats();
        var subject = stream.subject(self);
        var newest = stats.newest();
        var silent = silence.silent(stream.asked(), subject.windowStart(newest.orElse(Instant.EPOCH)), now);
        if (newest.isEmpty()) {
            return false;
        }
        silent.forEach(device -> stats.fault(subject, newest.get(), SensorFault.one(device, "", Kind.SILENT), now));
        return !silent.isEmpty();
    }
}
