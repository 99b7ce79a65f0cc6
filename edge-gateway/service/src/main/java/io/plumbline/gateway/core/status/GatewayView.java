package io.plumbline.gateway.core.status;

import io.plumbline.contract.id.Digest;
import io.plumbline.contract.id.GatewayId;
import io.plumbline.contract.id.ModelName;
import io.plumbline.contract.id.SiteId;
import io.plumbline.contract.id.StreamId;
import io.plumbline.contract.message.GatewayCounters;
import io.plumbline.contract.message.GatewayEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The gateway at one moment.
 *
 * @param at wall clock
 * @param alive nothing that cannot heal by itself has happened
 * @param disk why the data folder cannot be written now, so that nothing is taken; empty while it can
 * @param generation of the assignment in force; -1 before the first
 * @param readingsPerSecond over the last ten seconds
 * @param counters since the data folder was made
 * @param deadLetters by reason, since this start; only those there were
 * @param events newest first
 */
public record GatewayView(
        GatewayId gateway,
        SiteId site,
        Instant at,
        boolean alive,
        Optional<String> disk,
        long generation,
        double readingsPerSecond,
        GatewayCounters counters,
        Map<String, Long> deadLetters,
        Waiting waiting,
        List<Stream> streams,
        List<Link> links,
        List<GatewayEvent> events) {

    public GatewayView {
        deadLetters = Map.copyOf(deadLetters);
        streams = List.copyOf(streams);
        links = List.copyOf(links);
        events = List.copyOf(events);
    }

    /** What Kafka does not have yet; bytes rounded up to whole files. */
    public record Waiting(long records, long bytes, Optional<Duration> age) {}

    /** @param proven whether its build has proved itself; else it is being tried */
    public record Stream(StreamId stream, ModelName model, Digest build, boolean proven) {}
}
