package io.plumbline.contract.message;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import io.plumbline.contract.id.Digest;
import io.plumbline.contract.id.GatewayId;
import io.plumbline.contract.id.ModelName;
import io.plumbline.contract.id.SiteId;
import io.plumbline.contract.id.StreamId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** What a gateway says of itself. Key = gateway; times are the gateway's wall clock. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({
    @JsonSubTypes.Type(value = GatewayEvent.Started.class, name = "started"),
    @JsonSubTypes.Type(value = GatewayEvent.Heartbeat.class, name = "heartbeat"),
    @JsonSubTypes.Type(value = GatewayEvent.BuildActivated.class, name = "build-activated"),
    @JsonSubTypes.Type(value = GatewayEvent.BuildRefused.class, name = "build-refused"),
    @JsonSubTypes.Type(value = GatewayEvent.OutboxLost.class, name = "outbox-lost")
})
public sealed interface GatewayEvent {

    GatewayId gateway();

    SiteId site();

    Instant at();

    /** Up and connected; earlier unfinished work has been recovered. */
    record Started(GatewayId gateway, SiteId site, Instant at) implements GatewayEvent {}

    /**
     * Alive.
     *
     * @param generation the assignment that is in force
     * @param streams what runs
     * @param counters since the gateway's data folder was made, across restarts
     * @param residentBytes of the gateway's process, weights of models and buffers among them; empty where it cannot be known
     * @param underway builds that are to run and do not yet; empty where there are none
     */
    record Heartbeat(
            GatewayId gateway,
            SiteId site,
            Instant at,
            long generation,
            List<RunningStream> streams,
            GatewayCounters counters,
            Optional<Long> residentBytes,
            Optional<List<Underway>> underway)
            implements GatewayEvent {

        public Heartbeat {
            streams = List.copyOf(streams);
            underway = underway.map(List::copyOf);
        }

        /** With nothing under way. */
        public Heartbeat(
                GatewayId gateway,
                SiteId site,
                Instant at,
                long generation,
                List<RunningStream> streams,
                GatewayCounters counters,
                Optional<Long> residentBytes) {
            this(gateway, site, at, generation, streams, counters, residentBytes, Optional.empty());
        }

        /** Without a word about memory, and with nothing under way. */
        public Heartbeat(
                GatewayId gateway,
                SiteId site,
                Instant at,
                long generation,
                List<RunningStream> streams,
                GatewayCounters counters) {
            this(gateway, site, at, generation, streams, counters, Optional.empty());
        }
    }

    /** A build on its way. */
    record Underway(ModelName model, Digest build, BuildStep step) {}

    /** A stream's build. */
    record RunningStream(StreamId stream, ModelName model, Digest build) {}

    /**
     * Fetched, verified, self-tested and now answering.
     *
     * @param rehearsal how it answered beside the build before it; empty if it took over without a rehearsal
     */
    record BuildActivated(
            GatewayId gateway,
            SiteId site,
            Instant at,
            StreamId stream,
            ModelName model,
            Digest build,
            long generation,
            Optional<RehearsalScore> rehearsal)
            implements GatewayEvent {}

    /**
     * Not fetched, not verified, not loadable or failing its self-test: the running build goes on. Or the process died while it
     * tried the build: the last good one runs again.
     */
    record BuildRefused(
            GatewayId gateway,
            SiteId site,
            Instant at,
            StreamId stream,
            ModelName model,
            Digest build,
            long generation,
            String because)
            implements GatewayEvent {}

    /**
     * The outbox was full or its records were too old, and it is told to drop the oldest: these never reach Kafka.
     *
     * @param first number of the first record in this gateway's outbox
     * @param next number of the record after the last one
     * @param results lost results
     * @param deadLetters lost dead letters
     * @param others lost statistics and events
     */
    record OutboxLost(
            GatewayId gateway,
            SiteId site,
            Instant at,
            long first,
            long next,
            long results,
            long deadLetters,
            long others)
            implements GatewayEvent {}
}
