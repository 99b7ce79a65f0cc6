package io.plumbline.gateway.core.pipeline;

import io.plumbline.contract.fleet.StreamAssignment;
import io.plumbline.contract.id.SiteId;
import io.plumbline.contract.id.StreamId;
import io.plumbline.gateway.core.build.Build;
import io.plumbline.gateway.core.build.Candidate;
import io.plumbline.gateway.core.inbox.Incoming;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executor;

/** The streams that run. Not thread-safe. */
final class ActiveStreams {

    private final SiteId site;
    private final Map<StreamId, ActiveStream> byName = new LinkedHashMap<>();
    private boolean dropsFrames;
    private Optional<Executor> beside = Optional.empty();

    ActiveStreams(SiteId site) {
        this.site = site;
    }

    /** Frames of streams that begin from here on are decoded there while others are answered. */
    void decodeAhead(Executor decoder) {
        beside = Optional.of(decoder);
    }

    /** This message comes next. */
    void expect(Incoming next) {
        takers(next.topic()).forEach(stream -> stream.expect(next));
    }

    /** Returns the build it replaces. */
    Optional<Build> put(StreamAssignment assignment, Build build) {
        var before = byName.put(assignment.stream(), ActiveStream.of(assignment, site, build, beside));
        noteFrames();
        return Optional.ofNullable(before).map(ActiveStream::build);
    }

    /** Other settings, same build; nothing if it does not run. */
    void adjust(StreamAssignment assignment) {
        byName.computeIfPresent(
                assignment.stream(),
                (name, stream) -> ActiveStream.of(assignment, site, stream.build(), beside)
                        .with(stream.candidate()));
        noteFrames();
    }

    /** False if the stream does not run, or runs a build that takes other inputs. */
    boolean rehearse(StreamId stream, Candidate candidate) {
        var running = byName.get(stream);
        if (running == null || !candidate.takesInputsOf(running.build())) {
            return false;
        }
        byName.put(stream, running.with(Optional.of(candidate)));
        return true;
    }

    void endRehearsal(StreamId stream) {
        byName.computeIfPresent(stream, (name, running) -> running.with(Optional.empty()));
    }

    /** Returns its build. */
    Optional<Build> remove(StreamId stream) {
        var removed = Optional.ofNullable(byName.remove(stream)).map(ActiveStream::build);
        noteFrames();
        return removed;
    }

    private void noteFrames() {
        dropsFrames = byName.values().stream().anyMatch(ActiveStream::dropsFrames);
    }

    /** Whether any of them passes frames over for newer ones. */
    boolean dropsFrames() {
        return dropsFrames;
    }

    /** Those that take a topic; a list of the caller's own. */
    List<ActiveStream> takers(String topic) {
        var takers = new ArrayList<ActiveStream>(1);
        for (var stream : byName.values()) {
            if (stream.topics().matches(topic)) {
                takers.add(stream);
            }
        }
        return takers;
    }

    Map<StreamId, ActiveStream> byName() {
        return byName;
    }
}
