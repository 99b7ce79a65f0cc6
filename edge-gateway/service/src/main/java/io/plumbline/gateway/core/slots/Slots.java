package io.plumbline.gateway.core.slots;

import io.plumbline.contract.fleet.Assignment;
import io.plumbline.contract.fleet.StreamAssignment;
import io.plumbline.contract.id.Digest;
import io.plumbline.contract.id.StreamId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The durable state of a gateway's builds.
 *
 * @param desired the newest assignment that was accepted; its generation never falls
 * @param good the last assignment whose builds all proved themselves
 * @param trial the builds that are being tried; empty between trials
 * @param condemned the builds of the desired assignment that took the process down
 */
public record Slots(
        Optional<Assignment> desired, Optional<Assignment> good, Optional<Trial> trial, List<Condemned> condemned) {

    public static final Slots EMPTY = new Slots(Optional.empty(), Optional.empty(), Optional.empty(), List.of());

    /** How often a build is tried that ends the process when there is nothing to fall back to. */
    static final int MOST_STARTS = 3;

    public Slots {
        condemned = List.copyOf(condemned);
    }

    /** The generation below which nothing is accepted; -1 before the first assignment. */
    public long generation() {
        return desired.map(Assignment::generation).orElse(-1L);
    }

    /** Desired from now on. A newer assignment may ask again for what was condemned. */
    public Slots accept(Assignment newer) {
        if (newer.generation() <= generation()) {
            throw new IllegalArgumentException(
                    "generation " + newer.generation() + " is not newer than " + generation() + ": this is a bug");
        }
        return new Slots(Optional.of(newer), good, trial, List.of());
    }

    /** This build is about to be loaded. */
    public Slots trying(Digest build) {
        var now = trial.map(running -> running.with(build)).orElseGet(() -> new Trial(List.of(build), 1, false));
        return new Slots(desired, good, Optional.of(now), condemned);
    }

    /** This build was refused before it ran; nothing of it is left. */
    public Slots notTrying(Digest build) {
        var left = trial.map(running -> running.without(build))
                .filter(running -> !running.builds().isEmpty());
        return new Slots(desired, good, left, condemned);
    }

    /** The trial is over and the process lives. */
    public Slots survived() {
        return new Slots(desired, good, Optional.empty(), condemned);
    }

    /** All builds of this assignment have proved themselves. */
    public Slots proven(Assignment inForce) {
        return new Slots(desired, Optional.of(inForce), Optional.empty(), condemned);
    }

    /** The process is being stopped in an orderly way. */
    public Slots paused() {
        return new Slots(
                desired, good, trial.map(running -> new Trial(running.builds(), running.starts(), true)), condemned);
    }

    /** Whether this build ran to satisfaction before. */
    public boolean isGood(Digest build) {
        return good.stream()
                .flatMap(assignment -> assignment.streams().stream())
                .anyMatch(stream -> stream.build().equals(build));
    }

    /** What this stream ran to satisfaction before. */
    public Optional<StreamAssignment> good(StreamId stream) {
        return good.stream()
                .flatMap(assignment -> assignment.streams().stream())
                .filter(before -> before.stream().equals(stream))
                .findFirst();
    }

    /** Whether the process ended while it tried a build. */
    public boolean crashed() {
        return trial.isPresent() && !trial.get().paused();
    }

    /**
     * What a start makes of what it finds. After a crash the builds that were being tried are condemned; where there is
     * nothing to fall back to, they are tried again a few times first, because there is nothing to lose.
     */
    public Slots afterStart() {
        if (!crashed()) {
            return this;
        }
        var ended = trial.get();
        if (good.isEmpty() && ended.starts() < MOST_STARTS) {
            return new Slots(
                    desired, good, Optional.of(new Trial(ended.builds(), ended.starts() + 1, false)), condemned);
        }
        var all = new ArrayList<>(condemned);
        ended.builds().forEach(build -> all.add(new Condemned(build, because(ended))));
        return new Slots(desired, good, Optional.empty(), all);
    }

    private static String because(Trial ended) {
        return "the gateway ended without notice while it tried this build"
                + (ended.starts() > 1 ? ", " + ended.starts() + " times" : "");
    }

    /** What is held against this build. */
    public Optional<Condemned> against(Digest build) {
        return condemned.stream().filter(one -> one.build().equals(build)).findFirst();
    }

    /** The desired assignment with the last good build in the place of every condemned one, or without that stream. */
    public Optional<Assignment> runnable() {
        return desired.map(wanted -> new Assignment(
                wanted.gateway(),
                wanted.site(),
                wanted.generation(),
                wanted.streams().stream()
                        .map(this::runnable)
                        .flatMap(Optional::stream)
                        .toList()));
    }

    private Optional<StreamAssignment> runnable(StreamAssignment wanted) {
        if (against(wanted.build()).isEmpty()) {
            return Optional.of(wanted);
        }
        return good(wanted.stream())
                // Topic, devices and shares are as they are wanted now: other gateways count on it.
                .map(before -> before.model().equals(wanted.model()) ? wanted.withBuild(before.build()) : before);
    }

    /** Builds that must stay on this disk. */
    public Set<Digest> builds() {
        var builds = new HashSet<Digest>();
        desired.ifPresent(assignment -> assignment.streams().forEach(stream -> builds.add(stream.build())));
        good.ifPresent(assignment -> assignment.streams().forEach(stream -> builds.add(stream.build())));
        trial.ifPresent(running -> builds.addAll(running.builds()));
        return builds;
    }
}
