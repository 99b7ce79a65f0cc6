package io.plumbline.gateway.core.build;

import io.plumbline.contract.fleet.Assignment;
import io.plumbline.contract.fleet.StreamAssignment;
import io.plumbline.contract.message.GatewayEvent;
import io.plumbline.gateway.core.reading.TopicPattern;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/**
 * Brings desired state into force, step by step, and keeps what runs when a step fails. One thread calls {@link #step} and
 * {@link #resume}; {@link #generation} may be read by any.
 */
public final class AssignmentFollower {

    private static final Duration CALM = Duration.ofSeconds(10);
    private static final Duration BUSY = Duration.ofSeconds(1);

    private final Self self;
    private final AssignmentSource source;
    private final AssignmentStore store;
    private final BuildSource builds;
    private final Streams streams;

    private final Retry retry = new Retry();
    private final Set<GatewayEvent.BuildRefused> reported = new HashSet<>();
    private Optional<Assignment> desired = Optional.empty();
    private volatile long generation = -1;

    public AssignmentFollower(
            Self self, AssignmentSource source, AssignmentStore store, BuildSource builds, Streams streams) {
        this.self = self;
        this.source = source;
        this.store = store;
        this.builds = builds;
        this.streams = streams;
    }

    /** Generation of the assignment that is in force; -1 before the first. */
    public long generation() {
        return generation;
    }

    /** Puts the last assignment into force that was, without the control plane. */
    public void resume() throws IOException, InterruptedException {
        desired = store.load();
        if (desired.isPresent()) {
            attempt(desired.get());
        }
    }

    /**
     * Asks the control plane once, waiting for a change if all is in force, and does what is due.
     *
     * @throws IOException if the control plane could not be asked; what was asked for before is still pursued
     */
    public void step() throws IOException, InterruptedException {
        try {
            ask();
        } catch (IOException e) {
            pursue();
            throw e;
        }
        pursue();
    }

    private void pursue() throws IOException, InterruptedException {
        if (desired.isPresent()
                && !inForce(desired.get())
                && retry.isDue(self.clock().instant())) {
            attempt(desired.get());
        }
    }

    private void ask() throws IOException, InterruptedException {
        var calm = desired.isEmpty() || inForce(desired.get());
        var known = desired.map(Assignment::generation).orElse(-1L);
        var next = source.next(known, calm ? CALM : BUSY);
        if (next.isPresent() && next.get().generation() > known) {
            desired = next;
            retry.reset();
            reported.clear();
        }
    }

    private boolean inForce(Assignment assignment) {
        return assignment.generation() == generation;
    }

    private void attempt(Assignment wanted) throws IOException, InterruptedException {
        var plan = AssignmentPlan.of(streams.running(), wanted);
        var complete = true;
        for (var stream : plan.remove()) {
            streams.remove(stream);
        }
        for (var stream : plan.adjust()) {
            complete &= adjust(stream, wanted.generation());
        }
        for (var stream : plan.load()) {
            complete &= load(stream, wanted.generation());
        }
        if (complete) {
            store.save(wanted);
            generation = wanted.generation();
            retry.reset();
        } else {
            retry.failed(self.clock().instant());
        }
    }

    private boolean adjust(StreamAssignment stream, long wanted) throws InterruptedException {
        try {
            checkTopic(stream);
            streams.adjust(stream);
            return true;
        } catch (UnfitBuildException e) {
            refuse(stream, wanted, String.valueOf(e.getMessage()));
            return false;
        }
    }

    private boolean load(StreamAssignment stream, long wanted) throws InterruptedException {
        try {
            checkTopic(stream);
            var build = builds.load(stream.model(), stream.build());
            streams.activate(stream, build, activated(stream, wanted));
            return true;
        } catch (UnfitBuildException e) {
            refuse(stream, wanted, String.valueOf(e.getMessage()));
            return false;
        }
    }

    private void checkTopic(StreamAssignment stream) throws UnfitBuildException {
        try {
            TopicPattern.of(stream.topic(), self.site());
        } catch (IllegalArgumentException e) {
            throw new UnfitBuildException(String.valueOf(e.getMessage()), e);
        }
    }

    private GatewayEvent activated(StreamAssignment stream, long wanted) {
        return new GatewayEvent.BuildActivated(
                self.gateway(),
                self.site(),
                self.clock().instant(),
                stream.stream(),
                stream.model(),
                stream.build(),
                wanted);
    }

    private void refuse(StreamAssignment stream, long wanted, String because) throws InterruptedException {
        var event = new GatewayEvent.BuildRefused(
                self.gateway(),
                self.site(),
                self.clock().instant(),
                stream.stream(),
                stream.model(),
                stream.build(),
                wanted,
                because);
        if (reported.add(timeless(event))) {
            streams.report(event);
        }
    }

    private static GatewayEvent.BuildRefused timeless(GatewayEvent.BuildRefused event) {
        return new GatewayEvent.BuildRefused(
                event.gateway(),
                event.site(),
                Instant.EPOCH,
                event.stream(),
                event.model(),
                event.build(),
                event.generation(),
                event.because());
    }
}
