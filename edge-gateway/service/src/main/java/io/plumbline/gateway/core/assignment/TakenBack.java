package io.plumbline.gateway.core.assignment;

import io.plumbline.contract.fleet.Assignment;
import io.plumbline.contract.fleet.StreamAssignment;
import io.plumbline.contract.id.Digest;
import io.plumbline.contract.id.StreamId;
import io.plumbline.gateway.core.build.BuildStore;
import io.plumbline.gateway.core.slots.Slots;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The builds that the trust root takes back, of those that run or are to, and what answers in their place: the build that runs, else
 * the last good one. Where there is neither, the one that was taken back answers on. One thread changes it.
 */
final class TakenBack {

    private static final String ANSWERS_ON = "; it answers on, because this gateway has no other build for that stream";

    private final BuildStore builds;
    private Map<Digest, String> reasons = Map.of();
    private volatile List<String> unwanted = List.of();

    TakenBack(BuildStore builds) {
        this.builds = builds;
    }

    /**
     * Asks the trust root again.
     *
     * @return whether it says something else than before
     */
    boolean look(Collection<StreamAssignment> running, Slots slots) {
        var now = new HashMap<Digest, String>();
        look(running, now);
        slots.desired().ifPresent(desired -> look(desired.streams(), now));
        slots.good().ifPresent(good -> look(good.streams(), now));
        var changed = !now.equals(reasons);
        reasons = now;
        return changed;
    }

    private void look(Collection<StreamAssignment> streams, Map<Digest, String> found) {
        for (var stream : streams) {
            builds.takenBack(stream.model(), stream.build()).ifPresent(because -> found.put(stream.build(), because));
        }
    }

    private boolean isTakenBack(StreamAssignment stream) {
        return reasons.containsKey(stream.build());
    }

    /** The wanted assignment with another build in the place of every one that was taken back, where there is one. */
    Assignment replacedIn(Assignment wanted, Map<StreamId, StreamAssignment> running, Slots slots) {
        var streams = wanted.streams().stream()
                .map(stream ->
                        isTakenBack(stream) ? another(stream, running, slots).orElse(stream) : stream)
                .toList();
        return new Assignment(wanted.gateway(), wanted.site(), wanted.generation(), streams);
    }

    private Optional<StreamAssignment> another(
            StreamAssignment wanted, Map<StreamId, StreamAssignment> running, Slots slots) {
        return Optional.ofNullable(running.get(wanted.stream()))
                .filter(one -> !isTakenBack(one))
                .or(() -> slots.good(wanted.stream()).filter(one -> !isTakenBack(one)))
                .map(one -> one.model().equals(wanted.model()) ? wanted.withBuild(one.build()) : one);
    }

    /** Whether it was taken back, and is all that this stream has to answer with. */
    boolean isAllThereIs(StreamAssignment stream, Slots slots) {
        return isTakenBack(stream)
                && slots.good(stream.stream())
                        .filter(good -> good.build().equals(stream.build()))
                        .isPresent();
    }

    /**
     * To be called after the assignment was brought into force: that a build took over all the same would else be the last that is heard
     * of it.
     */
    void tell(Assignment wanted, Map<StreamId, StreamAssignment> running, Refusals refusals)
            throws InterruptedException {
        unwanted = running.values().stream()
                .filter(this::isTakenBack)
                .map(stream -> "stream " + stream.stream() + ": " + reasons.get(stream.build()))
                .sorted()
                .toList();
        for (var stream : wanted.streams()) {
            var because = reasons.get(stream.build());
            if (because != null) {
                var now = running.get(stream.stream());
                var goesOn = now != null && now.build().equals(stream.build());
                refusals.tell(stream, wanted.generation(), goesOn ? because + ANSWERS_ON : because);
            }
        }
    }

    /** The streams that answer with a build that was taken back, each in a sentence. Any thread may ask. */
    List<String> unwanted() {
        return unwanted;
    }
}
