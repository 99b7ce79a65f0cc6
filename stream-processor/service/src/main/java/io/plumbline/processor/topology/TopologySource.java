package io.plumbline.processor.topology;

import io.quarkus.runtime.Quarkus;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Clock;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler;

/** Hands the topology to Quarkus, which runs it. */
@Singleton
final class TopologySource {

    @Produces
    @Singleton
    Topology topology(Parts parts) {
        return VerdictTopology.build(parts);
    }

    @Produces
    @Singleton
    StreamsUncaughtExceptionHandler deadThreads() {
        return new ReplaceDeadThreads(Clock.systemUTC(), () -> Quarkus.asyncExit(1));
    }
}
