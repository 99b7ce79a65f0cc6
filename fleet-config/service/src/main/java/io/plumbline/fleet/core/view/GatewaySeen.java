package io.plumbline.fleet.core.view;

import io.plumbline.contract.fleet.Assignment;
import io.plumbline.contract.fleet.StreamAssignment;
import io.plumbline.contract.id.Digest;
import io.plumbline.contract.id.GatewayId;
import io.plumbline.contract.id.ModelName;
import io.plumbline.contract.id.StreamId;
import io.plumbline.contract.message.GatewayCounters;
import io.plumbline.contract.message.GatewayEvent;
import io.plumbline.contract.message.GatewayEvent.RunningStream;
import io.plumbline.rollout.evidence.GatewayStanding;
import io.plumbline.rollout.evidence.Standing;
import io.plumbline.rollout.policy.RolloutPlan;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A gateway after everything it has said.
 *
 * @param lastSeen the gateway's wall clock at its newest event
 * @param heard the control plane's wall clock when that arrived: silence does not depend on the gateway's clock
 * @param generation in force
 * @param countedAt the gateway's wall clock at the newest heartbeat
 * @param alike how many heartbeats in a row, of different times, said that the same builds run; none since a build was activated
 * @param readingsPerSecond accepted readings between the last two heartbeats
 * @param underway builds on their way, by the newest heartbeat
 * @param refusals the newest ones, one per build
 * @param ran the builds that it ran
 */
record GatewaySeen(
        GatewayId gateway,
        Instant lastSeen,
        Instant heard,
        long generation,
        List<RunningStream> running,
        GatewayCounters counters,
        Instant countedAt,
        int alike,
        double readingsPerSecond,
        List<GatewayEvent.Underway> underway,
        List<Refusal> refusals,
        RunHistory ran) {

    private static final int MAX_REFUSALS = 20;

    /** One may have been on its way while the build was activated; the next one knows. */
    private static final int SURE = 2;

    static final GatewayCounters NOTHING = new GatewayCounters(0, 0, 0, 0, 0);

    GatewaySeen {
        running = List.copyOf(running);
        underway = List.copyOf(underway);
        refusals = List.copyOf(refusals);
    }

    static GatewaySeen never(GatewayId gateway) {
        return new GatewaySeen(
                gateway,
                Instant.EPOCH,
                Instant.EPOCH,
                0,
                List.of(),
                NOTHING,
                Instant.EPOCH,
                0,
                0,
                List.of(),
                List.of(),
                RunHistory.NONE);
    }

    GatewaySeen after(GatewayEvent event, Instant now) {
        if (isOutdated(event)) {
            return this;
        }
        var seen = new GatewaySeen(
                gateway,
                event.at(),
                now,
                generation,
                running,
                counters,
                countedAt,
                alike,
                readingsPerSecond,
                underway,
                refusals,
                ran);
        if (event instanceof GatewayEvent.Heartbeat heartbeat) {
            return seen.beat(heartbeat);
        }
        if (event instanceof GatewayEvent.BuildActivated activated) {
            return seen.activated(activated);
        }
        return event instanceof GatewayEvent.BuildRefused refused ? seen.refused(refused) : seen;
    }

    /**
     * Whether it was said before what is known, and came late or again: it is no sign of life, and a gateway did not go back because of it. One
     * that lost its disk says an older generation later, one whose clock was set back the same generation earlier.
     */
    private boolean isOutdated(GatewayEvent event) {
        if (!event.at().isBefore(lastSeen)) {
            return false;
        }
        if (event instanceof GatewayEvent.Heartbeat beat) {
            return beat.generation() < generation;
        }
        return event instanceof GatewayEvent.BuildActivated activated && activated.generation() < generation;
    }

    boolean isSilent(Instant now, Duration allowed) {
        return heard.plus(allowed).isBefore(now);
    }

    /**
     * What it says about the candidate that it was assigned.
     *
     * @param hardware its label
     */
    GatewayStanding standing(Assignment assigned, RolloutPlan plan, Optional<String> hardware) {
        // A gateway need not run every stream of a model.
        var streams = assigned.streams().stream()
                .filter(stream -> stream.model().equals(plan.model()))
                .map(StreamAssignment::stream)
                .toList();
        var since = assigned.generation();
        var refusal = refusal(plan.model(), plan.candidate(), since);
        var once = ran.ran(plan.model(), plan.candidate(), since);
        return new GatewayStanding(
                gateway,
                assigned.site(),
                standing(refusal.isPresent(), once, plan, streams, since),
                refusal.map(because -> because.isEmpty() ? "it gave no reason" : because)
                        .orElse(""),
                heard,
                hardware,
                ran.rehearsal(plan.model(), plan.candidate()),
                ran.memory(plan.model(), plan.baseline(), plan.candidate()),
                underway.stream()
                        .filter(one ->
                                one.model().equals(plan.model()) && one.build().equals(plan.candidate()))
                        .map(GatewayEvent.Underway::step)
                        .findFirst());
    }

    private Standing standing(boolean refused, boolean once, RolloutPlan plan, List<StreamId> streams, long assigned) {
        if (refused) {
            return once ? Standing.FAILED : Standing.REFUSED;
        }
        if (runs(streams, plan.candidate())) {
            return Standing.RUNS_CANDIDATE;
        }
        if (runs(streams, plan.baseline())) {
            if (once && alike >= SURE) {
                return Standing.FELL_BACK;
            }
            // what it said before it had its newest assignment tells nothing of what it runs since
            return generation >= assigned ? Standing.RUNS_BASELINE : Standing.RUNS_OTHER;
        }
        return Standing.RUNS_OTHER;
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
                alike(beat),
                rate(beat),
                beat.underway().orElse(List.of()),
                refusals,
                ran.with(beat));
    }

    private int alike(GatewayEvent.Heartbeat beat) {
        if (!Set.copyOf(beat.streams()).equals(Set.copyOf(running))) {
            return 1;
        }
        return beat.at().equals(countedAt) ? Math.max(1, alike) : Math.min(SURE, alike + 1);
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
                gateway,
                lastSeen,
                heard,
                generation,
                runs,
                counters,
                countedAt,
                0,
                readingsPerSecond,
                underway,
                refusals,
                ran.with(event));
    }

    private GatewaySeen refused(GatewayEvent.BuildRefused event) {
        var all = new ArrayList<>(refusals);
        all.removeIf(refusal ->
                refusal.model().equals(event.model()) && refusal.build().equals(event.build()));
        all.add(new Refusal(event.model(), event.build(), event.generation(), event.because()));
        var newest = all.subList(Math.max(0, all.size() - MAX_REFUSALS), all.size());
        return new GatewaySeen(
                gateway,
                lastSeen,
                heard,
                generation,
                running,
                counters,
                countedAt,
                alike,
                readingsPerSecond,
                underway,
                newest,
                ran);
    }
}
