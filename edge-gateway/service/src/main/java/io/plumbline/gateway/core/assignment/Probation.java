package io.plumbline.gateway.core.assignment;

import io.plumbline.contract.fleet.StreamAssignment;
import io.plumbline.contract.id.StreamId;
import io.plumbline.gateway.core.build.Model;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * The builds that run without having proved themselves, in memory: when are they through, and does one hang? The follower's
 * thread changes it; {@link #hangs} belongs to a thread of its own, because a hanging build takes the others with it.
 */
final class Probation {

    /** Readings a build answers, or time it runs, before it is good. */
    static final long ENOUGH_ANSWERS = 100;

    static final Duration LONG_ENOUGH = Duration.ofMinutes(1);

    /** Looks, one a second, at which the same call or load is still going on before it counts as hanging. */
    static final int LOOKS_IN_A_CALL = 30;

    static final int LOOKS_IN_A_LOAD = 300;

    private final Map<StreamId, WatchedModel> models = new HashMap<>();
    private final Map<WatchedModel, Seen> seen = new HashMap<>();
    private final Set<Attempt> attempts = new HashSet<>();
    private Instant since = Instant.EPOCH;
    private long loads;
    private boolean loading;
    private Seen load = Seen.NOTHING;

    private record Seen(long call, int looks) {
        private static final Seen NOTHING = new Seen(0, 0);

        private Seen look(long now) {
            return now == 0 ? NOTHING : now == call ? new Seen(call, looks + 1) : new Seen(now, 1);
        }
    }

    synchronized void loading(StreamAssignment stream) {
        attempts.add(Attempt.of(stream));
        loads++;
        loading = true;
    }

    synchronized void loaded() {
        loading = false;
    }

    /** @return what is to run instead of the model */
    synchronized Model begin(StreamId stream, Model model, Instant now) {
        var watched = new WatchedModel(model);
        models.put(stream, watched);
        since = now;
        return watched;
    }

    /**
     * The stream does not try this build any more.
     *
     * @return whether no other stream does
     */
    synchronized boolean givesUp(StreamAssignment stream) {
        attempts.remove(Attempt.of(stream));
        return attempts.stream().noneMatch(other -> other.build().equals(stream.build()));
    }

    /** The stream ended, or runs another build. */
    synchronized void end(StreamId stream) {
        models.remove(stream);
        attempts.removeIf(attempt -> attempt.stream().equals(stream));
    }

    synchronized boolean isThrough(Instant now) {
        return !now.isBefore(since.plus(LONG_ENOUGH))
                || models.values().stream().allMatch(model -> model.answered() >= ENOUGH_ANSWERS);
    }

    synchronized void clear() {
        models.clear();
        seen.clear();
        attempts.clear();
    }

    /**
     * To be called once a second. Counting looks instead of time, a process that was stopped and continued hangs nothing.
     *
     * @return whether a load, or a call into a build, does not come back
     */
    synchronized boolean hangs() {
        load = load.look(loading ? loads : 0);
        seen.keySet().retainAll(models.values());
        models.values()
                .forEach(model ->
                        seen.put(model, seen.getOrDefault(model, Seen.NOTHING).look(model.callInside())));
        return load.looks() >= LOOKS_IN_A_LOAD
                || seen.values().stream().anyMatch(one -> one.looks() >= LOOKS_IN_A_CALL);
    }
}
