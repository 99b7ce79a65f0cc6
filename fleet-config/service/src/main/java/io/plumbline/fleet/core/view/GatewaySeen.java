package io.plumbline.fleet.core.view;

import io.plumbline.contract.id.Digest;
import io.plumbline.contract.id.GatewayId;
import io.plumbline.contract.id.ModelName;
import io.plumbline.contract.id.StreamId;
import io.plumbline.contract.message.GatewayCounters;
import io.plumbline.contract.message.GatewayEvent;
import io.plumbline.contract.message.GatewayEvent.RunningStream;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A gateway after everything it has said.
 *
 * @param lastSeen the gateway's wall clock at its newest event
 * @param heard the control plane's wall clock when that arrived: silence does not depend on the gateway's clock
 * @param generation in force
 * @param countedAt the gateway's wall clock at the newest heartbeat
 * @param readingsPerSecond accepted readings between the last two heartbeats
 * @param refusals the newest ones, one per build
 */
record GatewaySeen(
        GatewayId gateway,
        Instant lastSeen,
        Instant heard,
        long generation,
        List<RunningStream> running,
        GatewayCounters counters,
        Instant countedAt,
        double readingsPerSecond,
        List<Refusal> refusals) {

    private static final int MAX_REFUSALS = 20;

    static final GatewayCounters NOTHING = new GatewayCounters(0, 0, 0, 0, 0);

    GatewaySeen {
        running = List.copyOf(running);
        refusals = List.copyOf(refusals);
    }

    static GatewaySeen never(GatewayId gateway) {
        return new GatewaySeen(
                gateway, Instant.EPOCH, Instant.EPOCH, 0, List.of(), NOTHING, Instant.EPOCH, 0, List.of());
    }

    GatewaySeen after(GatewayEvent event, Instant now) {
        var seen = new GatewaySeen(
                gateway, event.at(), now, generation, running, counters, countedAt, readingsPerSecond, refusals);
        if (event instanceof GatewayEvent.Heartbeat heartbeat) {
            return seen.beat(heartbeat);
        }
        if (event instanceof GatewayEvent.BuildActivated activated) {
            return seen.activated(activated);
        }
        return event instanceof GatewayEvent.BuildRefused refused ? seen.refused(refused) : seen;
    }

    boolean isSilent(Instant now, Duration allowed) {
        return heard.plus(allowed).isBefore(now);
    }

    /** What it said when it refused this build, if that answers this assignment or a newer one. */
    Optional<String> refusal(ModelName model, Digest build, long since) {
        return refusals.stream()
                .filter(refusal ->
                        refusal.model().equals(model) && refusal.build().equals(build))
                .filter(refusal -> refusal.generation() >= since)
                .map(Refusal::because)
                .findFirst();
    }

    /** Whether all of these streams run this build. */
    boolean runs(List<StreamId> streams, Digest build) {
        return streams.stream()
                .allMatch(stream -> running.stream()
                        .anyMatch(run ->
                                run.stream().equals(stream) && run.build().equals(build)));
    }

    private GatewaySeen beat(GatewayEvent.Heartbeat beat) {
        return new GatewaySeen(
                gateway,
                lastSeen,
                heard,
                beat.generation(),
                beat.streams(),
                beat.counters(),
                beat.at(),
                rate(beat),
                refusals);
    }

    private double rate(GatewayEvent.Heartbeat beat) {
        var seconds = Duration.between(countedAt, beat.at()).toMillis() / 1000.0;
        var readings = beat.counters().results() - counters.results();
        if (countedAt.equals(Instant.EPOCH) || readings < 0) {
            return 0;
        }
        return seconds > 0 ? readings / seconds : readingsPerSecond;
    }

    private GatewaySeen activated(GatewayEvent.BuildActivated event) {
        var runs = new ArrayList<>(running);
        runs.removeIf(run -> run.stream().equals(event.stream()));
        runs.add(new RunningStream(event.stream(), event.model(), event.build()));
        return new GatewaySeen(
                gateway, lastSeen, heard, generation, runs, counters, countedAt, readingsPerSecond, refusals);
    }

    private GatewaySeen refused(GatewayEvent.BuildRefused event) {
        var all = new ArrayList<>(refusals);
        all.removeIf(refusal ->
                refusal.model().equals(event.model()) && refusal.build().equals(event.build()));
        all.add(new Refusal(event.model(), event.build(), event.generation(), event.because()));
        var newest = all.subList(Math.max(0, all.size() - MAX_REFUSALS), all.size());
        return new GatewaySeen(
                gateway, lastSeen, heard, generation, running, counters, countedAt, readingsPerSecond, newest);
    }
}
