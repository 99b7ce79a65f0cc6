package io.plumbline.gateway.core.assignment;

import io.plumbline.contract.fleet.StreamAssignment;
import io.plumbline.contract.id.StreamId;
import io.plumbline.gateway.core.build.Build;
import io.plumbline.gateway.core.build.Candidate;
import io.plumbline.gateway.core.build.Streams;
import io.plumbline.gateway.core.build.UnfitBuildException;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The builds that answer beside those they are to replace, and those that did worse. Not thread-safe. */
final class Rehearsals {

    private final Streams streams;
    private final Map<StreamId, Going> going = new HashMap<>();
    private final Map<Attempt, String> failed = new HashMap<>();

    private record Going(StreamAssignment stream, Candidate candidate) {

        Build build() {
            return candidate.build();
        }
    }

    Rehearsals(Streams streams) {
        this.streams = streams;
    }

    /**
     * Begins one where the stream asks for it and runs a build on whose inputs this one can be shown.
     *
     * @return false if there is none: the build may take over
     */
    boolean begin(StreamAssignment stream, Build build, Instant now) throws InterruptedException {
        if (stream.rehearsal().isEmpty()) {
            return false;
        }
        var candidate = new Candidate(build, stream.rehearsal().get(), now);
        var begun = streams.rehearse(stream.stream(), candidate);
        if (begun) {
            going.put(stream.stream(), new Going(stream, candidate));
        }
        return begun;
    }

    boolean isGoingOn(StreamAssignment stream) {
        var one = going.get(stream.stream());
        return one != null && one.build().manifest().equals(stream.build());
    }

    boolean isEmpty() {
        return going.isEmpty();
    }

    /** Whether there is something to conclude. */
    boolean anyOver(Instant now) {
        return going.values().stream().anyMatch(one -> one.candidate.outcome(now) != Candidate.Outcome.GOES_ON);
    }

    /**
     * The candidate that passed, which may take over now; empty while it goes on.
     *
     * @throws UnfitBuildException if it did worse; it is closed then
     */
    Optional<Candidate> conclude(StreamAssignment stream, Instant now)
            throws UnfitBuildException, InterruptedException {
        var one = going.get(stream.stream());
        if (one == null) {
            return Optional.empty();
        }
        switch (one.candidate.outcome(now)) {
            case GOES_ON -> {
                return Optional.empty();
            }
            case PASSED -> {
                going.remove(stream.stream());
                return Optional.of(one.candidate);
            }
            case FAILED -> failed.put(Attempt.of(stream), one.candidate.because());
        }
        end(stream.stream());
        throw refused(stream);
    }

    private UnfitBuildException refused(StreamAssignment stream) {
        return new UnfitBuildException(String.valueOf(failed.get(Attempt.of(stream))));
    }

    /** @throws UnfitBuildException if this build did worse on the stream than another since the last {@link #forget} */
    void requireNotFailed(StreamAssignment stream) throws UnfitBuildException {
        if (failed.containsKey(Attempt.of(stream))) {
            throw refused(stream);
        }
    }

    /** Ends those that are not asked for any more, and returns them; their builds are closed. */
    List<StreamAssignment> retain(List<StreamAssignment> wanted) throws InterruptedException {
        var over = going.values().stream()
                .filter(one -> wanted.stream()
                        .noneMatch(stream -> stream.stream().equals(one.stream.stream())
                                && stream.build().equals(one.stream.build())))
                .toList();
        for (var one : over) {
            end(one.stream.stream());
        }
        return over.stream().map(Going::stream).toList();
    }

    private void end(StreamId stream) throws InterruptedException {
        streams.endRehearsal(stream);
        var ended = going.remove(stream);
        if (ended != null) {
            ended.build().model().close();
        }
    }

    /** A newer assignment may ask again for what failed. */
    void forget() {
        failed.clear();
    }
}
