package io.plumbline.gateway.core.assignment;

import io.plumbline.contract.fleet.Assignment;
import io.plumbline.contract.fleet.PayloadLayout;
import io.plumbline.contract.fleet.StreamAssignment;
import io.plumbline.contract.id.Digest;
import io.plumbline.contract.message.GatewayEvent;
import io.plumbline.contract.message.RehearsalScore;
import io.plumbline.gateway.core.build.Build;
import io.plumbline.gateway.core.build.BuildStore;
import io.plumbline.gateway.core.build.Self;
import io.plumbline.gateway.core.build.Streams;
import io.plumbline.gateway.core.build.UnavailableBuildException;
import io.plumbline.gateway.core.build.UnfitBuildException;
import io.plumbline.gateway.core.reading.ReadingDecoder;
import io.plumbline.gateway.core.reading.TopicPattern;
import io.plumbline.gateway.core.slots.Condemned;
import io.plumbline.gateway.core.slots.SlotMetrics;
import io.plumbline.gateway.core.slots.SlotStore;
import io.plumbline.gateway.core.slots.Slots;
import io.plumbline.inference.card.SensorInput;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Brings desired state into force, step by step, and keeps what runs when a step fails. Before it loads a build that has not
 * proved itself it says so on disk, and after the build has proved itself again; a start that finds only the first goes back
 * to the last good builds. One thread calls {@link #step} and {@link #resume}; the rest may be called by any.
 */
public final class AssignmentFollower {

    private static final Duration CALM = Duration.ofSeconds(10);
    private static final Duration BUSY = Duration.ofSeconds(1);

    private final Self self;
    private final AssignmentSource source;
    private final Keeping keeping;
    private final Streams streams;

    private final Underway underway = new Underway();
    private final Retry retry = new Retry();
    private final Probation probation = new Probation();
    private final Rehearsals rehearsals;
    private final Refusals refusals;
    private final TakenBack takenBack;
    private volatile Slots slots = Slots.EMPTY;
    private boolean unsaved;
    private boolean pausing;
    private long settled = -1;
    private volatile long generation = -1;
    private volatile Optional<String> lack = Optional.empty();

    /** What stays on this disk, and who is told of it. */
    public record Keeping(SlotStore slots, BuildStore builds, SlotMetrics metrics) {

        private Keeping noting(Underway underway) {
            return new Keeping(slots, new FollowedStore(builds, underway), metrics);
        }
    }

    public AssignmentFollower(Self self, AssignmentSource source, Keeping keeping, Streams streams) {
        this.self = self;
        this.source = source;
        this.keeping = keeping.noting(underway);
        this.streams = new FollowedStreams(streams, underway);
        this.rehearsals = new Rehearsals(this.streams);
        this.refusals = new Refusals(self, this.streams);
        this.takenBack = new TakenBack(keeping.builds());
    }

    /** Generation of the assignment that is in force; -1 before the first. */
    public long generation() {
        return generation;
    }

    /** What keeps the assignment from coming into force that is nobody's fault but the registry's or the disk's; is tried again. */
    public Optional<String> lack() {
        return lack;
    }

    /** What answers though the trust root takes it back, because there is nothing else, each stream in a sentence. */
    public List<String> unwanted() {
        return takenBack.unwanted();
    }

    /** Builds that are to run and do not yet. */
    public List<GatewayEvent.Underway> underway() {
        return underway.all();
    }

    /** Whether this build has proved itself in an assignment before. */
    public boolean isProven(Digest build) {
        return slots.isGood(build);
    }

    /** To be called once a second: whether a build that has not proved itself does not come back from a call. */
    public boolean hangs() {
        return probation.hangs();
    }

    /** Puts the last good builds into force, without the control plane; what is desired beyond them comes after. */
    public void resume() throws IOException, InterruptedException {
        slots = keeping.slots().load();
        if (slots.crashed()) {
            var after = slots.afterStart();
            for (var condemned : after.condemned()) {
                if (slots.against(condemned.build()).isEmpty()) {
                    accuse(condemned);
                }
            }
            save(after);
        }
        keeping.builds().retain(slots.builds());
        takenBack.look(List.of(), slots);
        if (slots.good().isPresent()) {
            attempt(slots.good().get());
        }
    }

    private void accuse(Condemned condemned) throws InterruptedException {
        keeping.metrics().crashed(condemned.build(), condemned.because());
        var wanted = slots.desired().orElseThrow();
        for (var stream : wanted.streams()) {
            if (stream.build().equals(condemned.build())) {
                refusals.tell(stream, wanted.generation(), condemned.because());
            }
        }
    }

    /** The process is about to end in an orderly way: what is being tried, and what yet may be, is not to blame for it. */
    public synchronized void pause() throws IOException {
        pausing = true;
        if (unsaved || slots.trial().isPresent()) {
            save(slots);
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
        if (takenBack.look(streams.running().values(), slots)) {
            settled = -1;
            retry.reset();
        }
        var runnable = slots.runnable();
        var now = self.clock().instant();
        if (runnable.isPresent() && !isSettled() && (retry.isDue(now) || rehearsals.anyOver(now))) {
            attempt(runnable.get());
        }
        endTrial();
    }

    private void ask() throws IOException, InterruptedException {
        var calm = (slots.desired().isEmpty() || isSettled()) && slots.trial().isEmpty();
        var known = slots.generation();
        var next = source.next(known, calm ? CALM : BUSY);
        if (next.isEmpty()) {
            return;
        }
        var offered = next.get();
        if (offered.generation() > known) {
            save(slots.accept(offered));
            retry.reset();
            refusals.forget();
            rehearsals.forget();
        } else if (offered.generation() < known) {
            keeping.metrics().olderGeneration(offered.generation(), known);
        }
    }

    /** Whether nothing is left to be done for the desired assignment. */
    private boolean isSettled() {
        return slots.generation() == settled;
    }

    private void attempt(Assignment asked) throws IOException, InterruptedException {
        var wanted = takenBack.replacedIn(asked, streams.running(), slots);
        var plan = AssignmentPlan.of(streams.running(), wanted);
        lack = Optional.empty();
        var complete = true;
        for (var ended : rehearsals.retain(plan.load())) {
            notTrying(ended);
        }
        for (var stream : plan.remove()) {
            streams.remove(stream);
            probation.end(stream);
        }
        for (var stream : plan.adjust()) {
            complete &= adjust(stream, wanted.generation());
        }
        for (var stream : plan.load()) {
            complete &= load(stream, wanted.generation());
        }
        takenBack.tell(asked, streams.running(), refusals);
        if (complete) {
            settle(asked.generation(), wanted.equals(asked));
        } else {
            retry.failed(self.clock().instant());
        }
    }

    /** With a condemned build in it, or without one that was taken back, it is not in force, but there is nothing more to do for it. */
    private void settle(long wanted, boolean asAsked) throws IOException {
        settled = wanted;
        retry.reset();
        if (asAsked && (wanted != slots.generation() || slots.condemned().isEmpty())) {
            generation = wanted;
        } else if (!asAsked && generation == wanted) {
            generation = slots.good().map(Assignment::generation).orElse(-1L);
        }
        if (slots.trial().isEmpty()) {
            prove();
        }
    }

    private void endTrial() throws IOException {
        if (slots.trial().isPresent()
                && rehearsals.isEmpty()
                && probation.isThrough(self.clock().instant())) {
            prove();
        }
    }

    private void prove() throws IOException {
        probation.clear();
        var inForce = generation == slots.generation();
        var now = inForce ? slots.proven(slots.desired().orElseThrow()) : slots.survived();
        if (!now.equals(slots)) {
            save(now);
            if (inForce) {
                keeping.metrics().proven(generation);
            }
        }
    }

    private boolean adjust(StreamAssignment stream, long wanted) throws InterruptedException {
        try {
            checkTopic(stream);
            streams.adjust(stream);
            return true;
        } catch (UnfitBuildException e) {
            refusals.tell(stream, wanted, String.valueOf(e.getMessage()));
            return false;
        }
    }

    private boolean load(StreamAssignment stream, long wanted) throws IOException, InterruptedException {
        try {
            checkTopic(stream);
            if (rehearsals.isGoingOn(stream)) {
                return takeOver(stream, wanted);
            }
            rehearsals.requireNotFailed(stream);
            var forWantOfAnother = takenBack.isAllThereIs(stream, slots);
            if (!forWantOfAnother) {
                keeping.builds().fetch(stream.model(), stream.build());
            }
            if (slots.isGood(stream.build())) {
                var build = loaded(stream, forWantOfAnother);
                probation.end(stream.stream());
                streams.activate(stream, build, activated(stream, wanted, Optional.empty()));
                return true;
            }
            return tryOut(stream, wanted);
        } catch (UnfitBuildException e) {
            refusals.tell(stream, wanted, String.valueOf(e.getMessage()));
            return false;
        } catch (UnavailableBuildException e) {
            lack = Optional.of(String.valueOf(e.getMessage()));
            keeping.metrics().unavailable(stream.build(), String.valueOf(e.getMessage()));
            return false;
        }
    }

    /** Whether the stream's candidate did. */
    private boolean takeOver(StreamAssignment stream, long wanted)
            throws UnfitBuildException, IOException, InterruptedException {
        try {
            var passed = rehearsals.conclude(stream, self.clock().instant());
            if (passed.isPresent()) {
                var score = Optional.of(passed.get().score());
                streams.activate(stream, passed.get().build(), activated(stream, wanted, score));
            }
            return passed.isPresent();
        } catch (UnfitBuildException e) {
            probation.end(stream.stream());
            notTrying(stream);
            throw e;
        }
    }

    /** Whether it runs now; false while it answers beside the one that it is to replace. */
    private boolean tryOut(StreamAssignment stream, long wanted)
            throws UnfitBuildException, UnavailableBuildException, IOException, InterruptedException {
        save(slots.trying(stream.build()));
        probation.loading(stream);
        try {
            var build = loaded(stream, false);
            var now = self.clock().instant();
            var watched = probation.begin(stream.stream(), build.model(), now);
            var tried = new Build(build.manifest(), build.card(), build.known(), watched);
            if (rehearsals.begin(stream, tried, now)) {
                return false;
            }
            streams.activate(stream, tried, activated(stream, wanted, Optional.empty()));
            return true;
        } catch (UnfitBuildException | UnavailableBuildException e) {
            notTrying(stream);
            throw e;
        } finally {
            probation.loaded();
        }
    }

    /** Whether the build is still being tried is up to the other streams that do. */
    private void notTrying(StreamAssignment stream) throws IOException {
        if (probation.givesUp(stream)) {
            save(slots.notTrying(stream.build()));
        }
    }

    private Build loaded(StreamAssignment stream, boolean forWantOfAnother)
            throws UnfitBuildException, UnavailableBuildException, InterruptedException {
        var build = forWantOfAnother
                ? keeping.builds().loadForWantOfAnother(stream.model(), stream.build())
                : keeping.builds().load(stream.model(), stream.build());
        try {
            build.known().sensor().ifPresent(input -> checkInput(stream, input));
            return build;
        } catch (IllegalArgumentException e) {
            build.model().close();
            throw new UnfitBuildException(String.valueOf(e.getMessage()), e);
        }
    }

    private static void checkInput(StreamAssignment stream, SensorInput input) {
        new ReadingDecoder(stream.payload().orElse(PayloadLayout.JSON), input.features());
        if (stream.sources().isPresent()) {
            throw new IllegalArgumentException("the model takes readings of sensors, but sources bring camera frames;"
                    + " leave sources out, or give the stream a model that takes images");
        }
        if (stream.scattered() && input.window() > 1) {
            throw new IllegalArgumentException("the model takes " + input.window()
                    + " readings of a device in a row, but share gives each reading to any gateway of the site;"
                    + " leave share out, and the gateways divide the devices");
        }
    }

    private synchronized void save(Slots next) throws IOException {
        var kept = pausing ? next.paused() : next;
        unsaved = true; // a save that was interrupted may be on disk all the same
        keeping.slots().save(kept);
        unsaved = false;
        slots = kept;
        keeping.builds().retain(kept.builds());
    }

    private void checkTopic(StreamAssignment stream) throws UnfitBuildException {
        try {
            TopicPattern.of(stream.topic(), self.site());
        } catch (IllegalArgumentException e) {
            throw new UnfitBuildException(String.valueOf(e.getMessage()), e);
        }
    }

    private GatewayEvent activated(StreamAssignment stream, long wanted, Optional<RehearsalScore> rehearsal) {
        return new GatewayEvent.BuildActivated(
                self.gateway(),
                self.site(),
                self.clock().instant(),
                stream.stream(),
                stream.model(),
                stream.build(),
                wanted,
                rehearsal);
    }
}
